/// The global maximum over τ² ≥ 0 of the full or the restricted likelihood, with every local one accounted for.
///
/// Twice the score is A(τ²) − T(τ²) with A = y'PPy and T = tr(P) (restricted) or Σwᵢ (full). A, T, B = y'PPPy and
/// D = −T' are positive and decrease in τ², and so do B/A and D/T (Cauchy–Schwarz). From values at a < b it follows that on [a, b]
/// - A(a) < T(b) or A(b) > T(a): the score has no root;
/// - 2B(b)/A(b) > D(a)/T(a): A/T decreases, so there is at most one root, a maximum;
/// - 2B(a)/A(a) < D(b)/T(b): A/T increases, so there is at most one root, a minimum.
/// Intervals of which nothing of this holds are halved. As t²A(t) ≤ TSS and t·T(t) increases, nothing lies beyond a b with
/// b²T(b) > TSS. So the scan finds all maxima; with variances of similar size it takes a handful of evaluations.
struct LikelihoodMaximum {
  let problem: PoolingProblem
  let likelihood: Likelihood

  /// The score's parts at one τ².
  private struct Point {
    var t, a, b, trace, trace2: Double
    var slopeOfA: Double { a > 0 ? b / a : .infinity }
    var slopeOfTrace: Double { trace2 / trace }
  }

  /// What the scan has found so far.
  private struct Findings {
    var maxima: InlineMaxima = InlineMaxima()
    var evaluations = 0
    var iterations = 0
    var converged = true
    var residual = 0.0
  }

  /// A local maximum inside (0, ∞) or at 0; the first is kept inline, so that the usual fit allocates nothing.
  private struct InlineMaxima {
    var count = 0
    var first = 0.0
    var others: [Double] = []
    mutating func append(_ t: Double) {
      if count == 0 { first = t } else { others.append(t) }
      count += 1
    }
  }

  /// Evaluations after which the scan is given up.
  private static let limit = 2000
  /// Intervals narrower than this, relative to τ² plus the typical variance, are not halved further.
  private static let narrowest = 1e-7

  private func point(at t: Double) -> Point {
    switch likelihood {
    case .restricted:
      let s = problem.sums(at: t)
      return Point(t: t, a: s.yPPy, b: s.yPPPy, trace: s.traceP, trace2: s.tracePP)
    case .full:
      let s = problem.sums(at: t)
      return Point(t: t, a: s.yPPy, b: s.yPPPy, trace: s.sumW, trace2: s.sumW2)
    case .knownMean(let mu):
      let s = problem.sums(at: t, mean: mu)
      return Point(t: t, a: s.yPPy, b: s.yPPPy, trace: s.sumW, trace2: s.sumW2)
    }
  }

  /// A bound of t²A(t): the unweighted sum of squared residuals.
  private var sumOfSquares: Double {
    guard case .knownMean(let mu) = likelihood else { return problem.totalSumOfSquares }
    return problem.yi.reduce(0) { $0 + ($1 - mu) * ($1 - mu) }
  }

  /// Finds the maximum.
  func solve() -> TauSquaredSolution {
    var found = Findings()
    var a = point(at: 0)
    found.evaluations = 1
    if a.a <= a.trace { found.maxima.append(0) }
    let tss = sumOfSquares
    while a.a > 0, a.t * a.t * a.trace <= tss {
      guard found.evaluations < Self.limit, a.trace.isFinite else {
        found.converged = false
        break
      }
      let b = point(at: a.t + step(from: a))
      found.evaluations += 1
      examine(a, b, &found)
      a = b
    }
    return solution(found)
  }

  /// How far to go on from a point: as far as one of the three conditions may be expected to hold.
  private func step(from a: Point) -> Double {
    let sizeA = a.a / a.b
    let sizeT = a.trace / a.trace2
    let monotone = 0.9 * (2 * sizeT - sizeA)
    let signed =
      a.a > a.trace
      ? 0.9 * sizeA * ((a.a / a.trace).squareRoot() - 1)
      : 0.9 * sizeT * (a.trace / a.a - 1)
    let reach = max(monotone, signed)
    let least = 0.25 * (sizeT + a.t)
    return reach.isFinite && reach > least ? reach : least
  }

  /// Classifies [a, b], halving where needed, and refines a maximum inside.
  private func examine(_ a: Point, _ b: Point, _ found: inout Findings) {
    if a.a < b.trace || b.a > a.trace { return }
    let rises = a.a > a.trace
    let falls = b.a <= b.trace
    let width = b.t - a.t
    let decreasing = 2 * b.slopeOfA > a.slopeOfTrace
    let increasing = 2 * a.slopeOfA < b.slopeOfTrace
    let settled =
      decreasing || increasing
      || width <= Self.narrowest * (b.t + a.trace / a.trace2) || found.evaluations >= Self.limit
    if settled {
      if rises, falls { refine(a, b, &found) }
      return
    }
    let middle = point(at: a.t + 0.5 * width)
    found.evaluations += 1
    examine(a, middle, &found)
    examine(middle, b, &found)
  }

  /// Newton on T/A − 1, which is linear in τ² when the variances are equal, kept inside the bracket.
  private func refine(_ a: Point, _ b: Point, _ found: inout Findings) {
    var low = a.t
    var high = b.t
    let fa = a.trace / a.a - 1
    let fb = b.trace / b.a - 1
    var t = fb.isFinite ? low - fa * (high - low) / (fb - fa) : 0.5 * (low + high)
    for _ in 0..<200 {
      let x = point(at: t)
      found.iterations += 1
      if x.a > x.trace { low = t } else { high = t }
      var next = t + (x.a - x.trace) * x.a / (2 * x.b * x.trace - x.trace2 * x.a)
      if !(next >= low && next <= high) { next = 0.5 * (low + high) }
      let moved = next - t
      t = next
      if moved.magnitude <= 1e-8 * t || high - low <= 4 * t.ulp {
        found.maxima.append(t)
        found.residual = max(found.residual, (moved / t) * (moved / t))
        return
      }
    }
    found.converged = false
    found.maxima.append(t)
  }

  /// The highest of the maxima found.
  private func solution(_ found: Findings) -> TauSquaredSolution {
    var best = found.maxima.first
    if !found.maxima.others.isEmpty {
      var height = problem.logLikelihood(at: best, likelihood)
      for candidate in found.maxima.others {
        let other = problem.logLikelihood(at: candidate, likelihood)
        if other > height { (best, height) = (candidate, other) }
      }
    }
    return TauSquaredSolution(
      value: best, procedure: "scan of the score, bracketed Newton",
      iterations: found.evaluations + found.iterations, converged: found.converged && found.maxima.count > 0,
      residual: found.residual, localMaxima: max(1, found.maxima.count))
  }
}
