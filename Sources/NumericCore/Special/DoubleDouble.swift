#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An unevaluated sum of two doubles, about 32 significant digits: for exponents of which an absolute error matters.
///
/// A tail of 1e-300 is `exp(−690)`: an exponent rounded to double would cost 690 ε = 1.5e-13 of the tail.
/// Source of the algorithms: Dekker (1971); Hida, Li & Bailey (2001).
struct DoubleDouble: Sendable {
  var high: Double
  var low: Double

  init(_ high: Double, _ low: Double = 0) {
    self.high = high
    self.low = low
  }

  /// The exact sum of two doubles.
  init(sum a: Double, _ b: Double) {
    high = a + b
    let part = high - a
    low = (a - (high - part)) + (b - part)
  }

  /// The exact product of two doubles (but for underflow).
  init(product a: Double, _ b: Double) {
    high = a * b
    low = (-high).addingProduct(a, b)
  }

  /// The sum of a large and a small double, made canonical.
  private init(large: Double, small: Double) {
    high = large + small
    low = small - (high - large)
  }

  var value: Double { high + low }

  static prefix func - (x: DoubleDouble) -> DoubleDouble { DoubleDouble(-x.high, -x.low) }

  static func + (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
    let s = DoubleDouble(sum: x.high, y.high)
    let t = DoubleDouble(sum: x.low, y.low)
    let first = DoubleDouble(large: s.high, small: s.low + t.high)
    return DoubleDouble(large: first.high, small: first.low + t.low)
  }

  static func - (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble { x + (-y) }

  static func + (x: DoubleDouble, y: Double) -> DoubleDouble { x + DoubleDouble(y) }

  static func - (x: DoubleDouble, y: Double) -> DoubleDouble { x + DoubleDouble(-y) }

  static func * (x: DoubleDouble, y: Double) -> DoubleDouble {
    let p = DoubleDouble(product: x.high, y)
    return DoubleDouble(large: p.high, small: p.low + x.low * y)
  }

  static func / (x: DoubleDouble, y: DoubleDouble) -> DoubleDouble {
    let q = x.high / y.high
    let rest = x - y * q
    return DoubleDouble(large: q, small: rest.high / y.high)
  }

  /// The number times a power of two, exactly.
  func scaled(by power: Int) -> DoubleDouble {
    if abs(power) < 1000 {
      let factor = Double(bitPattern: UInt64(1023 + power) << 52)
      return DoubleDouble(high * factor, low * factor)
    }
    return DoubleDouble(scalbn(high, Int32(clamping: power)), scalbn(low, Int32(clamping: power)))
  }

  /// `exp` of the number, correct to about one unit in the last place whatever its size.
  var exponential: Double {
    let whole = exp(high)
    return whole.isFinite ? whole + whole * low : whole
  }

  /// `log(numerator / denominator)` with a relative error of about 1e-18, also where the ratio is close to 1.
  ///
  /// The ratio is brought to [√½, √2] by a power of two; then `log r = 2 artanh s`, `s = (n − d) / (n + d)`.
  /// Only the leading term `2s` needs more than double: the rest of the series is below 1 % of it.
  /// Both numbers must be positive and finite; anything else falls back to the plain logarithm.
  static func logRatio(_ numerator: DoubleDouble, _ denominator: DoubleDouble) -> DoubleDouble {
    guard numerator.high > 0, denominator.high > 0, numerator.high.isFinite, denominator.high.isFinite else {
      return DoubleDouble(log(numerator.high) - log(denominator.high))
    }
    var (n, d) = (numerator, denominator)
    let (exponentN, exponentD) = (Int(n.high.exponent), Int(d.high.exponent))
    var power = exponentN - exponentD
    if power != 0 || abs(exponentD) > 1000 {
      n = n.scaled(by: -exponentN)
      d = d.scaled(by: -exponentD)
    }
    if n.high > 1.4142135623730951 * d.high {
      power += 1
      n = DoubleDouble(n.high * 0.5, n.low * 0.5)
    } else if n.high * 1.4142135623730951 < d.high {
      power -= 1
      n = DoubleDouble(n.high * 2, n.low * 2)
    }
    // n.high − d.high is exact, the two being within a factor of 2.
    let difference = DoubleDouble(sum: n.high - d.high, n.low - d.low)
    let high = DoubleDouble(sum: n.high, d.high)
    let total = DoubleDouble(high.high, high.low + (n.low + d.low))
    let inverse = 1 / total.high
    let quotient = difference.high * inverse
    let rest = (difference.high.addingProduct(-quotient, total.high) + difference.low) - quotient * total.low
    let s = DoubleDouble(large: quotient, small: rest * inverse)
    let series = DoubleDouble(
      large: 2 * s.high, small: 2 * s.low + 2 * s.high * artanhRest(s.high * s.high))
    if power == 0 { return series }
    let k = Double(power)
    return series + (DoubleDouble(product: 0.6931471805599453, k) + 2.3190468138462996e-17 * k)
  }

  /// `artanh(s)/s − 1` as a polynomial in s², for s² ≤ (√2−1)²/(√2+1)² = 0.0295: the first term left out is 1e-20.
  private static func artanhRest(_ s2: Double) -> Double {
    // By Estrin's scheme: shorter chains than Horner's.
    let s4 = s2 * s2
    let s8 = s4 * s4
    let low = (1.0 / 3 + s2 * (1.0 / 5)) + s4 * (1.0 / 7 + s2 * (1.0 / 9))
    let middle = (1.0 / 11 + s2 * (1.0 / 13)) + s4 * (1.0 / 15 + s2 * (1.0 / 17))
    let high = (1.0 / 19 + s2 * (1.0 / 21)) + s4 * (1.0 / 23 + s2 * (1.0 / 25))
    return s2 * (low + s8 * (middle + s8 * high))
  }
}
