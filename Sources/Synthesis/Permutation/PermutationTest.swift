public import NumericCore

/// Permutation tests of a pooled effect or of the coefficients of a meta-regression.
///
/// Without moderators the signs of the effects are turned; with moderators the rows of the design are put with other
/// studies, the effects keeping their variances. For every arrangement the whole model is fitted again, τ² included, and
/// a p-value is the share of arrangements whose absolute statistic is at least the observed one, ties being counted
/// with a margin of 1.5e-8. The observed arrangement is always among them, so that no p-value is 0.
///
///     let test = try PermutationTest(model: model, yi: yi, vi: vi, design: design, terms: terms, scheme: .exact)
///     let result = try test.result(test.tally(0..<test.arrangementCount))
///
/// Tallies of parts of the arrangements may be made on different threads and added; their sum does not depend on how
/// the arrangements were divided.
///
/// Source: Follmann and Proschan (1999), Biometrics 55, 732–737 (signs); Higgins and Thompson (2004), Statistics in
/// Medicine 23, 1663–1682 (rows); Phipson and Smyth (2010) for counting the observed arrangement.
public struct PermutationTest: Sendable {
  /// Exact tests of more arrangements than this are refused.
  public static let maximumExactCount = 20_000_000
  /// Statistics that are less than this below the observed one count as equal to it.
  static let tieMargin = 1.5e-8

  /// Which arrangements are looked at.
  public let scheme: PermutationScheme
  /// Number of arrangements to tally: all, or those drawn.
  public let arrangementCount: Int
  private let arrangements: Arrangements
  private let refit: PermutationRefit
  private let observed: PermutationRefit.Statistics

  /// A test of a model for given studies; see `PoolingModel.fit` for the parameters.
  ///
  /// - Throws: `FitError.notEstimable` for an exact test with more than `maximumExactCount` arrangements;
  ///   `invalidSpecification` for an inference without a test or a count below 1; whatever the fit throws.
  public init(
    model: PoolingModel, studies: PermutationStudies, scheme: PermutationScheme
  ) throws(FitError) {
    let refit = try PermutationRefit(model: model, studies: studies)
    let arrangements = studies.arrangements
    switch scheme {
    case .exact:
      guard let count = arrangements.count, count <= Self.maximumExactCount else {
        let many = arrangements.count.map { "\($0)" } ?? "more than 9e18"
        throw .notEstimable(
          what: "exact permutation test of \(many) arrangements",
          hint: "at most \(Self.maximumExactCount) are gone through; sample instead, for example 10000")
      }
      arrangementCount = count
    case .sampled(let count, _):
      guard count >= 1 else {
        throw .invalidSpecification("a sampled permutation test needs at least 1 arrangement, got \(count)")
      }
      arrangementCount = count
    }
    self.refit = refit
    var workspace = refit.workspace()
    observed = refit.observedStatistics(&workspace)
    self.scheme = scheme
    self.arrangements = arrangements
  }

  /// Counts how many arrangements of a part of them are at least as far out as the observed one.
  public func tally(_ range: Range<Int>) -> PermutationTally {
    let part = range.clamped(to: 0..<arrangementCount)
    var tally = PermutationTally(coefficientCount: observed.coefficients.count)
    var cursor = ArrangementCursor(arrangements)
    var workspace = refit.workspace()
    for index in part {
      switch scheme {
      case .exact:
        if index == part.lowerBound { cursor.move(to: index) } else { cursor.advance(to: index) }
      case .sampled(_, let seed):
        var generator = Philox(seed: seed, stream: UInt64(index))
        cursor.restart()
        cursor.draw(&generator)
      }
      guard refit.statistics(cursor, &workspace) else {
        tally.failed += 1
        continue
      }
      tally.count(workspace.statistics, against: observed, margin: Self.tieMargin)
    }
    return tally
  }

  /// The p-values of a complete tally.
  ///
  /// - Throws: `FitError.invalidSpecification` when arrangements are missing, `notEstimable` when none could be fitted.
  public func result(_ tally: PermutationTally) throws(FitError) -> PermutationResult {
    guard tally.done + tally.failed == arrangementCount else {
      throw .invalidSpecification(
        "the tally has \(tally.done + tally.failed) of \(arrangementCount) arrangements")
    }
    return try PermutationResult(tally: tally, scheme: scheme, hasOmnibus: observed.omnibus != nil)
  }
}

/// The studies of a permutation test.
public struct PermutationStudies: Sendable {
  /// Estimates and sampling variances.
  public var yi, vi: [Double]
  /// Design with a name per column; `nil` for the pooled effect.
  public var design: Matrix?
  /// Names of the columns.
  public var terms: [String]
  /// Weights given by the user; they stay with the effects.
  public var weights: [Double]?

  /// Studies without moderators.
  public init(yi: [Double], vi: [Double], weights: [Double]? = nil) {
    self.init(yi: yi, vi: vi, design: nil, terms: ["intercept"], weights: weights)
  }

  /// Studies with a design; a design of the intercept alone is taken for none.
  public init(yi: [Double], vi: [Double], design: Matrix?, terms: [String], weights: [Double]? = nil) {
    self.yi = yi
    self.vi = vi
    self.design = terms == ["intercept"] ? nil : design
    self.terms = terms
    self.weights = weights
  }

  var arrangements: Arrangements {
    if let design { Arrangements(rowsOf: design) } else { .signs(count: yi.count) }
  }
}
