/// Intervals for τ² of a fit, and what follows for I² and H².
struct TauSquaredIntervals {
  let model: PoolingModel
  let problem: PoolingProblem
  let estimate: Double
  let standardError: Double

  private var alpha: Double { 1 - model.level }

  /// The interval by a method; both ends 0 when the data are more homogeneous than any τ² ≥ 0 explains at this level.
  func interval(_ method: TauSquaredIntervalMethod) throws(FitError) -> Interval {
    let ends =
      switch method {
      case .qProfile: try qProfile()
      case .generalizedQ: try generalizedQ(weights: problem.userWeights == nil ? defaultWeights : .user)
      case .biggerstaffJackson: try generalizedQ(weights: .inverseVariance)
      case .jackson: try generalizedQ(weights: .inverseStandardError)
      case .profileLikelihood: try profileLikelihood()
      case .wald, .waldLog, .waldSqrt: try wald(method)
      case .bootstrapParametric(let replicates, let seed):
        try BootstrapTauSquared(intervals: self, replicates: replicates, seed: seed).parametric()
      case .bootstrapNonparametric(let replicates, let seed):
        try BootstrapTauSquared(intervals: self, replicates: replicates, seed: seed).nonparametric()
      }
    return Interval(lower: ends.lower, upper: ends.upper, level: model.level)
  }

  /// Weights of the generalised Q when the user gave none: equal for the Hedges estimator, else inverse variances.
  private var defaultWeights: MomentWeights { model.method == .random(.hedges) ? .equal : .inverseVariance }

  /// Q(τ²) = the upper and the lower χ² quantile.
  private func qProfile() throws(FitError) -> (lower: Double, upper: Double) {
    let df = problem.residualDegreesOfFreedom
    let high = try chiSquaredQuantile(1 - 0.5 * alpha, degreesOfFreedom: df)
    let low = try chiSquaredQuantile(0.5 * alpha, degreesOfFreedom: df)
    return (try solved(problem.rootOfQ(equalTo: high)), try solved(problem.rootOfQ(equalTo: low)))
  }

  private func solved(_ solution: TauSquaredSolution) throws(FitError) -> Double {
    guard solution.converged else {
      throw .notConverged(
        what: "q-profile interval", convergence: Convergence(solution), hint: "use a profile-likelihood interval")
    }
    return solution.value
  }

  private func generalizedQ(weights: MomentWeights) throws(FitError) -> (lower: Double, upper: Double) {
    let law = GeneralizedQDistribution(problem: problem, weights: weights)
    return (
      try law.tauSquared(upperTail: 0.5 * alpha).value, try law.tauSquared(upperTail: 1 - 0.5 * alpha).value
    )
  }

  /// Where 2[ℓ(τ̂²) − ℓ(τ²)] reaches the χ² quantile with 1 df, on either side of the estimate.
  private func profileLikelihood() throws(FitError) -> (lower: Double, upper: Double) {
    let kind = model.method.tauSquared?.likelihood ?? .full
    let top = LikelihoodMaximum(problem: problem, likelihood: kind).solve().value
    let maximum = problem.logLikelihood(at: top, kind)
    let critical = try chiSquaredQuantile(model.level, degreesOfFreedom: 1)
    let drop = { (t: Double) in 2 * (maximum - problem.logLikelihood(at: t, kind)) - critical }
    let what = "profile likelihood of τ²"
    let atZero = drop(0)
    let lower = atZero <= 0 ? 0 : try BracketedRoot.within(0, top, what: what, drop)
    let scale = problem.typicalVariance(problem.sums(at: 0))
    let distance = try BracketedRoot.expanding(from: max(top, 0.1 * scale), what: what) { drop(top + $0) }
    return (lower, top + distance)
  }

  /// Normal intervals on the scales of τ², log τ² and τ.
  private func wald(_ method: TauSquaredIntervalMethod) throws(FitError) -> (lower: Double, upper: Double) {
    let z = try ReferenceLaw.normal.critical(level: model.level)
    guard standardError.isFinite else {
      throw .notEstimable(what: "standard error of τ²", hint: "use a q-profile interval")
    }
    if method == .wald {
      return (truncatedAtZero(estimate - z * standardError), truncatedAtZero(estimate + z * standardError))
    }
    guard estimate > 0 else {
      throw .notEstimable(what: "\(method.word) interval for τ² at τ² = 0", hint: "use wald or q-profile")
    }
    if method == .waldLog {
      let factor = exponential(z * standardError / estimate)
      return (estimate / factor, estimate * factor)
    }
    let tau = estimate.squareRoot()
    let half = z * standardError / (2 * tau)
    let low = truncatedAtZero(tau - half)
    return (low * low, (tau + half) * (tau + half))
  }
}

extension FitParts {
  /// Adds the intervals that the model asks for.
  func addIntervals(to h: inout Heterogeneity) throws(FitError) {
    guard let method = model.tauSquaredInterval, problem.k > problem.p, let se = h.tauSquaredStandardError else {
      return
    }
    let interval = try TauSquaredIntervals(
      model: model, problem: problem, estimate: tau2, standardError: se
    ).interval(method)
    h.tauSquaredInterval = interval
    guard model.iSquared == .tauSquared else {
      addTestBasedIntervals(to: &h)
      return
    }
    let typical = problem.typicalVariance(atZero)
    let lower = shareFromTauSquared(interval.lower, typicalVariance: typical)
    let upper = shareFromTauSquared(interval.upper, typicalVariance: typical)
    h.iSquaredInterval = Interval(lower: lower.iSquared, upper: upper.iSquared, level: model.level)
    h.hSquaredInterval = Interval(lower: lower.hSquared, upper: upper.hSquared, level: model.level)
  }

  /// The test-based interval of H, H exp(±z·SE(log H)), for the definition by Q (Higgins and Thompson 2002, section 3.1).
  private func addTestBasedIntervals(to h: inout Heterogeneity) {
    let df = problem.residualDegreesOfFreedom
    guard df > 0, let z = try? ReferenceLaw.normal.critical(level: model.level) else { return }
    let q = atZero.q
    let n = df + 1
    let se: Double? =
      q > n
      ? 0.5 * (naturalLogarithm(q) - naturalLogarithm(df)) / ((2 * q).squareRoot() - (2 * n - 3).squareRoot())
      : (n > 2 ? (1 / (2 * (n - 2)) * (1 - 1 / (3 * (n - 2) * (n - 2)))).squareRoot() : nil)
    guard let se else { return }
    let factor = exponential(2 * z * se)
    let hSquared = max(q / df, 1)
    let ends = (lower: max(1, hSquared / factor), upper: max(1, hSquared * factor))
    h.hSquaredInterval = Interval(lower: ends.lower, upper: ends.upper, level: model.level)
    h.iSquaredInterval = Interval(lower: 1 - 1 / ends.lower, upper: 1 - 1 / ends.upper, level: model.level)
  }
}
