#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The logistic distribution with location m and scale s, `P(X ≤ x) = 1/{1 + exp(−(x−m)/s)}`.
///
/// Source: Johnson, Kotz & Balakrishnan (1995), chapter 23, equation 23.4.
public struct Logistic: Sendable, ContinuousDistribution {
  /// The location m (mean and median) and the scale s.
  public let location, scale: Double

  /// The distribution with the given location and scale; throws unless they are finite and the scale positive.
  public init(location: Double = 0, scale: Double = 1) throws(DistributionError) {
    guard location.isFinite else {
      throw .invalidParameter(
        distribution: "logistic", parameter: "location", value: location, requirement: "finite")
    }
    try DistributionError.checkPositive(scale, "scale", "logistic")
    self.location = location
    self.scale = scale
  }

  private func standardized(_ x: Double) -> Double { (x - location) / scale }

  /// Density at `x`.
  public func density(_ x: Double) -> Double { exp(logDensity(x)) }

  /// Log density at `x`.
  public func logDensity(_ x: Double) -> Double {
    let z = abs(standardized(x))
    return -z - 2 * log1p(exp(-z)) - log(scale)
  }

  /// `P(X ≤ x)`.
  public func cdf(_ x: Double) -> Double { lower(standardized(x)) }

  /// `P(X > x)`.
  public func upperTail(_ x: Double) -> Double { lower(-standardized(x)) }

  /// `log P(X ≤ x)`.
  public func logCDF(_ x: Double) -> Double { logLower(standardized(x)) }

  /// `log P(X > x)`.
  public func logUpperTail(_ x: Double) -> Double { logLower(-standardized(x)) }

  private func lower(_ z: Double) -> Double {
    if z >= 0 { return 1 / (1 + exp(-z)) }
    let odds = exp(z)
    return odds / (1 + odds)
  }

  private func logLower(_ z: Double) -> Double { z >= 0 ? -log1p(exp(-z)) : z - log1p(exp(z)) }

  /// The x with `P(X ≤ x) = p`: `m + s log{p/(1−p)}`; ±∞ at the ends; throws unless 0 ≤ p ≤ 1.
  public func quantile(_ p: Double) throws(DistributionError) -> Double {
    try DistributionError.check(p, "logistic")
    return location + scale * (log(p) - log1p(-p))
  }

  /// The x with `P(X > x) = q`; ±∞ at the ends; throws unless 0 ≤ q ≤ 1.
  public func quantile(upperTail q: Double) throws(DistributionError) -> Double {
    try DistributionError.check(q, "logistic")
    return location - scale * (log(q) - log1p(-q))
  }
}
