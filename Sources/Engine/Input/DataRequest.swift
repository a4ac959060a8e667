public import EffectSizes

/// What to read and which rows and columns of it: the part of a request that every command shares.
public struct DataRequest: Sendable {
  /// Path, `-`, or the name of a built-in data set.
  public var input: String
  /// Format by name (csv, tsv, json, ndjson); by extension and content when `nil`.
  public var inputFormat: String?
  /// Columns named by the user: role → column.
  public var map: [Role: String] = [:]
  /// Column of study labels; the usual names when `nil`.
  public var studyColumn: String?
  /// Condition that rows must meet.
  public var condition: String?
  /// A column and the text that rows must have in it, beside the condition.
  public var level: (column: String, text: String)?
  /// The input, where it has been read already; a pipe can be read only once.
  public var document: InputDocument?
  /// Number of the analysis to take from a review's file, such as `1.2`.
  public var analysis: String?

  /// A request for one input with every default.
  public init(input: String) { self.input = input }

  /// Reads `role=column,role=column`.
  /// - Throws: 64 for an unknown or repeated role.
  public static func parseMap(_ text: String) throws(EvidenceError) -> [Role: String] {
    var map: [Role: String] = [:]
    for part in text.split(separator: ",", omittingEmptySubsequences: true) {
      let sides = part.split(separator: "=", maxSplits: 1)
      guard sides.count == 2, !sides[1].isEmpty else {
        throw EvidenceError(
          .usage, "--map expects role=column, got \"\(part)\"", hint: "for example --map ai=events,n1i=n")
      }
      let word = sides[0].lowercased().filter { $0 != " " }
      guard let role = Role(rawValue: word) else {
        throw EvidenceError(
          .usage, "--map: \"\(word)\" is not a role",
          hint: "roles are " + Role.allCases.map(\.rawValue).joined(separator: " "))
      }
      guard map[role] == nil else { throw EvidenceError(.usage, "--map names the role \(word) twice") }
      map[role] = String(sides[1])
    }
    return map
  }
}

/// Which effect size, and how zero cells and variances are treated.
public struct MeasureRequest: Sendable {
  /// Measure code; the data set's usual measure, or GEN for a table of estimates, when `nil`.
  public var code: String?
  /// Continuity rules and variants, as metafor's escalc; `nil` is the measure's default.
  public var add: Double?
  /// Which rows get `add`: only0, all, if0all, none.
  public var to: String?
  /// Whether tables without any event (or without any non-event) are dropped; `nil` is the method's default.
  public var dropDoubleZero: Bool?
  /// Sampling-variance formula.
  public var varianceType: String?
  /// Bias correction; `nil` is the measure's default.
  public var correct: Bool?
  /// Whether the sign is turned round.
  public var flip = false
  /// Coverage of intervals.
  public var level = 0.95

  /// Every default.
  public init() {}

  /// The request with the method's own rule for tables without events (or non-events) in both groups, where none is given.
  func rows(droppingDoubleZeros drops: Bool) -> MeasureRequest {
    var request = self
    request.dropDoubleZero = dropDoubleZero ?? drops
    return request
  }
}
