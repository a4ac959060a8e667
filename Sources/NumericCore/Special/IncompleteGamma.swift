#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The regularised incomplete gamma functions `P(a, x)` and `Q(a, x) = 1 − P`, for a > 0 finite and x ≥ 0.
struct IncompleteGamma: Sendable {
  let a, x: Double

  /// `log{ x^a e^−x / Γ(a) }` less the factor `√(a / 2π)`, in twice the precision: `−D − S(a)`,
  /// `D = a log(a/x) + x − a`. Source: Loader (2000), equation 5.
  var exponent: DoubleDouble {
    let deviance =
      DoubleDouble.logRatio(DoubleDouble(a), DoubleDouble(x)) * a + DoubleDouble(sum: x, -a)
    return (-deviance) - stirlingError(a)
  }

  /// The factor that belongs to ``exponent``.
  var factor: Double { (a / 6.283185307179586).squareRoot() }

  /// Both tails: `lower` is `P(a, x)`, by its power series below `a + 1` and by the continued fraction of Q above.
  var tails: TailPair {
    if x.isNaN { return .undefined }
    if x == 0 { return .certain(lower: 0) }
    if x == .infinity { return .certain(lower: 1) }
    if x < a + 1 {
      return TailPair(exponent: exponent, factor: factor * lowerSeries(), computedIsLower: true)
    }
    return TailPair(exponent: exponent, factor: factor * upperFraction(), computedIsLower: false)
  }

  /// `Σ xⁿ / {a(a+1)…(a+n)}`: P over `x^a e^−x / Γ(a)`.
  private func lowerSeries() -> Double {
    var term = 1 / a
    var sum = CompensatedSum(term)
    var n = a
    var count = 0
    while count < IncompleteGamma.termLimit {
      n += 1
      term *= x / n
      sum.add(term)
      count += 1
      if term <= sum.value * 1e-17 { break }
    }
    return sum.value
  }

  /// `1/(x+1−a− 1(1−a)/(x+3−a− 2(2−a)/(x+5−a− …)))`: Q over `x^a e^−x / Γ(a)`, by the modified Lentz algorithm.
  private func upperFraction() -> Double {
    let tiny = 1e-300
    var b = x - a + 1
    var c = 1 / tiny
    var d = 1 / b
    var value = d
    var m = 0.0
    while m < Double(IncompleteGamma.termLimit) {
      m += 1
      let numerator = m * (a - m)
      b += 2
      d = numerator * d + b
      c = b + numerator / c
      if d == 0 { d = tiny }
      if c == 0 { c = tiny }
      d = 1 / d
      let step = c * d
      value *= step
      if abs(step - 1) <= 2.3e-16 { break }
    }
    return value
  }

  /// More terms than a = 1e9 needs (about 6 √a).
  private static let termLimit = 200_000
}
