import NumericCore

/// Beta-binomial regression of the events on group: a marginal log odds ratio with overdispersion between studies.
///
/// Arms are beta-binomial with mean πⱼ, logit πⱼ = α ± μ/2, and a common overdispersion θ ≥ 0 (intra-study correlation
/// ρ = θ/(1 + θ)). Arms are treated as independent, so that studies without any event contribute as they are, without a
/// correction. Standard errors from the observed information over all parameters.
///
/// log L = Σ [Σ_{j<x} log(π + jθ) + Σ_{j<n−x} log(1 − π + jθ) − Σ_{j<n} log(1 + jθ)], smooth at the boundary θ = 0
/// (Griffiths 1973), where the model is that of the collapsed table. Source: Kuss (2015).
public struct BetaBinomial: Sendable {
  /// Coverage of the interval.
  public var level: Double

  /// A specification.
  public init(level: Double = 0.95) { self.level = level }

  /// Fits the tables. Throws `domain` for counts that are impossible or not whole, `noStudies` without a complete row,
  /// `notEstimable` when a group has no events, or no non-events, at all, `notConverged` if the iteration does not settle.
  public func fit(_ table: TwoByTwoColumns) throws(FitError) -> Fit {
    try checkLevel(level)
    try table.validate()
    let used = table.completeRows().indices.filter { table.isComplete($0) }
    if used.isEmpty { throw .noStudies }
    var objective = try BetaBinomialArms(table, rows: used)
    guard let best = objective.maximise() else {
      throw .notConverged(
        what: "beta-binomial regression",
        convergence: Convergence(method: "Newton", iterations: objective.evaluations, converged: false, residual: .nan),
        hint: "use --method GLMM or MH")
    }
    var fit = try Fit(
      effects: "random", method: "BB", inference: "normal", level: level, k: used.count, terms: ["intercept"],
      coefficients: [Estimate(normal: best.mu, standardError: best.variance.squareRoot(), level: level)],
      covariance: Matrix(rows: 1, columns: 1, storage: [best.variance]),
      heterogeneity: Heterogeneity(iSquaredMethod: ISquaredDefinition.tauSquared.word),
      convergence: Convergence(
        method: "beta-binomial, Newton", iterations: objective.evaluations, converged: best.residual < 1e-6,
        residual: best.residual), weights: [])
    fit.notes.append(
      Note(
        code: "overdispersion",
        message: best.theta == 0
          ? "No overdispersion between studies (rho = 0): the estimate is that of the collapsed table."
          : "Overdispersion between studies, rho: \(best.theta / (1 + best.theta))"))
    return fit
  }
}

/// The arms of all studies and their likelihood in (μ, α, log θ), or in (μ, α) at θ = 0.
///
/// Arms of a group share π, so the sums over j run once over a group's largest count, each j weighted by the number of arms
/// that reach it.
private struct BetaBinomialArms: SmoothObjective {
  /// Counts in increasing order: events and non-events of group 1 and of group 2, and all sizes.
  private var events: [[Int]] = [[], []]
  private var others: [[Int]] = [[], []]
  private var sizes: [Int] = []
  var evaluations = 0
  /// The last point and what was found there: a climb asks for slope and curvature at the same point.
  private var last: (point: [Double], derivatives: Derivatives)?

  /// Value, gradient and Hessian in (μ, α, log θ).
  private struct Derivatives {
    var value: Double
    var gradient: [Double]
    var hessian: Matrix
  }

  struct Solution {
    var mu, variance, theta, residual: Double
  }

  init(_ table: TwoByTwoColumns, rows: [Int]) throws(FitError) {
    for (group, columns) in [(table.a, table.b), (table.c, table.d)].enumerated() {
      for i in rows {
        let (x, y) = (try Self.whole(columns.0[i]), try Self.whole(columns.1[i]))
        events[group].append(x)
        others[group].append(y)
        sizes.append(x + y)
      }
      events[group].sort()
      others[group].sort()
      if events[group].last == 0 || others[group].last == 0 {
        throw .notEstimable(
          what:
            "the beta-binomial odds ratio (group \(group + 1) has no events, or only events, in all studies together)",
          hint: "use --method LRP, or pool risk differences")
      }
    }
    sizes.sort()
  }

  private static func whole(_ cell: Double) throws(FitError) -> Int {
    if cell == cell.rounded() && cell < 1e8 { return Int(cell) }
    throw .domain(
      what: "cell of a two-by-two table", value: cell,
      expected: "a whole number below 1e8, as the beta-binomial likelihood needs")
  }

  /// The best of the boundary θ = 0, where the maximum is the collapsed table's, and of climbs from three values of θ.
  mutating func maximise() -> Solution? {
    let logits = (0..<2).map { log(Double(events[$0].reduce(0, +)) / Double(others[$0].reduce(0, +))) }
    let start = [logits[0] - logits[1], (logits[0] + logits[1]) / 2]
    var (best, boundary) = (RidgedNewton.Summit(point: start, value: slope(at: start).value, decrement: 0), true)
    for logTheta in [-6.0, -3, -0.5] {
      guard let summit = RidgedNewton.climb(&self, from: start + [logTheta]) else { continue }
      if summit.value > best.value && summit.point[2] > -25 { (best, boundary) = (summit, false) }
    }
    guard let factor = Cholesky(negative: curvature(at: best.point, accurate: true)) else {
      return nil
    }
    return Solution(
      mu: best.point[0], variance: factor.inverseDiagonal(0), theta: boundary ? 0 : exp(best.point[2]),
      residual: max(0, best.decrement).squareRoot())
  }

  mutating func slope(at point: [Double]) -> (value: Double, gradient: [Double]) {
    let sums = derivatives(point)
    return (sums.value, Array(sums.gradient.prefix(point.count)))
  }

  mutating func curvature(at point: [Double], accurate: Bool) -> Matrix {
    let full = derivatives(point).hessian
    if point.count == 3 { return full }
    return Matrix(rows: 2, columns: 2, storage: [full[0, 0], full[1, 0], full[0, 1], full[1, 1]])
  }

  func isLost(_ point: [Double]) -> Bool {
    abs(point[0]) > 60 || abs(point[1]) > 60 || (point.count > 2 && (point[2] > 12 || point[2] < -40))
  }

  private mutating func derivatives(_ point: [Double]) -> Derivatives {
    if let last, last.point == point { return last.derivatives }
    let result = computed(point)
    last = (point, result)
    return result
  }

  private mutating func computed(_ point: [Double]) -> Derivatives {
    evaluations += 1
    let theta = point.count > 2 ? exp(point[2]) : 0
    let all = FactorSums(sizes, from: 1, theta)
    var value = -all.log
    var gradient = [0, 0, -all.slope * theta]
    var hessian = Matrix(rows: 3, columns: 3)
    hessian[2, 2] = all.slope2 * theta * theta - all.slope * theta
    for (group, sign) in [0.5, -0.5].enumerated() {
      let eta = point[1] + sign * point[0]
      let e = exp(-abs(eta))
      let (small, large) = (e / (1 + e), 1 / (1 + e))
      let (p, q) = eta > 0 ? (large, small) : (small, large)
      let x = FactorSums(events[group], from: p, theta)
      let y = FactorSums(others[group], from: q, theta)
      value += x.log + y.log
      // Derivatives in π, then in η by dπ/dη = pq, and in log θ.
      let inP = x.inverse - y.inverse
      let inEta = inP * p * q
      let inEta2 = (-x.inverse2 - y.inverse2) * p * p * q * q + inEta * (q - p)
      let inTheta = (x.slope + y.slope) * theta
      let cross = (y.slopeInverse - x.slopeInverse) * p * q * theta
      gradient[0] += sign * inEta
      gradient[1] += inEta
      gradient[2] += inTheta
      hessian[0, 0] += inEta2 / 4
      hessian[0, 1] += sign * inEta2
      hessian[1, 1] += inEta2
      hessian[0, 2] += sign * cross
      hessian[1, 2] += cross
      hessian[2, 2] += inTheta - (x.slope2 + y.slope2) * theta * theta
    }
    for i in 0..<3 { for j in 0..<i { hessian[i, j] = hessian[j, i] } }
    return Derivatives(value: value, gradient: gradient, hessian: hessian)
  }
}

/// Σ log(a + jθ) over all j below each of several counts, with the sums that make its derivatives in a and θ:
/// Σ 1/(a + jθ), Σ 1/(a + jθ)², Σ j/(a + jθ), Σ j/(a + jθ)², Σ j²/(a + jθ)².
private struct FactorSums {
  var log = 0.0
  var (inverse, inverse2, slope, slopeInverse, slope2) = (0.0, 0.0, 0.0, 0.0, 0.0)

  /// `counts` are in increasing order: between two of them the number of counts above j is constant.
  init(_ counts: [Int], from a: Double, _ theta: Double) {
    var j = 0
    for (i, count) in counts.enumerated() where count > j {
      add(j..<count, times: Double(counts.count - i), from: a, theta)
      j = count
    }
  }

  /// The logarithm is taken of products of many factors, rescued before they leave the range of doubles.
  private mutating func add(_ range: Range<Int>, times: Double, from a: Double, _ theta: Double) {
    var (total, product) = (0.0, 1.0)
    var (r1, r2, s1, s12, s2) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for j in range {
      let weight = Double(j)
      let factor = a + weight * theta
      product *= factor
      if product < 1e-200 || product > 1e200 {
        total += Synthesis.log(product)
        product = 1
      }
      let r = 1 / factor
      let weighted = weight * r
      r1 += r
      r2 += r * r
      s1 += weighted
      s12 += weighted * r
      s2 += weighted * weighted
    }
    log += times * (total + Synthesis.log(product))
    inverse += times * r1
    inverse2 += times * r2
    slope += times * s1
    slopeInverse += times * s12
    slope2 += times * s2
  }
}
