#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The beta distribution with parameters a and b, density `x^(a−1) (1−x)^(b−1) / B(a, b)` for 0 ≤ x ≤ 1.
///
/// `P(X ≤ x) = I_x(a, b)`. Source: Abramowitz & Stegun (1964), 26.5.1.
public struct Beta: Sendable, ContinuousDistribution {
  /// The parameters: a goes with x, b with 1 − x.
  public let a, b: Double
  private let ratio: BetaRatio

  /// The distribution with the given parameters; throws unless both are positive and finite.
  public init(a: Double, b: Double) throws(DistributionError) {
    try DistributionError.checkPositive(a, "a", "beta")
    try DistributionError.checkPositive(b, "b", "beta")
    self.a = a
    self.b = b
    ratio = BetaRatio(a: a, b: b, name: "beta")
  }

  private func function(_ x: Double) -> IncompleteBeta { ratio.function(DoubleDouble(x), DoubleDouble(sum: 1, -x)) }

  /// Density at `x`, 0 outside 0…1.
  public func density(_ x: Double) -> Double {
    guard x > 0, x < 1 else { return exp(logDensity(x)) }
    let function = function(x)
    return function.exponent.exponential * function.factor / x / (1 - x)
  }

  /// Log density at `x`, −∞ outside 0…1.
  public func logDensity(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    if x < 0 || x > 1 { return -.infinity }
    if x == 0 { return a == 1 ? log(b) : (a < 1 ? .infinity : -.infinity) }
    if x == 1 { return b == 1 ? log(a) : (b < 1 ? .infinity : -.infinity) }
    let function = function(x)
    return function.exponent.value + log(function.factor) - log(x) - log1p(-x)
  }

  /// `P(X ≤ x)`.
  public func cdf(_ x: Double) -> Double { tails(x).lower }

  /// `P(X > x)`.
  public func upperTail(_ x: Double) -> Double { tails(x).upper }

  /// `log P(X ≤ x)`.
  public func logCDF(_ x: Double) -> Double { tails(x).logLower }

  /// `log P(X > x)`.
  public func logUpperTail(_ x: Double) -> Double { tails(x).logUpper }

  private func tails(_ x: Double) -> TailPair {
    if x.isNaN { return .undefined }
    if x <= 0 { return .certain(lower: 0) }
    if x >= 1 { return .certain(lower: 1) }
    return function(x).tails
  }

  /// The x with `P(X ≤ x) = p`; throws unless 0 ≤ p ≤ 1.
  public func quantile(_ p: Double) throws(DistributionError) -> Double { fraction(try ratio.quantile(p)) }

  /// The x with `P(X > x) = q`; throws unless 0 ≤ q ≤ 1.
  public func quantile(upperTail q: Double) throws(DistributionError) -> Double {
    fraction(try ratio.quantile(upperTail: q))
  }

  /// x from x/(1−x).
  private func fraction(_ ratio: Double) -> Double {
    ratio > 1 ? 1 / (1 + 1 / ratio) : ratio / (1 + ratio)
  }
}
