import NumericCore

/// `ScoreScan` of several sets side by side: the same steps, and so the same bits, as long as nothing is out of the ordinary.
///
/// A set that needs an interval halved more than once, that has several maxima, or that takes too long is left to a search of its
/// own.
struct LaneScan {
  typealias Vector = LaneBlock.Vector
  typealias Mask = Vector.Mask
  private typealias Point = ScorePoint<Vector>

  /// The τ² asked for, and the maximum found; 0 where none was.
  private(set) var t = Vector.zero
  private(set) var maximum = Vector.zero
  /// Sets that must be searched by themselves.
  private(set) var isOdd = Mask(repeating: false)

  private let largestVariance: Vector
  /// Sets whose next score is the right end of an interval, and those whose root is bracketed.
  private var isWalking = Mask(repeating: false)
  private var isRefining = Mask(repeating: false)
  private var hasMaximum: Mask
  private var left: Point
  private var right: Point
  /// The right end of an interval that halving has left for later.
  private var pending: Point
  private var hasPending = Mask(repeating: false)
  /// How far behind the left end there is certainly no root.
  private var rootless = Vector.zero
  private var low = Vector.zero
  private var high = Vector.zero
  private var evaluations = 1

  /// A search, given the scores at τ² = 0.
  @inline(__always)
  init(_ atZero: ScorePoint<Vector>, largestVariance: Vector) {
    self.largestVariance = largestVariance
    (left, right, pending) = (atZero, atZero, atZero)
    hasMaximum = atZero.a .<= atZero.trace
    walk(Mask(repeating: true)) { .zero }
  }

  /// Whether a set is still looked for.
  @inline(__always)
  var isSearching: Bool { any(isWalking .| isRefining) }

  /// Takes the scores at the τ² asked for; `squares` are unweighted sums of squared residuals, which are seldom asked for.
  @inline(__always)
  mutating func next(_ x: ScorePoint<Vector>, squares: () -> Vector) {
    evaluations += 1
    guard evaluations < LaneSolver.limit else { return giveUp(isWalking .| isRefining) }
    var examined = isWalking
    right.replace(with: x, where: examined)
    var passed = any(isRefining) ? refine(x) : Mask(repeating: false)
    while true {
      if any(examined) { passed = passed .| examine(examined) }
      guard any(passed) else { return }
      left.replace(with: right, where: passed)
      examined = passed .& hasPending
      let ended = passed .& .!hasPending
      if any(ended) { walk(ended, squares: squares) }
      guard any(examined) else { return }
      right.replace(with: pending, where: examined)
      rootless.replace(with: left.rootlessReach(largestVariance: largestVariance), where: examined)
      hasPending = hasPending .& .!examined
      passed = Mask(repeating: false)
    }
  }

  private mutating func giveUp(_ mask: Mask) {
    isOdd .|= mask
    isWalking = isWalking .& .!mask
    isRefining = isRefining .& .!mask
  }

  /// Goes on behind the left ends of some sets.
  @inline(__always)
  private mutating func walk(_ mask: Mask, squares: () -> Vector) {
    var isLast = left.isLast(largestVariance: largestVariance)
    // A simple test that is met a little later than the scan's: the lanes wait for their slowest in any case.
    let doubtful = mask .& .!isLast .& (.zero .< left.t)
    if any(doubtful) { isLast = isLast .| (doubtful .& (squares() .< left.t * left.t * left.trace)) }
    isOdd .|= mask .& isLast .& .!hasMaximum
    let goesOn = mask .& .!isLast
    isWalking = (isWalking .& .!mask) .| goesOn
    guard any(goesOn) else { return }
    rootless.replace(with: left.rootlessReach(largestVariance: largestVariance), where: goesOn)
    let step = left.stepWhileFalling.replacing(
      with: left.stepWhileRising(rootless: rootless), where: left.trace .< left.a)
    t.replace(with: left.t + step, where: goesOn)
  }

  /// Looks at the present intervals of some sets: starts to refine, or halves, or tells that the interval is done with.
  @inline(__always)
  private mutating func examine(_ mask: Mask) -> Mask {
    let isRootless = ScorePoint.isRootless(left, right)
    let isSettled = ScorePoint.isSettled(left, right, rootless: rootless)
    let isHalved = mask .& .!isRootless .& .!isSettled
    let hasRoot = mask .& .!isRootless .& isSettled .& (left.trace .< left.a) .& (right.a .<= right.trace)
    isWalking = (isWalking .& .!mask) .| isHalved
    isRefining = isRefining .| hasRoot
    if any(isHalved) {
      giveUp(isHalved .& hasPending)
      pending.replace(with: right, where: isHalved)
      hasPending = hasPending .| isHalved
      t.replace(with: left.t + 0.5 * (right.t - left.t), where: isHalved)
    }
    if any(hasRoot) {
      low.replace(with: left.t, where: hasRoot)
      high.replace(with: right.t, where: hasRoot)
      t.replace(with: ScorePoint.rootGuess(left, right), where: hasRoot)
    }
    return mask .& .!isHalved .& .!hasRoot
  }

  /// Takes a step towards the roots that are bracketed, and tells which are found.
  @inline(__always)
  private mutating func refine(_ x: ScorePoint<Vector>) -> Mask {
    let isBelow = x.trace .< x.a
    low.replace(with: x.t, where: isRefining .& isBelow)
    high.replace(with: x.t, where: isRefining .& .!isBelow)
    let next = x.newtonInside(low, high)
    let found = isRefining .& x.isNear(next, low, high)
    t.replace(with: next, where: isRefining)
    guard any(found) else { return found }
    let second = found .& hasMaximum
    giveUp(second)
    isRefining = isRefining .& .!found
    maximum.replace(with: next, where: found .& .!second)
    hasMaximum = hasMaximum .| found
    return found .& .!second
  }
}

extension ScorePoint<SIMD4<Double>> {
  /// Takes some lanes of another.
  @inline(__always)
  mutating func replace(with other: Self, where mask: SIMD4<Double>.Mask) {
    t.replace(with: other.t, where: mask)
    a.replace(with: other.a, where: mask)
    b.replace(with: other.b, where: mask)
    trace.replace(with: other.trace, where: mask)
    trace2.replace(with: other.trace2, where: mask)
  }
}
