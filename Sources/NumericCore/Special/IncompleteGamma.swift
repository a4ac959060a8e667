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
  var tails: TailPair { tails(exponent: exponent) }

  /// ``tails`` when the exponent is already known.
  func tails(exponent: @autoclosure () -> DoubleDouble) -> TailPair {
    if x.isNaN { return .undefined }
    if x == 0 { return .certain(lower: 0) }
    if x == .infinity { return .certain(lower: 1) }
    if x < a + 1 {
      return TailPair(exponent: exponent(), factor: factor * lowerSeries(), computedIsLower: true)
    }
    return TailPair(exponent: exponent(), factor: factor * upperFraction(), computedIsLower: false)
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

  /// `1/(x+1−a− 1(1−a)/(x+3−a− 2(2−a)/(x+5−a− …)))`: Q over `x^a e^−x / Γ(a)`; no division within the loop.
  private func upperFraction() -> Double {
    var term = x - a + 1
    // The rest is below the rounding unit; squares of x would overflow.
    if x > 1e17 * (a + 1) { return 1 / term }
    var fraction = Convergents(term)
    var m = 0.0
    while m < Double(IncompleteGamma.termLimit) {
      m += 1
      term += 2
      if fraction.add(term: term, partial: m * (a - m)) { break }
    }
    return fraction.denominator / fraction.numerator
  }

  /// More terms than a = 1e9 needs (about 6 √a).
  private static let termLimit = 200_000
}
