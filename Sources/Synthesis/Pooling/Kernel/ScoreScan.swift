/// The search for all maxima of a likelihood of τ² ≥ 0, as a value that asks for the score at one τ² after another.
/// `LaneScan` does the same for several sets side by side as long as nothing is out of the ordinary.
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
/// the reciprocal, no root is behind. Where this does not tell, t²A(t) ≤ TSS may: with T(t) ≥ T/(1 + (t − b)D/T), T and D at b,
/// a root needs t²T/(1 + (t − b)D/T) ≤ TSS, a quadratic that fails from some t on, and it needs A((v + b)/(v + t))² ≥
/// T/(1 + (t − b)D/T), another that fails up to some t. When the first of these comes before the second, no root is left.
struct ScoreScan: Sendable {
  private enum Stage: Sendable { case zero, walk, halve, refine }

  /// Number of maxima found, the first, and the others in order.
  private(set) var count = 0
  private(set) var first = 0.0
  private(set) var others: [Double] = []
  /// How often the score was asked for.
  private(set) var evaluations = 0
  /// Whether every stopping rule was met.
  private(set) var converged = true
  /// The largest relative error left, squared last steps.
  private(set) var residual = 0.0

  /// An upper bound of the variances.
  private let largestVariance: Double
  private var stage = Stage.zero
  private var left = ScorePoint<Double>(t: 0, a: 0, b: 0, trace: 0, trace2: 0)
  private var right = ScorePoint<Double>(t: 0, a: 0, b: 0, trace: 0, trace2: 0)
  /// Right ends of the intervals that halving has left for later, the last one next.
  private var pending: [ScorePoint<Double>] = []
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
  static let narrowest = 1e-7
  /// Newton's last step, relative to τ²: what is left after it is about its square.
  static let lastStep = 3e-7

  /// A search; the first τ² to ask for is 0.
  init(largestVariance: Double) { self.largestVariance = largestVariance }

  /// Takes the score at the τ² asked for last; the next τ², `nil` at the end.
  ///
  /// `squares` is the unweighted sum of squared residuals, which is seldom asked for.
  mutating func next(_ x: ScorePoint<Double>, squares: () -> Double) -> Double? {
    evaluations += 1
    switch stage {
    case .zero:
      left = x
      if x.a <= x.trace { append(0) }
      return walk(squares)
    case .walk: right = x
    case .halve:
      pending.append(right)
      right = x
    case .refine:
      if let t = refine(x) { return t }
      guard goRight() else { return walk(squares) }
    }
    return examine(squares)
  }

  private mutating func append(_ t: Double) {
    if count == 0 { first = t } else { others.append(t) }
    count += 1
  }

  /// Makes the next interval the one behind the present; false when there is none.
  @inline(__always)
  private mutating func goRight() -> Bool {
    left = right
    rootlessReach = .nan
    guard let next = pending.popLast() else { return false }
    right = next
    return true
  }

  /// The end of the next interval, `nil` when no maximum can lie in it or behind.
  @inline(__always)
  private mutating func walk(_ squares: () -> Double) -> Double? {
    if left.isLast(largestVariance: largestVariance) || (left.t > 0 && left.a < left.trace && nothingFollows(squares()))
    {
      return nil
    }
    guard evaluations < Self.limit, left.trace.isFinite else {
      converged = false
      return nil
    }
    stage = .walk
    guard left.a > left.trace else { return left.t + left.stepWhileFalling }
    return left.t + left.stepWhileRising(rootless: knownRootlessReach())
  }

  /// Whether the squares say that there is no maximum behind the left end.
  @inline(never)
  private func nothingFollows(_ squares: Double) -> Bool {
    left.isLast(largestVariance: largestVariance, squares: squares)
  }

  /// The left end's.
  @inline(__always)
  private mutating func knownRootlessReach() -> Double {
    if rootlessReach.isNaN { rootlessReach = left.rootlessReach(largestVariance: largestVariance) }
    return rootlessReach
  }

  /// Classifies the present interval and those behind it until a score is needed.
  @inline(__always)
  private mutating func examine(_ squares: () -> Double) -> Double? {
    repeat {
      if ScorePoint.isRootless(left, right) { continue }
      let isSettled =
        ScorePoint.isSettled(left, right, rootless: knownRootlessReach())
        || evaluations >= Self.limit
      guard isSettled else {
        stage = .halve
        return left.t + 0.5 * (right.t - left.t)
      }
      if left.a > left.trace, right.a <= right.trace {
        stage = .refine
        (low, high, steps) = (left.t, right.t, 0)
        return ScorePoint.rootGuess(left, right)
      }
    } while goRight()
    return walk(squares)
  }

  /// Newton on T/A − 1, kept inside the bracket; `nil` when it has settled.
  @inline(__always)
  private mutating func refine(_ x: ScorePoint<Double>) -> Double? {
    steps += 1
    if x.a > x.trace { low = x.t } else { high = x.t }
    let next = x.newtonInside(low, high)
    if x.isNear(next, low, high) {
      append(next)
      let moved = next - x.t
      residual = max(residual, (moved / next) * (moved / next))
      return nil
    }
    guard steps < Self.refinementLimit else {
      converged = false
      append(next)
      return nil
    }
    return next
  }
}
