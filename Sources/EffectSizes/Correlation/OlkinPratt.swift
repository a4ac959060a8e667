/// The unbiased estimate of a correlation, r F(½, ½; (n−2)/2; 1−r²); `NaN` for n < 4.
///
/// Euler's integral with sin θ = tanh s gives F(½, ½; c; 1−r²) = I(r)/I(1), I(r) = ∫ cosh s^{−(2c−2)} (1 + r² sinh² s)^{−½} ds
/// over the whole line. The integrand is analytic within |Im s| < π/2 and falls off exponentially, so the trapezoidal rule
/// is good to the last digits, where the power series in 1−r² would need thousands of terms for small n and r.
/// Source: Olkin and Pratt (1958), eq. 2.3; Abramowitz and Stegun 15.3.1.
func olkinPratt(_ r: Double, _ n: Double) -> Double {
  guard n >= 4 else { return .nan }
  if r == 0 || abs(r) == 1 { return r }
  let power = n - 4
  let step = min(0.25, 0.5 / (0.5 * n - 1).squareRoot())
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
    if term < 1e-18 * value { return r * value / whole }
  }
}

/// The unbiased estimate of ρ², 1 − (n−3)/(n−2) (1−r²) F(1, 1; n/2; 1−r²); `NaN` for n < 4, or r = 0 with n = 4.
///
/// Euler's integral with sin²θ = u²/(1+u²), u = eˢ: F(1, 1; c; 1−r²) = K(r)/K(1), K(r) = ∫ u² (1+u²)^{−(c−1)} /(1 + r²u²) ds.
/// Source: Olkin and Pratt (1958), eq. 2.7.
func olkinPrattSquare(_ r: Double, _ n: Double) -> Double {
  guard n >= 4, r != 0 || n > 4 else { return .nan }
  let rest = (1 - r) * (1 + r)
  let power = 0.5 * n - 1
  let step = min(0.2, 1 / (1 + power.squareRoot()))
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
  return 1 - (n - 3) / (n - 2) * rest * value / whole
}

/// log cosh s for s ≥ 0, without overflow.
private func logCosh(_ s: Double) -> Double { s + log1p(0.5 * expm1(-2 * s)) }
