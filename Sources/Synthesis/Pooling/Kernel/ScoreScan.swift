/// The score's parts at one τ²: A = y'PPy, B = y'PPPy, T = tr(P) or Σwᵢ, D = −T'.
struct ScorePoint: Sendable {
  var t, a, b, trace, trace2: Double
  /// A/B and T/D: λ + t when all λⱼ are equal.
  var sizeOfA: Double { a > 0 ? a / b : 0 }
  var sizeOfTrace: Double { trace / trace2 }
}

/// The search for all maxima of a likelihood of τ² ≥ 0, as a value that asks for the score at one τ² after another.
///
/// Twice the score is A(τ²) − T(τ²). With the λⱼ > 0 that K'VK has for orthonormal contrasts K (or the variances themselves), all of
/// them at most the largest variance v, A = Σcⱼ/(λⱼ + t)² and T = Σ1/(λⱼ + t) fall in t, and by Cauchy–Schwarz T/D and A/B
/// rise with a slope of at least 1 (D = −T', B = −A'/2). So from values at a < b:
/// - A(a) < T(b) or A(b) > T(a): the score has no root on [a, b].
/// - (log A/T)' = D/T − 2B/A is negative at t = a + h for all h > A(b)/B(b) − (b − a) − 2T(a)/D(a): A/T decreases there, so
///   there is at most one root, a maximum.
/// - It is positive on all of [a, b] when 2T(b)/D(b) < A(a)/B(a) + (b − a): at most one root, a minimum.
/// - 1/√A is concave and T(a + h) ≤ T(a)·L/(L + h), L = v + a: with A(a)/T(a) = ρ > 1 no root comes before the h at which
///   (1 + hB/A)² = ρ(1 + h/L).
/// Intervals of which this does not say enough are halved.
///
/// Where it ends: behind a b, A falls at least as ((v + b)/(v + t))², and 1/T, being concave, rises at most in a straight line.
/// With x = (v + b)D/T the ratio A/T can grow by x²/(4(x − 1)) at most, and not at all for x ≤ 2: when A/T at b is less than
/// the reciprocal, no root is behind. Where this does not tell, t²A(t) ≤ TSS and t·T(t), which increases, do: nothing lies
/// beyond a b with b²T(b) > TSS.
struct ScoreScan: Sendable {
  private enum Stage: Sendable { case zero, walk, halve, refine }

  /// What few searches need: kept apart, so that the search itself is a plain value without references.
  struct Extra: Sendable {
    /// The maxima besides the first, in order.
    fileprivate(set) var others: [Double] = []
    /// Right ends of the intervals that halving has left for later, the last one next.
    fileprivate var pending: [ScorePoint] = []
    /// Whether nothing was needed.
    var isEmpty: Bool { others.isEmpty && pending.isEmpty }
    /// Makes ready for another search.
    mutating func removeAll() {
      others.removeAll(keepingCapacity: true)
      pending.removeAll(keepingCapacity: true)
    }
  }

  /// Number of maxima found, and the first.
  private(set) var count = 0
  private(set) var first = 0.0
  /// How often the score was asked for.
  private(set) var evaluations = 0
  /// Whether every stopping rule was met.
  private(set) var converged = true
  /// The largest relative error left, squared last steps.
  private(set) var residual = 0.0

  /// An upper bound of the variances.
  private let largestVariance: Double
  private var stage = Stage.zero
  private var left = ScorePoint(t: 0, a: 0, b: 0, trace: 0, trace2: 0)
  private var right = ScorePoint(t: 0, a: 0, b: 0, trace: 0, trace2: 0)
  private var low = 0.0
  private var high = 0.0
  /// How far behind the left end there is certainly no root; `NaN` when that is not known yet.
  private var rootlessReach = Double.nan
  private var steps = 0

  /// Evaluations after which the scan is given up.
  private static let limit = 2000
  /// Steps after which one refinement is given up.
  private static let refinementLimit = 200
  /// Intervals narrower than this, relative to τ² plus the typical variance, are not halved further.
  private static let narrowest = 1e-7
  /// Newton's last step, relative to τ²: what is left after it is about its square.
  private static let lastStep = 3e-7

  /// A search; the first τ² to ask for is 0.
  init(largestVariance: Double) { self.largestVariance = largestVariance }

  /// Takes the score at the τ² asked for last; the next τ², `nil` at the end.
  ///
  /// `squares` is the unweighted sum of squared residuals, which is seldom asked for.
  mutating func next(_ x: ScorePoint, _ extra: inout Extra, squares: () -> Double) -> Double? {
    evaluations += 1
    switch stage {
    case .zero:
      left = x
      if x.a <= x.trace { append(0, &extra) }
      return walk(squares)
    case .walk: right = x
    case .halve:
      extra.pending.append(right)
      right = x
    case .refine:
      if let t = refine(x, &extra) { return t }
      guard goRight(&extra) else { return walk(squares) }
    }
    return examine(&extra, squares)
  }

  private mutating func append(_ t: Double, _ extra: inout Extra) {
    if count == 0 { first = t } else { extra.others.append(t) }
    count += 1
  }

  /// Makes the next interval the one behind the present; false when there is none.
  @inline(__always)
  private mutating func goRight(_ extra: inout Extra) -> Bool {
    left = right
    rootlessReach = .nan
    guard let next = extra.pending.popLast() else { return false }
    right = next
    return true
  }

  /// The end of the next interval, `nil` when no maximum can lie in it or behind.
  @inline(__always)
  private mutating func walk(_ squares: () -> Double) -> Double? {
    if isLast(left) || (left.t > 0 && left.t * left.t * left.trace > squares()) { return nil }
    guard evaluations < Self.limit, left.trace.isFinite else {
      converged = false
      return nil
    }
    stage = .walk
    return left.t + step(from: left)
  }

  /// Whether it is certain that the score stays negative behind a point.
  @inline(__always)
  private func isLast(_ p: ScorePoint) -> Bool {
    guard p.a > 0 else { return true }
    guard p.a < p.trace else { return false }
    let x = (largestVariance + p.t) * p.trace2 / p.trace
    return x <= 2 || p.a * x * x < 4 * (x - 1) * p.trace
  }

  /// How far to go on from a point: behind the root, or as far as one of the conditions may be expected to hold.
  @inline(__always)
  private mutating func step(from a: ScorePoint) -> Double {
    let sizeT = a.trace / a.trace2
    let least = 0.25 * (sizeT + a.t)
    let reach: Double
    if a.a > a.trace {
      let slope = 2 * a.b * a.trace - a.trace2 * a.a
      // Somewhat more than Newton's step, so that it ends behind the root and near it.
      let newton = slope > 0 ? 1.6 * (a.a - a.trace) * a.a / slope : 0
      rootlessReach = rootless(from: a)
      reach = max(newton, 1.5 * rootlessReach)
    } else {
      reach = 0.9 * max(2 * sizeT - a.a / a.b, sizeT * (a.trace / a.a - 1))
    }
    return reach.isFinite && reach > least ? reach : least
  }

  /// How far behind a point with A > T there is certainly no root.
  @inline(__always)
  private func rootless(from a: ScorePoint) -> Double {
    let slope = a.b / a.a
    let ratio = a.a / a.trace
    let half = slope - 0.5 * ratio / (largestVariance + a.t)
    let reach = ((half * half + slope * slope * (ratio - 1)).squareRoot() - half) / (slope * slope)
    // Where the squares leave the range nothing is claimed.
    return reach.isFinite ? reach : 0
  }

  /// `rootless` of the left end.
  @inline(__always)
  private mutating func knownRootlessReach() -> Double {
    if rootlessReach.isNaN { rootlessReach = rootless(from: left) }
    return rootlessReach
  }

  /// Classifies the present interval and those behind it until a score is needed.
  @inline(__always)
  private mutating func examine(_ extra: inout Extra, _ squares: () -> Double) -> Double? {
    repeat {
      if left.a < right.trace || right.a > left.trace { continue }
      let width = right.t - left.t
      let rises = left.a > left.trace
      let risesUntil = right.sizeOfA - width - 2 * left.sizeOfTrace
      let isSettled =
        risesUntil < 0 || (rises && risesUntil < knownRootlessReach())
        || 2 * right.sizeOfTrace < left.sizeOfA + width
        || width <= Self.narrowest * (right.t + left.sizeOfTrace) || evaluations >= Self.limit
      guard isSettled else {
        stage = .halve
        return left.t + 0.5 * width
      }
      if rises, right.a <= right.trace {
        stage = .refine
        (low, high, steps) = (left.t, right.t, 0)
        return guess()
      }
    } while goRight(&extra)
    return walk(squares)
  }

  /// Where T/A = 1 by the cubic through its values and slopes at the ends, as a function of T/A.
  ///
  /// T/A is linear in τ² when the variances are equal.
  @inline(__always)
  private func guess() -> Double {
    let fa = left.trace / left.a - 1
    let fb = right.trace / right.a - 1
    guard fb.isFinite else { return 0.5 * (low + high) }
    let h = fb - fa
    let s = -fa / h
    let ga = h * left.a * left.a / (2 * left.b * left.trace - left.trace2 * left.a)
    let gb = h * right.a * right.a / (2 * right.b * right.trace - right.trace2 * right.a)
    let width = high - low
    let cubic = low + s * (s * (3 - 2 * s) * width + (1 - s) * ((1 - s) * ga - s * gb))
    return cubic > low && cubic < high ? cubic : low + s * width
  }

  /// Newton on T/A − 1, kept inside the bracket; `nil` when it has settled.
  @inline(__always)
  private mutating func refine(_ x: ScorePoint, _ extra: inout Extra) -> Double? {
    steps += 1
    if x.a > x.trace { low = x.t } else { high = x.t }
    var next = x.t + (x.a - x.trace) * x.a / (2 * x.b * x.trace - x.trace2 * x.a)
    if !(next >= low && next <= high) { next = 0.5 * (low + high) }
    let moved = next - x.t
    if moved.magnitude <= Self.lastStep * next || high - low <= 4 * next.ulp {
      append(next, &extra)
      residual = max(residual, (moved / next) * (moved / next))
      return nil
    }
    guard steps < Self.refinementLimit else {
      converged = false
      append(next, &extra)
      return nil
    }
    return next
  }
}
