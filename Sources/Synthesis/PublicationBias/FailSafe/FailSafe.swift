/// A way of counting how many null studies would overturn a result.
///
/// A method is a value; `FailSafe.all` is the only list.
public struct FailSafe: Sendable {
  /// The word on the command line.
  public let name: String
  /// What is counted, in words.
  public let title: String
  /// Where it is published.
  public let source: String
  let compute: @Sendable (BiasStudies) throws(FitError) -> FailSafeResult

  /// Significance that the added studies should undo.
  static let alpha = 0.05

  /// Every method, in the order of help pages.
  public static let all: [FailSafe] = [.rosenthal, .orwin, .rosenberg, .general]

  /// The method with a word.
  public init?(word: String) {
    guard let found = FailSafe.all.first(where: { $0.name == word.lowercased() }) else { return nil }
    self = found
  }

  init(
    name: String, title: String, source: String,
    compute: @escaping @Sendable (BiasStudies) throws(FitError) -> FailSafeResult
  ) {
    self.name = name
    self.title = title
    self.source = source
    self.compute = compute
  }

  /// Counts.
  /// - Throws: `tooFewStudies` for a single study, `notEstimable`.
  public func run(_ studies: BiasStudies) throws(FitError) -> FailSafeResult {
    try studies.require(2, "the fail-safe number")
    return try compute(studies)
  }
}

/// A fail-safe number.
public struct FailSafeResult: Sendable {
  /// The method's word.
  public let method: String
  /// How many studies, rounded up.
  public let count: Int
  /// P-value of the observed studies, `nil` for Orwin's method.
  public let pValue: Double?
  /// The effect that would be left, for Orwin's method.
  public let target: Double?

  /// A number rounded up, at least 0; a whole number that rounding made a trifle larger stays.
  init(method: String, count: Double, pValue: Double?, target: Double? = nil) throws(FitError) {
    let whole = max(0, (count - 1e-11 * abs(count)).rounded(.up))
    guard let integer = Int(exactly: whole) else {
      throw .notEstimable(what: "the fail-safe number (\(method))", hint: "the effect is too large for a finite number")
    }
    self.method = method
    self.count = integer
    self.pValue = pValue
    self.target = target
  }
}

/// The inverse-variance pool without heterogeneity.
struct CommonEffect {
  let mean, totalWeight: Double

  init(_ studies: BiasStudies) {
    var (weight, weighted) = (0.0, 0.0)
    for i in studies.yi.indices {
      weight += 1 / studies.vi[i]
      weighted += studies.yi[i] / studies.vi[i]
    }
    mean = weighted / weight
    totalWeight = weight
  }

  var z: Double { mean * totalWeight.squareRoot() }
}
