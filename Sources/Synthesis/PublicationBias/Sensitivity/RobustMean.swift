import NumericCore

/// A weighted mean of independent effects with a robust variance that is corrected for small samples (CR2), and the degrees of
/// freedom of its t.
///
/// With weights aᵢ (any, A their sum), working variances φᵢ and residuals rᵢ = yᵢ − Σaᵢyᵢ/A, the variance of a residual is
/// bᵢ = φᵢ − 2uᵢ + S, uᵢ = aᵢφᵢ/A, S = Σuᵢ aᵢ/A, and
///
///     V = Σ gᵢ² rᵢ²,   gᵢ = (aᵢ/A) √(φᵢ/bᵢ),   ν = 2 E(V)²/Var(V) = (Σ gᵢ² bᵢ)² / Σᵢⱼ gᵢ²gⱼ² cᵢⱼ²,
///
/// cᵢⱼ = S − uᵢ − uⱼ for i ≠ j and cᵢᵢ = bᵢ, as if the working variances were true; V is right on average then, and consistent if they are
/// not. With equal weights and variances it is s²/k with k − 1. Sources: Hedges, Tipton and Johnson (2010), Research Synthesis Methods
/// 1, 39–65; Tipton (2015), Psychological Methods 20, 375–393; Pustejovsky and Tipton (2018), Journal of Business & Economic
/// Statistics 36, 672–683, for clusters of one.
struct RobustMean: Sendable {
  /// The mean.
  let value: Double
  /// √V.
  let standardError: Double
  /// ν.
  let degreesOfFreedom: Double

  /// The mean of effects y with weights a and working variances φ; `nil` when fewer than two weights are above 0.
  init?(y: [Double], weights a: [Double], variances phi: [Double]) {
    guard a.count(where: { $0 > 0 }) > 1 else { return nil }
    let total = CompensatedSum.of(a)
    let value = CompensatedSum.of(a.indices.map { a[$0] * y[$0] }) / total
    let u = a.indices.map { a[$0] * phi[$0] / total }
    let s = CompensatedSum.of(a.indices.map { u[$0] * a[$0] / total })
    // Σgᵢ²uᵢⁿ for n = 0, 1, 2, and what the products of a study with itself need instead.
    var (g0, g1, g2) = (0.0, 0.0, 0.0)
    var (variance, expected, own) = (0.0, 0.0, 0.0)
    for i in a.indices where a[i] > 0 {
      let b = phi[i] - 2 * u[i] + s
      let share = a[i] / total
      let square = share * share * phi[i] / b
      let r = y[i] - value
      variance += square * r * r
      expected += square * b
      own += square * square * (b * b - (s - 2 * u[i]) * (s - 2 * u[i]))
      g0 += square
      g1 += square * u[i]
      g2 += square * u[i] * u[i]
    }
    let products = s * s * g0 * g0 - 4 * s * g0 * g1 + 2 * g0 * g2 + 2 * g1 * g1
    self.value = value
    standardError = variance.squareRoot()
    degreesOfFreedom = expected * expected / (products + own)
  }
}
