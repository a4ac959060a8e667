import NumericCore

/// Worst-case publication bias: how much likelier affirmative results must be to be published to explain an effect away.
///
/// A study is affirmative when its effect is in the direction of the pool and its two-sided p is below 0.05; these are η times as
/// likely to be seen. With weights aᵢ = πᵢ/(vᵢ + τ²), πᵢ = 1 for affirmative studies and η for the others, μ̂(η) = Σaᵢyᵢ/Σaᵢ and
/// Var = Σaᵢ²(vᵢ + τ²)/(Σaᵢ)², τ² being that of the uncorrected pool; η → ∞ leaves the nonaffirmative studies alone. The S-value
/// is the η at which μ̂, or the nearer limit of its interval, is 0. Source: Mathur and VanderWeele (2020), Journal of the Royal
/// Statistical Society C 69, 1091–1119, sections 3 and 4 (there with a robust variance; ours is that of the model).
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
    let sums = WorstCaseSums(studies, affirmative, tau2: pool.heterogeneity.tauSquared ?? 0, direction)
    let level = studies.model.level
    let limitCritical = try ReferenceLaw.normal.critical(level: level)
    var rows = [Row]()
    for ratio in WorstCase.ratios {
      let (mean, error) = sums.estimate(ratio)
      let estimate = Estimate(
        value: direction * mean, standardError: error, law: .normal, critical: limitCritical, level: level)
      rows.append(Row(ratio: ratio, estimate: estimate))
    }
    self.rows = rows
    let kept = studies.yi.indices.filter { !affirmative[$0] }
    nonaffirmative = try studies.model.fit(yi: kept.map { studies.yi[$0] }, vi: kept.map { studies.vi[$0] })
    estimateRatio = WorstCase.crossing { sums.estimate($0).mean }
    limitRatio = WorstCase.crossing { ratio in
      let (mean, error) = sums.estimate(ratio)
      return mean - limitCritical * error
    }
  }

  /// The smallest ratio from 1 on at which a quantity is no longer above 0.
  private static func crossing(_ quantity: (Double) -> Double) -> Double? {
    guard quantity(1) > 0 else { return 1 }
    guard quantity(largestRatio) < 0 else { return nil }
    var (low, high) = (0.0, log(largestRatio))
    while high - low > 1e-13 * high {
      let middle = 0.5 * (low + high)
      if middle <= low || middle >= high { break }
      if quantity(exp(middle)) > 0 { low = middle } else { high = middle }
    }
    return exp(0.5 * (low + high))
  }
}

/// Sums over affirmative and nonaffirmative studies, effects turned to the direction of the pool.
private struct WorstCaseSums {
  private var weight = SIMD2<Double>.zero
  private var weighted = SIMD2<Double>.zero

  init(_ studies: BiasStudies, _ affirmative: [Bool], tau2: Double, _ direction: Double) {
    for i in studies.yi.indices {
      let w = 1 / (studies.vi[i] + tau2)
      let place = affirmative[i] ? 0 : 1
      weight[place] += w
      weighted[place] += w * direction * studies.yi[i]
    }
  }

  func estimate(_ ratio: Double) -> (mean: Double, error: Double) {
    let (a, b): (Double, Double) = ratio.isInfinite ? (0, 1) : (1, ratio)
    let total = a * weight[0] + b * weight[1]
    return (
      (a * weighted[0] + b * weighted[1]) / total, (a * a * weight[0] + b * b * weight[1]).squareRoot() / total
    )
  }
}
