import NumericCore

/// Copas's model fitted at one degree of selection.
public struct CopasFit: Sendable {
  /// γ₀ and γ₁ of the probit of being seen.
  public let gamma0, gamma1: Double
  /// The effect, its standard error, test and interval.
  public let pooled: Estimate
  /// Correlation of error and propensity; τ².
  public let correlation, tauSquared: Double
  /// Log-likelihood without its constant.
  public let logLikelihood: Double
  /// P-value of the test that no asymmetry is left to explain (β = 0).
  public let residualP: Double
  /// Probability that a study with the largest standard error is seen.
  public let publicationProbability: Double
  /// Σ(1 − Pᵢ)/Pᵢ: about how many studies are unseen.
  public let unpublished: Double
}

/// The studies of a Copas analysis, turned so that small effects are the missing ones, with starting values.
struct CopasProblem {
  let yi, sei: [Double]
  let mean, tau2: Double

  /// The studies of an analysis; with the sign −1, turned round.
  init(_ studies: BiasStudies, sign: Double) throws(FitError) {
    let pool = try studies.model.fit(yi: studies.yi, vi: studies.vi)
    yi = studies.yi.map { sign * $0 }
    sei = studies.sei
    mean = sign * pool.coefficients[0].value
    tau2 = pool.heterogeneity.tauSquared ?? 0
  }

  /// Correlations are kept below this, where the likelihood is degenerate.
  static let largestCorrelation = 0.9999

  /// The maximum at a degree of selection, with or without a term for what is left; searched from a point near it where
  /// one is known.
  func maximum(
    _ gamma0: Double, _ gamma1: Double, withResidual: Bool = false, near start: [Double]? = nil
  ) throws(FitError) -> BoundedNewton.Result {
    let likelihood = CopasLikelihood(yi: yi, sei: sei, gamma0: gamma0, gamma1: gamma1)
    let n = withResidual ? 4 : 3
    let newton = BoundedNewton(
      isFree: [Bool](repeating: true, count: n), isBounded: Array([false, true, true, false].prefix(n)),
      upper: Array([.infinity, Self.largestCorrelation, .infinity, .infinity].prefix(n)))
    let usual = [0.5, 0.1, 0.9].map { Array([mean, $0, tau2, 0].prefix(n)) }
    // Further starts are for searches that fail.
    for point in (start.map { [$0] } ?? []) + usual {
      let found = newton.maximise(from: point) { likelihood.evaluate($0) }
      if found.converged, found.tally.value.isFinite { return found }
    }
    throw .notConverged(
      what: "the Copas selection model",
      convergence: Convergence(method: "bounded Newton", iterations: 0, converged: false, residual: .nan),
      hint: "look for variances that are wrong by orders of magnitude, or try --selection stepfun")
  }

  /// The effects over a grid, γ₀ by row: each search begins where its neighbour with less selection ended.
  func surface(_ gamma0: [Double], _ gamma1: [Double]) throws(FitError) -> [[Double]] {
    var surface = [[Double]](repeating: [Double](repeating: .nan, count: gamma1.count), count: gamma0.count)
    var rowStart: [Double]?
    for i in gamma0.indices.reversed() {
      var start = rowStart
      for j in gamma1.indices.reversed() {
        let found = try maximum(gamma0[i], gamma1[j], near: start)
        surface[i][j] = found.point[0]
        start = found.point
        if j == gamma1.count - 1 { rowStart = found.point }
      }
    }
    return surface
  }

  /// The fit at a degree of selection; `sign` turns the effect back.
  func fit(_ gamma0: Double, _ gamma1: Double, sign: Double, level: Double) throws(FitError) -> CopasFit {
    let found = try maximum(gamma0, gamma1)
    // The term for what is left often takes the place of selection: from either end, the better counts.
    let rest = try maximum(gamma0, gamma1, withResidual: true)
    let near = try maximum(gamma0, gamma1, withResidual: true, near: [found.point[0], 0, found.point[2], 0])
    let law = ReferenceLaw.normal
    let probabilities = sei.map { Normal.cdf(gamma0 + gamma1 / $0) }
    return CopasFit(
      gamma0: gamma0, gamma1: gamma1,
      pooled: Estimate(
        value: sign * found.point[0], standardError: try standardError(found), law: law,
        critical: try law.critical(level: level), level: level),
      correlation: sign * found.point[1], tauSquared: found.point[2], logLikelihood: found.tally.value,
      residualP: upperTailOfChiSquared(
        max(0, 2 * (max(rest.tally.value, near.tally.value) - found.tally.value)), degreesOfFreedom: 1),
      publicationProbability: probabilities.min() ?? .nan,
      unpublished: probabilities.reduce(0) { $0 + (1 - $1) / $1 })
  }

  /// From the observed information in all three parameters, in those off their bounds where that is not positive definite.
  private func standardError(_ found: BoundedNewton.Result) throws(FitError) -> Double {
    // Without selection nothing is known of the correlation, and nothing hangs on it.
    for variables in [[0, 1, 2], found.active, [0, 2], [0]] where variables.first == 0 {
      if variables.contains(2), found.point[2] == 0 { continue }
      var h = Matrix(rows: variables.count, columns: variables.count)
      for (a, i) in variables.enumerated() {
        for (b, j) in variables.enumerated() { h[a, b] = -found.tally.hessian[i, j] }
      }
      if h.isFinite, let inverse = try? Cholesky(h).inverse() { return inverse[0, 0].squareRoot() }
    }
    throw .notEstimable(what: "the standard error of the Copas selection model", hint: "try --selection stepfun")
  }
}
