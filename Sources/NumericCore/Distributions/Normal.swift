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

  /// `P(Z > z) = ½ erfc(z/√2)`, relative error about 1e-15 down to the smallest double.
  ///
  /// z/√2 is rounded; in the tail that alone would cost z² ε/2. The rounding error δ is known and is taken out with
  /// the derivative, `erfc(t+δ) ≈ erfc(t) − δ · 2/√π · exp(−t²)`. glibc's erfc was at most 2.7 ε off at
  /// two million points from −6 to 26.5.
  public static func upperTail(_ z: Double) -> Double {
    let t = z * 0.7071067811865476
    let whole = erfc(t)
    guard abs(z) < 40 else { return 0.5 * whole }
    let error = (-t).addingProduct(z, 0.7071067811865476) - z * 4.833646656726457e-17
    return 0.5 * (whole - error * 1.1283791670955126 * exp(-t * t))
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

  /// Two-sided p-value `P(|Z| > |z|)`, with full relative accuracy however small.
  public static func twoSidedP(_ z: Double) -> Double { 2 * upperTail(abs(z)) }

  /// Logarithm of the two-sided p-value, finite where the p-value underflows.
  public static func logTwoSidedP(_ z: Double) -> Double { 0.6931471805599453 + logUpperTail(abs(z)) }
}
