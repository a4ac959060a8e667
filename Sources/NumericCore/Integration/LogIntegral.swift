#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `log ∫ exp f(u) du` over the whole line, for a smooth f with one maximum that falls without bound on both sides.
///
/// The maximum is found by golden sections, the ends are where f is 45 below it, and the trapezoidal rule is halved until
/// two sums agree to 1e-14; for such functions its error falls exponentially in the number of points.
/// Source: Trefethen & Weideman (2014), section 5.
struct LogIntegral {
  let value: Double

  /// What is left out beyond the ends, relative: e^−45 = 3e-20.
  private static let depth = 45.0
  private static let halvings = 14

  init(_ f: (Double) -> Double) {
    let peak = LogIntegral.maximum(f)
    let top = f(peak)
    guard top.isFinite else {
      value = top
      return
    }
    let left = LogIntegral.end(f, from: peak, direction: -1, level: top - LogIntegral.depth)
    let right = LogIntegral.end(f, from: peak, direction: 1, level: top - LogIntegral.depth)
    var count = 32
    var width = (right - left) / Double(count)
    var sum = 0.0
    for i in 1..<count { sum += exp(f(left + width * Double(i)) - top) }
    var last = sum * width
    for _ in 0..<LogIntegral.halvings {
      for i in 0..<count { sum += exp(f(left + width * (Double(i) + 0.5)) - top) }
      count *= 2
      width *= 0.5
      let next = sum * width
      let settled = abs(next - last) <= 1e-14 * next
      last = next
      if settled { break }
    }
    value = top + log(last)
  }

  /// A point close to the maximum: doubling steps uphill from 0, then golden sections until f varies by less than ½.
  private static func maximum(_ f: (Double) -> Double) -> Double {
    var (center, fCenter, step) = (0.0, f(0), 0.5)
    let direction = f(step) > fCenter ? 1.0 : -1.0
    var (low, high) = (-step, step)
    while step < 1e4 {
      let next = center + direction * step
      let fNext = f(next)
      if !(fNext > fCenter) {
        high = next
        break
      }
      low = center
      (center, fCenter, high) = (next, fNext, next)
      step *= 2
    }
    if low == -0.5 { low = -direction * 0.5 }
    var (a, b) = (min(low, high), max(low, high))
    let golden = 0.6180339887498949
    var (fa, fb) = (f(a), f(b))
    var (x, y) = (b - golden * (b - a), a + golden * (b - a))
    var (fx, fy) = (f(x), f(y))
    while max(fx, fy) - min(fa, fb) > 0.5, b - a > 1e-15 {
      if fx > fy {
        (b, fb, y, fy) = (y, fy, x, fx)
        x = b - golden * (b - a)
        fx = f(x)
      } else {
        (a, fa, x, fx) = (x, fx, y, fy)
        y = a + golden * (b - a)
        fy = f(y)
      }
    }
    return 0.5 * (a + b)
  }

  /// About where f falls below `level`: doubling, then eight bisections.
  private static func end(_ f: (Double) -> Double, from peak: Double, direction: Double, level: Double) -> Double {
    var (inside, step) = (0.0, 1e-6)
    while step < 1e5, f(peak + direction * step) > level {
      inside = step
      step *= 2
    }
    for _ in 0..<8 {
      let middle = 0.5 * (inside + step)
      if f(peak + direction * middle) > level { inside = middle } else { step = middle }
    }
    return peak + direction * step
  }
}
