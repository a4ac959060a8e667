/// Olkin and Pratt's unbiased estimates of a correlation ρ and of ρ², from r in a sample of n ≥ 4.
///
/// y = r F(½, ½; (n−2)/2; 1−r²) and q = 1 − (n−3)/(n−2) (1−r²) F(1, 1; n/2; 1−r²). The functions F are taken less 1, so
/// that y − r, q − r² and y² − q, which are of order 1/n, keep their digits in large samples.
/// Source: Olkin and Pratt (1958), Annals of Mathematical Statistics 29, 201, eqs. 2.3 and 2.7.
struct OlkinPratt {
  /// The unbiased estimate of ρ; `NaN` for n < 4.
  let correlation: Double
  /// y² less the unbiased estimate of ρ², an unbiased estimate of the variance of y; `NaN` for n < 4.
  let variance: Double

  init(_ r: Double, _ n: Double) {
    guard n >= 4 else {
      correlation = .nan
      variance = .nan
      return
    }
    let rest = (1 - r) * (1 + r)
    let excess = rest == 0 || r == 0 ? 0 : halfHalfLessOne(0.5 * n - 1, r)
    let y = r + r * excess
    correlation = y
    let second = rest == 0 ? 0 : oneOneLessOne(0.5 * n, r)
    // q − r² = (1−r²) (1/(n−2) − (n−3)/(n−2) (F − 1))
    variance = r * excess * (y + r) - rest * (1 - (n - 3) * second) / (n - 2)
  }
}

/// From this c on the power series is quick: its terms fall at least as fast as 2⁻ᵏ up to k = c.
private let seriesFrom = 40.0

/// F(½, ½; c; 1−r²) − 1 for c ≥ 1 and 0 < |r| < 1.
///
/// For small c from Euler's integral, F = I(r)/I(1), I(r) = ∫ cosh s^{−(2c−2)} (1 + r² sinh² s)^{−½} ds over the line. The
/// integrand is analytic within |Im s| < π/2 and falls off exponentially, so the trapezoidal rule is good to the last
/// digits, where the series would need thousands of terms for small n and r. Source: Abramowitz and Stegun 15.3.1.
private func halfHalfLessOne(_ c: Double, _ r: Double) -> Double {
  if c >= seriesFrom { return seriesLessOne(0.5, c, (1 - r) * (1 + r)) }
  let power = 2 * c - 2
  let step = min(0.15, 0.4 / c.squareRoot())
  var value = 0.5
  var whole = 0.5
  var s = 0.0
  while true {
    s += step
    let tail = exp(-power * logCosh(s))
    let sine = sinh(s)
    let term = tail / (1 + r * r * sine * sine).squareRoot()
    value += term
    whole += tail / cosh(s)
    if term < 1e-18 * value { return value / whole - 1 }
  }
}

/// F(1, 1; c; 1−r²) − 1 for c ≥ 2 and |r| < 1; infinite at r = 0 for c = 2.
///
/// For small c from Euler's integral with u = eˢ: F = K(r)/K(1), K(r) = ∫ u² (1+u²)^{−(c−1)}/(1 + r²u²) ds over the line.
private func oneOneLessOne(_ c: Double, _ r: Double) -> Double {
  if c >= seriesFrom { return seriesLessOne(1, c, (1 - r) * (1 + r)) }
  if r == 0 && c <= 2 { return .infinity }
  let power = c - 1
  let step = min(0.15, 0.4 / c.squareRoot())
  let centre = -0.5 * log(power)
  var value = 0.0
  var whole = 0.0
  // Outwards from the peak of the denominator's integrand, first down, then up.
  for direction in [-1.0, 1.0] {
    var s = direction > 0 ? centre : centre - step
    while true {
      let u2 = exp(2 * s)
      let common = exp(2 * s - power * log1p(u2))
      let term = common / (1 + r * r * u2)
      value += term
      whole += common / (1 + u2)
      if term < 1e-19 * value { break }
      s += direction * step
    }
  }
  return value / whole - 1
}

/// F(a, a; c; x) − 1 by its power series, for c large and 0 ≤ x ≤ 1.
private func seriesLessOne(_ a: Double, _ c: Double, _ x: Double) -> Double {
  var term = 1.0
  var sum = 0.0
  var k = 0.0
  repeat {
    term *= (a + k) * (a + k) / ((c + k) * (k + 1)) * x
    sum += term
    k += 1
  } while term > 1e-18 * sum
  return sum
}

/// log cosh s for s ≥ 0, without overflow.
private func logCosh(_ s: Double) -> Double { s + log1p(0.5 * expm1(-2 * s)) }
