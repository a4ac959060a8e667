import NumericCore

/// What recomputing a printed number shows.
public enum Verdict: String, Sendable, CaseIterable {
  /// The value from the data as printed prints as stated, under rounding to nearest.
  case reproduces
  /// Some values that the printed inputs allow print as stated, or the value does under truncation; the value itself does
  /// not under rounding to nearest.
  case withinRounding = "within rounding"
  /// No value that the inputs allow prints as stated.
  case doesNotReproduce = "does not reproduce"
  /// No data at all could print so: no whole number of people gives the percentage, or the printed numbers contradict each
  /// other.
  case impossible = "impossible as printed"
  /// There is nothing to recompute from.
  case notEnoughData = "not enough data"

  /// Whether the answer is a no.
  public var isFailure: Bool { self == .doesNotReproduce || self == .impossible }
}

/// A claim with what recomputing it gave.
public struct JudgedClaim: Sendable {
  /// The claim.
  public let claim: Claim
  /// The verdict.
  public internal(set) var verdict: Verdict
  /// The value nearest to the stated one, in its unit (per cents for a percentage); `nil` when there is none.
  public internal(set) var recomputed: Double?
  /// The same as text, with its interval and further values.
  public internal(set) var recomputedText: String?
  /// All values that the inputs as printed allow.
  public internal(set) var rangeLower, rangeUpper: Double?
  /// How the range was found: exact, interval arithmetic, exhaustive, sampled.
  public internal(set) var rangeKind: String?
  /// The formula used, in words.
  public internal(set) var formula: String?
  /// The reasons, and what would have to be true.
  public internal(set) var notes: [String] = []
  /// Whether the data were worked out from the very number.
  public internal(set) var isCircular = false

  init(_ claim: Claim, _ verdict: Verdict, notes: [String] = []) {
    self.claim = claim
    self.verdict = verdict
    self.notes = notes
  }

  /// The notes as one text.
  public var note: String { notes.joined(separator: " ") }
}

extension Recomputation.Basis {
  /// For the reader.
  var text: String {
    switch self {
    case .exact: "exact counts"
    case .intervals: "guaranteed: interval arithmetic over the inputs' rounding"
    case .exhaustive(let count): "guaranteed: exhaustive over \(count) combinations of whole numbers"
    case .sampled(let count): "sampled: \(count) points of the inputs' rounding"
    case .literal: "guaranteed: interval arithmetic over the formula's numbers"
    }
  }
}
