import NumericCore

/// Worst-case publication bias: how much likelier affirmative results must be to be published to explain an effect away.
///
/// A study is affirmative when its effect is in the direction of the pool and its two-sided p is below 0.05; these are η times as
/// likely to be seen. With weights aᵢ = πᵢ/(vᵢ + τ²), πᵢ = 1 for affirmative studies and η for the others, μ̂(η) = Σaᵢyᵢ/Σaᵢ with a
/// robust variance (CR2, and a t with Satterthwaite's degrees of freedom: `RobustMean`), τ² being that of the uncorrected pool; η → ∞
/// leaves the nonaffirmative studies alone. Where that is one study, its variance is vᵢ + τ². The S-value is the η at which μ̂, or the
/// nearer limit of its interval, is 0. Source: Mathur and VanderWeele (2020), Journal of the Royal Statistical Society C 69,
/// 1091–1119, sections 3 and 4.
public struct WorstCase: Sendable {
  /// The pool at a selection ratio.
  public struct Row: Sendable {
    /// η; infinite for the nonaffirmative studies alone.
    public let ratio: Double
    /// The corrected effect.
    public let estimate: Estimate
  }

  /// Whether each study is affirmative.
  public let affirmative: [Bool]
  /// The pool at growing ratios.
  public let rows: [Row]
  /// The pool of the nonaffirmative studies with a τ² of their own, by the model.
  public let nonaffirmative: Fit
  /// S-values of estimate and interval: `nil` when no ratio suffices, 1 where nothing is left to explain.
  public let estimateRatio, limitRatio: Double?

  static let ratios = [1.0, 2, 5, 10, 50, .infinity]
  private static let largestRatio = 1e9

  /// The analysis of a pool. Without affirmative studies there is nothing to correct: all rows are alike.
  /// - Throws: `tooFewStudies` for one study; `notEstimable` when all studies are affirmative.
  public init(_ studies: BiasStudies) throws(FitError) {
    try studies.require(2, "the worst-case sensitivity analysis")
    let pool = try studies.model.fit(yi: studies.yi, vi: studies.vi)
    let direction: Double = pool.coefficients[0].value < 0 ? -1 : 1
    let critical = try ReferenceLaw.normal.critical(level: 0.95)
    let affirmative = zip(studies.yi, studies.vi).map { direction * $0 / $1.squareRoot() > critical }
    self.affirmative = affirmative
    guard affirmative.contains(false) else {
      throw .notEstimable(
        what: "the worst case (every study is affirmative)", hint: "without nonaffirmative studies none can be built")
    }
    let tau2 = pool.heterogeneity.tauSquared ?? 0
    let corrected = WorstCasePool(studies, affirmative, tau2: tau2)
    var rows = [Row]()
    for ratio in WorstCase.ratios { rows.append(Row(ratio: ratio, estimate: try corrected.estimate(ratio))) }
    self.rows = rows
    let kept = studies.yi.indices.filter { !affirmative[$0] }
    nonaffirmative = try studies.model.fit(yi: kept.map { studies.yi[$0] }, vi: kept.map { studies.vi[$0] })
    estimateRatio = try WorstCase.crossing { ratio throws(FitError) in
      direction * (try corrected.estimate(ratio)).value
    }
    limitRatio = try WorstCase.crossing { ratio throws(FitError) in
      let interval = try corrected.estimate(ratio).interval
      return direction < 0 ? -interval.upper : interval.lower
    }
  }

  /// The smallest ratio from 1 on at which a quantity is no longer above 0.
  private static func crossing(_ quantity: (Double) throws(FitError) -> Double) throws(FitError) -> Double? {
    guard try quantity(1) > 0 else { return 1 }
    guard try quantity(largestRatio) < 0 else { return nil }
    var (low, high) = (0.0, log(largestRatio))
    while high - low > 1e-13 * high {
      let middle = 0.5 * (low + high)
      if middle <= low || middle >= high { break }
      if try quantity(exp(middle)) > 0 { low = middle } else { high = middle }
    }
    return exp(0.5 * (low + high))
  }
}

/// The pool of studies whose nonaffirmative ones weigh more by a ratio.
private struct WorstCasePool {
  let yi, variances: [Double]
  let affirmative: [Bool]
  let level: Double

  init(_ studies: BiasStudies, _ affirmative: [Bool], tau2: Double) {
    yi = studies.yi
    variances = studies.vi.map { $0 + tau2 }
    self.affirmative = affirmative
    level = studies.model.level
  }

  func estimate(_ ratio: Double) throws(FitError) -> Estimate {
    // For η → ∞ the others are divided by η instead.
    let (seen, missed) = ratio.isInfinite ? (0.0, 1.0) : (1.0, ratio)
    let weights = yi.indices.map { (affirmative[$0] ? seen : missed) / variances[$0] }
    if let robust = RobustMean(y: yi, weights: weights, variances: variances) {
      let law = try ReferenceLaw(degreesOfFreedom: robust.degreesOfFreedom)
      return Estimate(
        value: robust.value, standardError: robust.standardError, law: law, critical: try law.critical(level: level),
        level: level)
    }
    let only = affirmative.firstIndex(of: false) ?? 0
    return Estimate(
      value: yi[only], standardError: variances[only].squareRoot(), law: .normal,
      critical: try ReferenceLaw.normal.critical(level: level), level: level)
  }
}
