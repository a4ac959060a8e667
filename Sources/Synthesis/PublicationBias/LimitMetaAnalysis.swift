import NumericCore

/// Rücker's limit meta-analysis: the effect as the precision of a study grows without bound.
///
/// With sᵢ² = vᵢ + τ², yᵢ/sᵢ on 1/sᵢ has intercept α (the small-study effect) and slope β; the limit is β₀ = β + τα with
/// Var β₀ = Var β + τ² Var α + 2τ Cov(α, β), the errors of yᵢ/sᵢ having variance 1. Normal test and interval.
/// Source: Rücker, Schwarzer, Carpenter, Binder and Schumacher (2011), equations 2 to 7.
public struct LimitMetaAnalysis: Sendable {
  /// The limit estimate β₀.
  public let estimate: Estimate
  /// τ² that it was made with.
  public let tauSquared: Double

  /// Estimates τ² by the model's method and fits the line.
  /// - Throws: `tooFewStudies` below 3; `rankDeficient` when all variances are equal.
  public init(_ studies: BiasStudies) throws(FitError) {
    try studies.require(3, "the limit meta-analysis")
    let pooled = try studies.model.fit(yi: studies.yi, vi: studies.vi)
    let tau2 = pooled.heterogeneity.tauSquared ?? 0
    let precision = studies.vi.map { 1 / ($0 + tau2).squareRoot() }
    let line = try WeightedRegression(
      y: zip(studies.yi, precision).map { $0 * $1 }, on: precision, named: "1/sqrt(vi + tau2)",
      weights: [Double](repeating: 1, count: studies.count), level: studies.model.level)
    let tau = tau2.squareRoot()
    let c = line.unscaledCovariance
    let variance = c[1, 1] + tau2 * c[0, 0] + 2 * tau * c[0, 1]
    estimate = Estimate(
      value: line.coefficients[1].value + tau * line.coefficients[0].value,
      standardError: truncatedAtZero(variance).squareRoot(), law: .normal,
      critical: try ReferenceLaw.normal.critical(level: studies.model.level), level: studies.model.level)
    tauSquared = tau2
  }
}
