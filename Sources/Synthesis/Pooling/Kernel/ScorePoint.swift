import NumericCore

/// The score's parts at one τ², of one set or of several side by side: A = y'PPy, B = y'PPPy, T = tr(P) or Σwᵢ, D = −T'.
///
/// What follows from them is here, with the reasons in `ScoreScan`; what is done about it is the search's.
struct ScorePoint<V: Lanes> {
  var t, a, b, trace, trace2: V
}

extension ScorePoint: Sendable where V: Sendable {}

extension ScorePoint {
  /// A/B and T/D: λ + t when all λⱼ are equal.
  @inline(__always)
  var sizeOfA: V { V.zero.replacing(with: a / b, where: .zero .< a) }
  @inline(__always)
  var sizeOfTrace: V { trace / trace2 }

  /// Twice the score falls through 0 where Newton's step on T/A − 1 is 0; the step's numerator and denominator.
  @inline(__always)
  private var newton: (above: V, below: V) { ((a - trace) * a, 2 * b * trace - trace2 * a) }

  /// Newton's step on T/A − 1.
  @inline(__always)
  var newtonStep: V { newton.above / newton.below }

  /// Whether it is certain that the score stays negative behind the point.
  @inline(__always)
  func isLast(largestVariance: V) -> V.Mask {
    let x = (largestVariance + t) * trace2 / trace
    let stays = (x .<= V(repeating: 2)) .| (a * x * x .< 4 * (x - 1) * trace)
    return .!(.zero .< a) .| ((a .< trace) .& stays)
  }

  /// Whether it is certain that the score stays negative behind a point with A < T where `isLast(largestVariance:)` does not say so;
  /// `squares` is the unweighted sum of squared residuals.
  @inline(__always)
  func isLast(largestVariance: V, squares: V) -> V.Mask {
    let ratio = a / trace
    // No root from `far` on, where squares/t² is less than the least that T can be.
    let half = 0.5 * squares * trace2 / (trace * trace)
    let rest = squares * (trace - t * trace2) / (trace * trace)
    let far = half + (half * half + rest).withoutNegatives.squareRoot()
    // None up to `near`, where the most that A can be becomes as large as the least that T can be.
    let x = (largestVariance + t) * trace2 / trace
    let middle = 0.5 * ratio * x
    let product = ratio * (x - 1)
    let near = (largestVariance + t) * product / (middle + (middle * middle - product).withoutNegatives.squareRoot())
    return (a .< trace) .& ((1 + 1e-6) * far + (1 + 1e-12) * largestVariance .< near)
  }

  /// How far behind a point with A > T there is certainly no root.
  @inline(__always)
  func rootlessReach(largestVariance: V) -> V {
    let slope = b / a
    let ratio = a / trace
    let half = slope - 0.5 * ratio / (largestVariance + t)
    let reach = ((half * half + slope * slope * (ratio - 1)).squareRoot() - half) / (slope * slope)
    // Where the squares leave the range nothing is claimed.
    return V.zero.replacing(with: reach, where: reach.size .< V(repeating: .infinity))
  }

  /// How far to go on from a point with A > T, of which `rootlessReach` is known: behind the root and near it.
  @inline(__always)
  func stepWhileRising(rootless: V) -> V {
    // Somewhat more than Newton's step.
    let newton = self.newton
    let reach = V.zero.replacing(with: 1.6 * newton.above / newton.below, where: .zero .< newton.below)
    return atLeastALittle(.larger(reach, 1.5 * rootless))
  }

  /// How far to go on from a point with A ≤ T: as far as one of the conditions may be expected to hold.
  @inline(__always)
  var stepWhileFalling: V {
    let size = sizeOfTrace
    return atLeastALittle(0.9 * V.larger(2 * size - a / b, size * (trace / a - 1)))
  }

  @inline(__always)
  private func atLeastALittle(_ reach: V) -> V {
    let least = 0.25 * (sizeOfTrace + t)
    return least.replacing(with: reach, where: (least .< reach) .& (reach .< V(repeating: .infinity)))
  }

  /// Whether there is no root between two points.
  @inline(__always)
  static func isRootless(_ left: Self, _ right: Self) -> V.Mask {
    (left.a .< right.trace) .| (left.trace .< right.a)
  }

  /// Whether there is certainly at most one root between two points; `rootless` is the reach of the left one.
  @inline(__always)
  static func isSettled(_ left: Self, _ right: Self, rootless: V) -> V.Mask {
    let width = right.t - left.t
    let risesUntil = right.sizeOfA - width - 2 * left.sizeOfTrace
    return (risesUntil .< .zero) .| ((left.trace .< left.a) .& (risesUntil .< rootless))
      .| (2 * right.sizeOfTrace .< left.sizeOfA + width)
      .| (width .<= ScoreScan.narrowest * (right.t + left.sizeOfTrace))
  }

  /// Where T/A = 1 by the cubic through its values and slopes at two points around a root, as a function of T/A.
  ///
  /// T/A is linear in τ² when the variances are equal.
  @inline(__always)
  static func rootGuess(_ left: Self, _ right: Self) -> V {
    let fa = left.trace / left.a - 1
    let fb = right.trace / right.a - 1
    let h = fb - fa
    let s = .zero - fa / h
    let ga = h * left.a * left.a / left.newton.below
    let gb = h * right.a * right.a / right.newton.below
    let (low, high) = (left.t, right.t)
    let width = high - low
    let one = V(repeating: 1)
    let cubic = low + s * (s * (V(repeating: 3) - 2 * s) * width + (one - s) * ((one - s) * ga - s * gb))
    let line = low + s * width
    let guess = line.replacing(with: cubic, where: (low .< cubic) .& (cubic .< high))
    return (0.5 * (low + high)).replacing(with: guess, where: fb.size .< V(repeating: .infinity))
  }

  /// Newton's next τ² inside a bracket, or the bracket's middle.
  @inline(__always)
  func newtonInside(_ low: V, _ high: V) -> V {
    let next = t + newtonStep
    return (0.5 * (low + high)).replacing(with: next, where: (low .<= next) .& (next .<= high))
  }

  /// Whether Newton's next τ² is the root.
  @inline(__always)
  func isNear(_ next: V, _ low: V, _ high: V) -> V.Mask {
    ((next - t).size .<= ScoreScan.lastStep * next) .| (high - low .<= 0x1p-50 * next)
  }
}
