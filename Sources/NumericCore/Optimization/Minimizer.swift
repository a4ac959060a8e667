/// Minima of functions of one variable.
public enum Minimizer {
  /// Relative to the point; a minimum is flat, so about half the digits of the function are all there are.
  public static let relativeTolerance = 1.5e-8
  static let iterationLimit = 500

  /// A local minimum of `f` within a bracket, by golden sections and parabolas; never evaluates at the ends.
  ///
  /// NaN counts as +∞. Throws `badBracket` unless the ends are finite. Source: Brent (1973), chapter 5.
  public static func minimum(
    in bracket: Bracket, relative: Double = relativeTolerance, absolute: Double = 1e-12, _ f: (Double) -> Double
  ) throws(SearchError) -> MinimumResult {
    var (low, high) = (bracket.lower, bracket.upper)
    guard low.isFinite, high.isFinite, low <= high else { throw .badBracket(lower: low, upper: high) }
    let golden = 0.3819660112501051
    // x is the best point, w the second, v the one w was before.
    var x = low + golden * (high - low)
    var fx = ranked(f(x))
    var (w, fw, v, fv) = (x, fx, x, fx)
    var (step, before) = (0.0, 0.0)
    for iteration in 1...iterationLimit {
      let middle = 0.5 * (low + high)
      let tolerance = relative * abs(x) + absolute / 3
      if abs(x - middle) <= 2 * tolerance - 0.5 * (high - low) {
        return MinimumResult(
          value: x, minimum: fx, iterations: iteration, converged: true, reason: .stepWithinTolerance)
      }
      var trial: Double?
      if abs(before) > tolerance, fw.isFinite, fv.isFinite {
        let r = (x - w) * (fx - fv)
        let q = (x - v) * (fx - fw)
        let p = (x - v) * q - (x - w) * r
        let divisor = 2 * (q - r)
        let parabola = -p / divisor
        if divisor != 0, abs(parabola) < abs(0.5 * before), x + parabola > low, x + parabola < high { trial = parabola }
      }
      if let trial {
        (before, step) = (step, trial)
        if x + step - low < 2 * tolerance || high - x - step < 2 * tolerance {
          step = x < middle ? tolerance : -tolerance
        }
      } else {
        before = (x < middle ? high : low) - x
        step = golden * before
      }
      let u = abs(step) >= tolerance ? x + step : x + (step > 0 ? tolerance : -tolerance)
      let fu = ranked(f(u))
      if fu <= fx {
        if u < x { high = x } else { low = x }
        (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu)
      } else {
        if u < x { low = u } else { high = u }
        if fu <= fw || w == x {
          (v, fv, w, fw) = (w, fw, u, fu)
        } else if fu <= fv || v == x || v == w {
          (v, fv) = (u, fu)
        }
      }
    }
    return MinimumResult(
      value: x, minimum: fx, iterations: iterationLimit, converged: false, reason: .iterationLimit)
  }

  /// NaN ranks last.
  static func ranked(_ value: Double) -> Double { value.isNaN ? .infinity : value }
}
