import CBoostMath

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The standard normal distribution, `φ(z) = exp(−z²/2) / √(2π)`.
///
/// Sources: Abramowitz & Stegun (1964), 26.2.1 (density), 7.1.2 (erfc), 26.2.12 (asymptotic tail).
public enum Normal {
  /// Density `φ(z)`. The square is formed with its rounding error, so far tails keep their digits.
  public static func density(_ z: Double) -> Double {
    let square = z * z
    let whole = exp(-0.5 * square)
    guard whole > 0 else { return z.isNaN ? .nan : 0 }
    let error = (-square).addingProduct(z, z)
    return 0.3989422804014327 * (whole - whole * 0.5 * error)
  }

  /// `log φ(z) = −z²/2 − ½ log 2π`.
  public static func logDensity(_ z: Double) -> Double { -0.5 * z * z - 0.9189385332046728 }

  /// `Φ(z) = P(Z ≤ z)`.
  public static func cdf(_ z: Double) -> Double { upperTail(-z) }

  /// `P(Z > z)`, with full relative accuracy down to the smallest double.
  public static func upperTail(_ z: Double) -> Double {
    let half = 0.5 * twoSidedP(z)
    return z < 0 ? 1 - half : half
  }

  /// `log Φ(z)`, finite for every finite z until −z²/2 overflows.
  public static func logCDF(_ z: Double) -> Double { logUpperTail(-z) }

  /// `log P(Z > z)`, finite for every finite z until −z²/2 overflows.
  ///
  /// From 20 on by the asymptotic series `φ(z)/z · (1 − 1/z² + 1·3/z⁴ − …)`; there its eighth term is below 1e-15.
  public static func logUpperTail(_ z: Double) -> Double {
    if z < -1 { return log1p(-upperTail(-z)) }
    guard z >= 20 else { return log(upperTail(z)) }
    if z == .infinity { return -.infinity }
    let r = 1 / (z * z)
    let series = r * (1 - r * (3 - r * (15 - r * (105 - r * (945 - r * (10395 - r * (135135 - r * 2027025)))))))
    return logDensity(z) - log(z) + log1p(-series)
  }

  /// The z with `Φ(z) = p`; ±∞ at 0 and 1; throws unless 0 ≤ p ≤ 1.
  public static func quantile(_ p: Double) throws(DistributionError) -> Double { -(try quantile(upperTail: p)) }

  /// The z with `P(Z > z) = q`; ±∞ at 0 and 1; throws unless 0 ≤ q ≤ 1.
  public static func quantile(upperTail q: Double) throws(DistributionError) -> Double {
    guard q >= 0, q <= 1 else { throw .probabilityOutOfRange(distribution: "normal", value: q) }
    if q == 0 { return .infinity }
    if q == 1 { return -.infinity }
    var value = 0.0
    guard evidence_erfc_inverse(2 * q, &value) == evidence_ok else {
      throw .quantileNotFound(distribution: "normal", probability: q)
    }
    return 1.4142135623730951 * value
  }

  /// Two-sided p-value `P(|Z| > |z|)`, with full relative accuracy however small: at most 2.5 ε off.
  public static func twoSidedP(_ z: Double) -> Double { outside(z) }

  /// The same of four z.
  public static func twoSidedP(_ z: SIMD4<Double>) -> SIMD4<Double> { outside(z) }

  /// `e^(−z²/2)` times the scaled tail. z² is taken in two parts: z has 53 digits and would lose z² ε/2 in one.
  @inline(__always)
  private static func outside<V: Lanes>(_ z: V) -> V {
    // From 40 on there is nothing left.
    let size = V.smaller(z.size, V(repeating: 40))
    let upper = size.upperHalf
    return decay(0.5 * upper * upper, rest: 0.5 * (size - upper) * (size + upper)) * scaledTail(size)
  }

  /// Logarithm of the two-sided p-value, finite where the p-value underflows.
  public static func logTwoSidedP(_ z: Double) -> Double { 0.6931471805599453 + logUpperTail(abs(z)) }
}
