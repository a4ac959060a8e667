/// The chi-squared distribution with ν degrees of freedom: a gamma distribution of shape ν/2 and scale 2.
///
/// Any ν > 0, not only whole. Source: Abramowitz & Stegun (1964), 26.4.1, 26.4.19.
public struct ChiSquared: Sendable, ContinuousDistribution {
  /// The degrees of freedom ν.
  public let degreesOfFreedom: Double
  private let gamma: Gamma
  /// The quick way to the upper tail, for few degrees of freedom that are a whole number.
  private let whole: WholeChiSquared?

  /// The distribution with the given degrees of freedom; throws unless they are positive and finite.
  public init(degreesOfFreedom: Double) throws(DistributionError) {
    try DistributionError.checkPositive(degreesOfFreedom, "degrees of freedom", "chi-squared")
    self.degreesOfFreedom = degreesOfFreedom
    gamma = Gamma(checkedShape: degreesOfFreedom / 2, scale: 2, name: "chi-squared")
    whole = WholeChiSquared(degreesOfFreedom: degreesOfFreedom)
  }

  /// Density at `x`, 0 below 0.
  public func density(_ x: Double) -> Double { gamma.density(x) }

  /// Log density at `x`, −∞ below 0.
  public func logDensity(_ x: Double) -> Double { gamma.logDensity(x) }

  /// `P(X ≤ x)`.
  public func cdf(_ x: Double) -> Double { gamma.cdf(x) }

  /// `P(X > x)`.
  public func upperTail(_ x: Double) -> Double {
    guard let whole, x >= 0, x <= WholeChiSquared.farthest else { return gamma.upperTail(x) }
    return whole.upperTail(x)
  }

  /// The same of four x.
  public func upperTail(_ x: SIMD4<Double>) -> SIMD4<Double> {
    guard let whole else { return x.map { gamma.upperTail($0) } }
    let isInside = (SIMD4.zero .<= x) .& (x .<= WholeChiSquared.farthest)
    let tail = whole.upperTail(x)
    return any(.!isInside) ? x.map { gamma.upperTail($0) }.replacing(with: tail, where: isInside) : tail
  }

  /// `log P(X ≤ x)`.
  public func logCDF(_ x: Double) -> Double { gamma.logCDF(x) }

  /// `log P(X > x)`.
  public func logUpperTail(_ x: Double) -> Double { gamma.logUpperTail(x) }

  /// The x with `P(X ≤ x) = p`; 0 and ∞ at the ends; throws unless 0 ≤ p ≤ 1.
  public func quantile(_ p: Double) throws(DistributionError) -> Double { try gamma.quantile(p) }

  /// The x with `P(X > x) = q`; ∞ and 0 at the ends; throws unless 0 ≤ q ≤ 1.
  public func quantile(upperTail q: Double) throws(DistributionError) -> Double { try gamma.quantile(upperTail: q) }
}
