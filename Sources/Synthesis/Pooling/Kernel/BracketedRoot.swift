/// A root of a continuous increasing function of one variable, by a bracket that is shrunk until it cannot be.
enum BracketedRoot {
  /// Function values after which the search is given up.
  private static let limit = 300

  /// The root above 0 of an increasing function, looked for from a positive start by doubling and halving.
  static func expanding(
    from start: Double, what: String, _ f: (Double) throws(FitError) -> Double
  ) throws(FitError) -> Double {
    var low = start
    var fLow = try f(low)
    if fLow == 0 { return low }
    let factor = fLow < 0 ? 2.0 : 0.5
    var high = low
    var fHigh = fLow
    for _ in 0..<limit {
      high = low * factor
      fHigh = try f(high)
      if (fHigh < 0) != (fLow < 0) || fHigh == 0 { return try within(low, fLow, high, fHigh, what: what, f) }
      (low, fLow) = (high, fHigh)
    }
    throw failure(what, fHigh)
  }

  /// The root between two points of opposite sign, by Chandrupatla's method (1997): inverse quadratic steps where they are
  /// safe, else bisection.
  static func within(
    _ a0: Double, _ fa0: Double, _ b0: Double, _ fb0: Double, what: String,
    _ f: (Double) throws(FitError) -> Double
  ) throws(FitError) -> Double {
    var (a, fa, b, fb) = (a0, fa0, b0, fb0)
    if fa == 0 { return a }
    if fb == 0 { return b }
    var (c, fc) = (a, fa)
    var step = 0.5
    for _ in 0..<limit {
      let x = a + step * (b - a)
      let fx = try f(x)
      guard fx.isFinite else { throw failure(what, fx) }
      if (fx < 0) == (fa < 0) {
        (c, fc) = (a, fa)
      } else {
        (c, fc, b, fb) = (b, fb, a, fa)
      }
      (a, fa) = (x, fx)
      let best = abs(fa) < abs(fb) ? a : b
      let tolerance = 2 * best.magnitude.ulp + .leastNormalMagnitude
      let least = tolerance / abs(b - a)
      if fa == 0 || least > 0.5 { return best }
      step = nextStep(a: a, fa: fa, b: b, fb: fb, c: c, fc: fc)
      step = min(max(step, least), 1 - least)
    }
    throw failure(what, fa)
  }

  private static func nextStep(a: Double, fa: Double, b: Double, fb: Double, c: Double, fc: Double) -> Double {
    let xi = (a - b) / (c - b)
    let phi = (fa - fb) / (fc - fb)
    guard phi * phi < xi, (1 - phi) * (1 - phi) < 1 - xi else { return 0.5 }
    return fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
  }

  private static func failure(_ what: String, _ residual: Double) -> FitError {
    .notConverged(
      what: what,
      convergence: Convergence(method: "Chandrupatla", iterations: limit, converged: false, residual: residual),
      hint: "look for values that are wrong by orders of magnitude")
  }
}
