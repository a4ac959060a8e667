#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The regularised incomplete beta function `I_x(a, b)`, with `x = u/(u+v)` given by its two parts.
///
/// Keeping `u` and `v` apart keeps `1 − x = v/(u+v)` exact: from a rounded `x` the factor `(1−x)^b` would lose `b ε`.
/// Needs a, b > 0 and finite, u, v ≥ 0 and not both zero.
struct IncompleteBeta: Sendable {
  let a, b: Double
  let u, v: DoubleDouble

  init(a: Double, b: Double, u: DoubleDouble, v: DoubleDouble) {
    self.a = a
    self.b = b
    // Only the ratio of u and v counts: far from 1 both are brought to opposite sides of it, away from overflow.
    var power = 0
    if u.high > 0, v.high > 0, u.high.isFinite, v.high.isFinite {
      power = (Int(u.high.exponent) + Int(v.high.exponent)) / 2
    }
    self.u = abs(power) > 200 ? u.scaled(by: -power) : u
    self.v = abs(power) > 200 ? v.scaled(by: -power) : v
  }

  /// `log{ x^a (1−x)^b / B(a, b) }` less the factor `√(ab / 2π(a+b))`, in twice the precision.
  ///
  /// `= −D − S(a) − S(b) + S(a+b)`, `D = a log{a(u+v)/(nu)} + b log{b(u+v)/(nv)}`, `n = a+b`: the deviance form of
  /// Loader (2000), equation 4, with S the Stirling error.
  var exponent: DoubleDouble {
    let n = DoubleDouble(sum: a, b)
    let w = u + v
    let deviance =
      DoubleDouble.logRatio(w * a, u * n.high + u.high * n.low) * a
      + DoubleDouble.logRatio(w * b, v * n.high + v.high * n.low) * b
    return (-deviance) + (stirlingError(n.high) - stirlingError(a) - stirlingError(b))
  }

  /// The factor that belongs to ``exponent``.
  var factor: Double { (a / (a + b) * (b / 6.283185307179586)).squareRoot() }

  /// Both tails: `lower` is `I_x(a, b)`.
  ///
  /// The continued fraction is taken on the side where it converges fast, `x < (a+1)/(a+b+2)`.
  var tails: TailPair { tails(exponent: exponent) }

  /// ``tails`` when the exponent is already known.
  func tails(exponent: @autoclosure () -> DoubleDouble) -> TailPair {
    if u.high == 0 { return .certain(lower: 0) }
    if v.high == 0 { return .certain(lower: 1) }
    guard u.high.isFinite, v.high.isFinite else { return .undefined }
    let lowerIsComputed = u.high * (b + 1) <= v.high * (a + 1)
    let side = lowerIsComputed ? self : IncompleteBeta(a: b, b: a, u: v, v: u)
    return TailPair(
      exponent: exponent(), factor: factor / side.continuedFraction(), computedIsLower: lowerIsComputed)
  }

  /// The continued fraction `F` with `I_x(a, b) = x^a (1−x)^b / (B(a, b) F)`.
  ///
  /// Source: Didonato & Morris (1992), equation 9. A term costs one division; it takes about √(a+b) terms close to the mean and few elsewhere.
  private func continuedFraction() -> Double {
    let w = u + v
    let x = u.high / w.high
    let y = v.high / w.high
    let lambda = ((v * a - u * b) / w).value
    var inverse = 1 / (a + 1)
    var fraction = Convergents(a * (lambda + 1) * inverse)
    var m = 0.0
    while m < IncompleteBeta.termLimit {
      m += 1
      let product = m * (b - m) * x
      let partial = ((a + m - 1) * inverse) * ((a + b + m - 1) * inverse) * product * x
      let next = 1 / (a + 2 * m + 1)
      let term = m + product * inverse + ((a + m) * next) * (lambda + 1 + m * (1 + y))
      inverse = next
      if fraction.add(term: term, partial: partial) { break }
    }
    return fraction.numerator / fraction.denominator
  }

  /// More terms than parameters of 1e9 need; beyond, the value has converged to what a double can hold.
  private static let termLimit = 200_000.0
}
