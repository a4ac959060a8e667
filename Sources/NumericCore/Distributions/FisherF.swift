#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Fisher's F distribution with ν₁ and ν₂ degrees of freedom, whole or not; ν₂ = ∞ is χ²(ν₁)/ν₁.
///
/// `P(F ≤ f) = I_x(ν₁/2, ν₂/2)`, `x = ν₁f/(ν₁f+ν₂)`. Source: Abramowitz & Stegun (1964), 26.5.28, 26.6.1.
public struct FisherF: Sendable, ContinuousDistribution {
  /// The degrees of freedom ν₁ (numerator) and ν₂ (denominator).
  public let numerator, denominator: Double
  private let ratio: BetaRatio
  /// `ν₂/ν₁` in twice the precision: `x/(1−x) = f/(ν₂/ν₁)`.
  private let oddsScale: DoubleDouble
  /// The limit for ν₂ = ∞.
  private let limit: Gamma?

  /// The distribution with the given degrees of freedom.
  ///
  /// Throws unless both are positive and the numerator's finite.
  public init(numerator: Double, denominator: Double) throws(DistributionError) {
    try DistributionError.checkPositive(numerator, "numerator degrees of freedom", "F")
    guard denominator > 0 else {
      throw .invalidParameter(
        distribution: "F", parameter: "denominator degrees of freedom", value: denominator, requirement: "positive")
    }
    self.numerator = numerator
    self.denominator = denominator
    ratio = BetaRatio(a: numerator / 2, b: denominator / 2, name: "F")
    oddsScale = DoubleDouble(denominator) / DoubleDouble(numerator)
    // Beyond 1e19 the two agree to 1e-13 wherever the tail is above 1e-300.
    limit =
      denominator >= 1e19 ? Gamma(checkedShape: numerator / 2, scale: 2 / numerator, name: "F") : nil
  }

  private func function(_ f: Double) -> IncompleteBeta {
    ratio.function(DoubleDouble(f), oddsScale)
  }

  /// Density at `f`, 0 below 0; at 0 it is ∞, 1 or 0 as ν₁ < 2, ν₁ = 2 or ν₁ > 2.
  public func density(_ f: Double) -> Double {
    if let limit { return limit.density(f) }
    guard f > 0, f.isFinite else { return exp(logDensity(f)) }
    let function = function(f)
    return function.exponent.exponential * function.factor / f
  }

  /// Log density at `f`, −∞ below 0.
  public func logDensity(_ f: Double) -> Double {
    if let limit { return limit.logDensity(f) }
    if f.isNaN { return .nan }
    if f < 0 || f == .infinity { return -.infinity }
    if f == 0 { return numerator == 2 ? 0 : (numerator < 2 ? .infinity : -.infinity) }
    let function = function(f)
    return function.exponent.value + log(function.factor) - log(f)
  }

  /// `P(F ≤ f)`.
  public func cdf(_ f: Double) -> Double { tails(f).lower }

  /// `P(F > f)`.
  public func upperTail(_ f: Double) -> Double { tails(f).upper }

  /// `log P(F ≤ f)`.
  public func logCDF(_ f: Double) -> Double { limit?.logCDF(f) ?? tails(f).logLower }

  /// `log P(F > f)`.
  public func logUpperTail(_ f: Double) -> Double { limit?.logUpperTail(f) ?? tails(f).logUpper }

  private func tails(_ f: Double) -> TailPair {
    if f.isNaN { return .undefined }
    if f <= 0 { return .certain(lower: 0) }
    if f == .infinity { return .certain(lower: 1) }
    if let limit { return IncompleteGamma(a: limit.shape, x: f / limit.scale).tails }
    return function(f).tails
  }

  /// The f with `P(F ≤ f) = p`; 0 and ∞ at the ends; throws unless 0 ≤ p ≤ 1.
  public func quantile(_ p: Double) throws(DistributionError) -> Double {
    if let limit { return try limit.quantile(p) }
    return try ratio.quantile(p) * (denominator / numerator)
  }

  /// The f with `P(F > f) = q`; ∞ and 0 at the ends; throws unless 0 ≤ q ≤ 1.
  public func quantile(upperTail q: Double) throws(DistributionError) -> Double {
    if let limit { return try limit.quantile(upperTail: q) }
    return try ratio.quantile(upperTail: q) * (denominator / numerator)
  }
}
