#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The non-central chi-squared distribution with ν degrees of freedom and non-centrality λ = Σ μᵢ².
///
/// `P(X ≤ x) = Σ Pois(j; λ/2) P(ν/2 + j, x/2)`. Source: Johnson, Kotz & Balakrishnan (1995), equation 29.2.
public struct NonCentralChiSquared: Sendable, ContinuousDistribution {
  /// The degrees of freedom ν and the non-centrality λ.
  public let degreesOfFreedom, nonCentrality: Double
  private let central: ChiSquared

  /// The distribution; throws unless ν is positive and λ not negative, both finite.
  public init(degreesOfFreedom: Double, nonCentrality: Double) throws(DistributionError) {
    central = try ChiSquared(degreesOfFreedom: degreesOfFreedom)
    try DistributionError.checkNonCentrality(nonCentrality, "non-central chi-squared")
    self.degreesOfFreedom = degreesOfFreedom
    self.nonCentrality = nonCentrality
  }

  /// The gamma distributions of shape ν/2 + j, at y = x/2.
  private struct Family: MixtureFamily {
    let a, y: Double

    private func function(_ j: Double) -> IncompleteGamma { IncompleteGamma(a: a + j, x: y) }

    func tails(_ j: Double) -> TailPair { function(j).tails }

    /// `y^(a+j) e^−y / Γ(a+j+1)`.
    func logStep(_ j: Double) -> Double {
      let function = function(j)
      return function.exponent.value + log(function.factor / (a + j))
    }

    func stepRatio(_ j: Double) -> Double { y / (a + j + 1) }

    func logDensity(_ j: Double) -> Double {
      let function = function(j)
      return function.exponent.value + log(function.factor / (2 * y))
    }

    func densityRatio(_ j: Double) -> Double { y / (a + j) }
  }

  private func mixture(_ x: Double) -> PoissonMixture<Family> {
    PoissonMixture(rate: 0.5 * nonCentrality, family: Family(a: 0.5 * degreesOfFreedom, y: 0.5 * x))
  }

  /// Density at `x`, 0 below 0.
  public func density(_ x: Double) -> Double { exp(logDensity(x)) }

  /// Log density at `x`, −∞ below 0.
  public func logDensity(_ x: Double) -> Double {
    if nonCentrality == 0 { return central.logDensity(x) }
    if x >= 0, 0.5 * x == 0 { return central.logDensity(0) - 0.5 * nonCentrality }
    guard x > 0, x < .infinity else { return x.isNaN ? .nan : -.infinity }
    return mixture(x).logDensity()
  }

  private func tails(_ x: Double) -> TailPair {
    // The smallest of doubles have no half.
    if 0.5 * x == 0 { return .certain(lower: 0) }
    let mean = degreesOfFreedom + nonCentrality
    return x < mean ? mixture(x).lower() : mixture(x).upper()
  }

  private func isPlain(_ x: Double) -> Bool { nonCentrality == 0 || !(x > 0) || x == .infinity }

  /// `P(X ≤ x)`.
  public func cdf(_ x: Double) -> Double { isPlain(x) ? central.cdf(x) : tails(x).lower }

  /// `P(X > x)`.
  public func upperTail(_ x: Double) -> Double { isPlain(x) ? central.upperTail(x) : tails(x).upper }

  /// `log P(X ≤ x)`.
  public func logCDF(_ x: Double) -> Double { isPlain(x) ? central.logCDF(x) : tails(x).logLower }

  /// `log P(X > x)`.
  public func logUpperTail(_ x: Double) -> Double { isPlain(x) ? central.logUpperTail(x) : tails(x).logUpper }

  /// The x with `P(X ≤ x) = p`; 0 and ∞ at the ends; throws unless 0 ≤ p ≤ 1.
  public func quantile(_ p: Double) throws(DistributionError) -> Double {
    try DistributionError.check(p, "non-central chi-squared")
    if p == 0 || p == 1 { return p == 0 ? 0 : .infinity }
    if p > 0.5 { return try quantile(upperTail: 1 - p) }
    return try solve(p, lower: true)
  }

  /// The x with `P(X > x) = q`; ∞ and 0 at the ends; throws unless 0 ≤ q ≤ 1.
  public func quantile(upperTail q: Double) throws(DistributionError) -> Double {
    try DistributionError.check(q, "non-central chi-squared")
    if q == 0 || q == 1 { return q == 0 ? .infinity : 0 }
    if q > 0.5 { return try quantile(1 - q) }
    return try solve(q, lower: false)
  }

  /// From Patnaik's approximation, a scaled central distribution with the same mean and variance.
  private func solve(_ probability: Double, lower: Bool) throws(DistributionError) -> Double {
    let mean = degreesOfFreedom + nonCentrality
    let scale = (mean + nonCentrality) / mean
    let like = try ChiSquared(degreesOfFreedom: mean / scale)
    let start = try scale * (lower ? like.quantile(probability) : like.quantile(upperTail: probability))
    let solver = QuantileSolver(
      distribution: "non-central chi-squared", probability: probability, increasing: lower)
    return try solver.solve(start: start) { x in
      QuantileSolver.Evaluation(tails(x), lower: lower, logKernel: logDensity(x) + log(x))
    }
  }
}

extension DistributionError {
  /// Throws unless `value` is finite and not negative.
  static func checkNonCentrality(_ value: Double, _ distribution: String) throws(DistributionError) {
    guard value >= 0, value.isFinite else {
      throw .invalidParameter(
        distribution: distribution, parameter: "non-centrality", value: value,
        requirement: "finite and not negative")
    }
  }
}
