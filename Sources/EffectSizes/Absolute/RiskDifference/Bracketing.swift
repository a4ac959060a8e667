/// Root of a continuous function within a bracket.
enum BracketedRoot {
  /// Bisection alone takes 1100 steps over all doubles; with the secant steps 8 to 12 are usual.
  private static let limit = 1200

  /// A root between two ends where the function has different signs, to neighbouring doubles or an exact zero; `nil` when
  /// the signs do not differ or a value is not a number.
  static func find(from first: Double, to second: Double, _ function: (Double) -> Double) -> Double? {
    var (a, b) = (first, second)
    var (fa, fb) = (function(a), function(b))
    if fa == 0 { return a }
    if fb == 0 { return b }
    guard fa * fb < 0 else { return nil }
    for step in 0..<limit {
      let middle = 0.5 * (a + b)
      if middle == a || middle == b { return abs(fa) < abs(fb) ? a : b }
      // The Illinois secant, with a bisection every third step so that no end is kept for long.
      let secant = b - fb * (b - a) / (fb - fa)
      let x = step % 3 == 2 || !(secant > min(a, b) && secant < max(a, b)) ? middle : secant
      let fx = function(x)
      if fx == 0 { return x }
      if fx.isNaN { return nil }
      if fx * fb < 0 { (a, fa) = (b, fb) } else { fa *= 0.5 }
      (b, fb) = (x, fx)
    }
    return b
  }
}

/// Maximum of a function with one peak within a range.
enum GoldenSection {
  /// Enough to shrink the range by 10⁸; the maximum is flat there to the last digit.
  private static let steps = 40

  /// The largest value found.
  static func maximum(_ range: ClosedRange<Double>, _ function: (Double) -> Double) -> Double {
    let ratio = 0.6180339887498949
    var (a, b) = (range.lowerBound, range.upperBound)
    var c = b - ratio * (b - a)
    var d = a + ratio * (b - a)
    var (fc, fd) = (function(c), function(d))
    var best = max(fc, fd)
    for _ in 0..<steps {
      if fc > fd {
        (b, d, fd) = (d, c, fc)
        c = b - ratio * (b - a)
        fc = function(c)
      } else {
        (a, c, fc) = (c, d, fd)
        d = a + ratio * (b - a)
        fd = function(d)
      }
      best = max(best, fc, fd)
    }
    return best
  }
}
