/// Hedges' factor J(m) = Γ(m/2) / (√(m/2) Γ((m−1)/2)), which takes the bias out of a standardised mean difference.
///
/// With x = (m−1)/2 the ratio Γ(x+½)/Γ(x) is raised to x ≥ 20 by its recurrence and then taken from the asymptotic series
/// of its logarithm, whose first neglected term is below 1e-16 there. A difference of log-gammas would lose the digits
/// that they share: six of them at m = 10⁶. `NaN` for m ≤ 1, where the expectation does not exist.
/// Source: Hedges (1981), Journal of Educational Statistics 6, 107, eq. 6e; series: Abramowitz and Stegun 6.1.40.
func hedgesFactor(_ m: Double) -> Double {
  guard m > 1 else { return .nan }
  if m == .infinity { return 1 }
  let start = 0.5 * (m - 1)
  var x = start
  var steps = 1.0
  while x < 20 {
    // Γ(x+½)/Γ(x) = x/(x+½) · Γ(x+1+½)/Γ(x+1)
    steps *= x / (x + 0.5)
    x += 1
  }
  let r = 1 / (x * x)
  let series = (1.0 / 8 - r * (1.0 / 192 - r * (1.0 / 640 - r * (17.0 / 14336 - r * (31.0 / 18432))))) / x
  // √x / √(start + ½), as 1 plus a small number where x = start.
  let roots = x == start ? exp(-0.5 * log1p(0.5 / start) - series) : (x / (start + 0.5)).squareRoot() * exp(-series)
  return steps * roots
}
