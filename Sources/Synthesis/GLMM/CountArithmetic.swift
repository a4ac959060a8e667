import NumericCore

/// log n!, for counts that need not be whole.
func logFactorial(_ n: Double) -> Double { logGamma(n + 1) }

/// log C(n, x).
func logBinomial(_ n: Double, _ x: Double) -> Double { logFactorial(n) - logFactorial(x) - logFactorial(n - x) }

/// Largest value of a concave function of one variable that has a finite maximum, by Newton's method with halving;
/// `function` returns value, slope and curvature.
func maximumOfConcave(_ function: (Double) -> (Double, Double, Double)) -> Double {
  var x = 0.0
  var (value, slope, curvature) = function(x)
  for _ in 0..<200 {
    var step = -slope / curvature
    if slope * step <= 1e-14 * (1 + abs(value)) { return value + slope * step / 2 }
    step = min(4, max(-4, step))
    var next = function(x + step)
    while !(next.0 >= value), abs(step) > 1e-12 {
      step /= 2
      next = function(x + step)
    }
    x += step
    (value, slope, curvature) = next
  }
  return value
}
