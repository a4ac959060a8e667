/// Roots of functions of one variable, always kept within a bracket.
public enum RootFinder {
  /// Relative to the root; two units in the last place.
  public static let relativeTolerance = 4.5e-16
  /// Added to the tolerance, relative to the width of the bracket: a root at exactly 0 has no relative size.
  static let floor = 1e-30
  /// Bisection needs about 100 steps to the floor, Brent's method 5 to 15 as a rule.
  public static let iterationLimit = 330

  /// The root of `f` in a bracket whose ends have values of opposite sign, by Brent's method.
  ///
  /// The result is within `absolute + relative·|root| + 1e-30·(width of the bracket)` of a change of sign. Infinite
  /// values are taken for their sign; every third step is a bisection unless the bracket has halved. NaN throws `notFinite`, equal signs throw `noSignChange`. Source: Brent (1973), chapter 4.
  public static func root(
    in bracket: Bracket, relative: Double = relativeTolerance, absolute: Double = 0, _ f: (Double) -> Double
  ) throws(SearchError) -> RootResult {
    var a = bracket.lower
    var b = bracket.upper
    guard a.isFinite, b.isFinite, a <= b else { throw .badBracket(lower: a, upper: b) }
    var fa = try value(f, a)
    var fb = try value(f, b)
    if fa == 0 { return found(a, 0, 0, .exactZero) }
    if fb == 0 { return found(b, 0, 0, .exactZero) }
    guard (fa > 0) != (fb > 0) else { throw .noSignChange(lower: a, upper: b, valueAtLower: fa, valueAtUpper: fb) }
    // b is the best point, a the one before, c the other end of the bracket.
    var (c, fc) = (a, fa)
    var step = b - a
    var before = step
    let floor = RootFinder.floor * (b - a)
    var width = b - a
    for iteration in 1...iterationLimit {
      if (fb > 0) == (fc > 0) {
        (c, fc) = (a, fa)
        step = b - a
        before = step
      }
      if abs(fc) < abs(fb) {
        (a, fa) = (b, fb)
        (b, fb) = (c, fc)
        (c, fc) = (a, fa)
      }
      let tolerance = 0.5 * (absolute + relative * abs(b)) + floor
      let middle = 0.5 * (c - b)
      if abs(middle) <= tolerance { return found(b, iteration - 1, fb, .stepWithinTolerance) }
      let isSlow = iteration % 3 == 0 && 2 * abs(c - b) > width
      if iteration % 3 == 0 { width = abs(c - b) }
      if !isSlow, abs(before) >= tolerance, abs(fa) > abs(fb), fa.isFinite {
        let trial = interpolation(a, b, c, fa, fb, fc)
        if 2 * abs(trial) < min(3 * abs(middle) - tolerance, abs(before)), (trial > 0) == (middle > 0) {
          (before, step) = (step, trial)
        } else {
          (before, step) = (middle, middle)
        }
      } else {
        (before, step) = (middle, middle)
      }
      (a, fa) = (b, fb)
      b += abs(step) > tolerance ? step : (middle > 0 ? tolerance : -tolerance)
      fb = try value(f, b)
      if fb == 0 { return found(b, iteration, 0, .exactZero) }
    }
    return RootResult(
      value: b, iterations: iterationLimit, converged: false, residual: fb, reason: .iterationLimit)
  }

  /// A bracket with a change of sign, by steps away from `start` that grow by the factor 1.6.
  ///
  /// Steps to both sides, within `limits`; throws `noSignChange` when the limits are reached without one.
  public static func bracket(
    from start: Double, step: Double, limits: Bracket = Bracket(-1e300, 1e300), _ f: (Double) -> Double
  ) throws(SearchError) -> Bracket {
    var low = max(limits.lower, start - abs(step))
    var high = min(limits.upper, start + abs(step))
    guard start.isFinite, low < high else { throw .badBracket(lower: low, upper: high) }
    var (fLow, fHigh) = (try value(f, low), try value(f, high))
    var width = abs(step)
    while (fLow > 0) == (fHigh > 0), fLow != 0, fHigh != 0 {
      guard low > limits.lower || high < limits.upper else {
        throw .noSignChange(lower: low, upper: high, valueAtLower: fLow, valueAtUpper: fHigh)
      }
      width *= 1.6
      // The end closer to zero is the more promising one.
      let goLow = high >= limits.upper || (low > limits.lower && abs(fLow) < abs(fHigh))
      if goLow {
        low = max(limits.lower, low - width)
        fLow = try value(f, low)
      } else {
        high = min(limits.upper, high + width)
        fHigh = try value(f, high)
      }
    }
    return Bracket(low, high)
  }

  /// The root of `f` by Newton's method from `start`, with bisection whenever a step leaves the bracket or is slow.
  ///
  /// `f` returns value and derivative. Source: Dennis & Schnabel (1983), section 2.5, safeguarded by a bracket.
  /// Throws `badBracket`, `noSignChange`, and `notFinite` where `f` is NaN.
  public static func newton(
    in bracket: Bracket, start: Double, relative: Double = relativeTolerance, absolute: Double = 0,
    _ f: (Double) -> (value: Double, derivative: Double)
  ) throws(SearchError) -> RootResult {
    var (low, high) = (bracket.lower, bracket.upper)
    guard low.isFinite, high.isFinite, low <= high else { throw .badBracket(lower: low, upper: high) }
    let (fLow, fHigh) = (try value({ f($0).value }, low), try value({ f($0).value }, high))
    if fLow == 0 { return found(low, 0, 0, .exactZero) }
    if fHigh == 0 { return found(high, 0, 0, .exactZero) }
    guard (fLow > 0) != (fHigh > 0) else {
      throw .noSignChange(lower: low, upper: high, valueAtLower: fLow, valueAtUpper: fHigh)
    }
    let rising = fHigh > 0
    var x = start > low && start < high ? start : 0.5 * (low + high)
    var before = high - low
    for iteration in 1...iterationLimit {
      let here = f(x)
      if here.value.isNaN { throw .notFinite(at: x) }
      if here.value == 0 { return found(x, iteration, 0, .exactZero) }
      if (here.value > 0) == rising { high = x } else { low = x }
      var step = -here.value / here.derivative
      if !(x + step > low && x + step < high && 2 * abs(step) < abs(before)) { step = 0.5 * (low + high) - x }
      x += step
      before = step
      if abs(step) <= absolute + relative * abs(x) || high - low <= absolute + relative * abs(x) {
        return found(x, iteration, here.value, .stepWithinTolerance)
      }
    }
    return RootResult(
      value: x, iterations: iterationLimit, converged: false, residual: f(x).value, reason: .iterationLimit)
  }

  /// Step from b by inverse quadratic interpolation, or the secant's when only two points differ.
  private static func interpolation(
    _ a: Double, _ b: Double, _ c: Double, _ fa: Double, _ fb: Double, _ fc: Double
  ) -> Double {
    let s = fb / fa
    let middle = 0.5 * (c - b)
    if a == c { return 2 * middle * s / (s - 1) }
    if !fc.isFinite { return 0 }
    let q = fa / fc
    let r = fb / fc
    let p = s * (2 * middle * q * (q - r) - (b - a) * (r - 1))
    return -p / ((q - 1) * (r - 1) * (s - 1))
  }

  private static func value(_ f: (Double) -> Double, _ x: Double) throws(SearchError) -> Double {
    let value = f(x)
    if value.isNaN { throw .notFinite(at: x) }
    return value
  }

  private static func found(_ x: Double, _ iterations: Int, _ residual: Double, _ reason: StopReason) -> RootResult {
    RootResult(value: x, iterations: iterations, converged: true, residual: residual, reason: reason)
  }
}
