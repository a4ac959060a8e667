import NumericCore

/// The parts of a fit that models with and without moderators share.
struct FitParts {
  let model: PoolingModel
  let problem: PoolingProblem
  let solution: TauSquaredSolution?
  let atZero: ProfileSums

  /// τ², 0 for equal and fixed effects.
  var tau2: Double { solution?.value ?? 0 }
  private var df: Int { problem.k - problem.p }

  /// Q, τ² with its standard error, I², H² and, when asked for, intervals.
  func heterogeneity() throws(FitError) -> Heterogeneity {
    let byTau = model.iSquared == .tauSquared && solution != nil
    var h = Heterogeneity(iSquaredMethod: byTau ? ISquaredDefinition.tauSquared.word : ISquaredDefinition.q.word)
    guard problem.k > 1 else { return h }
    h.tauSquared = solution?.value
    if let estimator = model.method.tauSquared, model.fixedTauSquared == nil {
      h.tauSquaredStandardError = estimator.standardError(problem, tau2)
    }
    h.q = atZero.q
    h.qDegreesOfFreedom = df
    guard df > 0 else { return h }
    h.qPValue = upperTailOfChiSquared(atZero.q, degreesOfFreedom: Double(df))
    let share =
      byTau
      ? shareFromTauSquared(tau2, typicalVariance: problem.typicalVariance(atZero))
      : shareFromQ(atZero.q, degreesOfFreedom: Double(df))
    h.iSquared = share.iSquared
    h.hSquared = share.hSquared
    try addIntervals(to: &h)
    return h
  }

  /// Likelihood and information criteria; the restricted likelihood for REML only.
  ///
  /// With n = k (full) or k − p (restricted) and m parameters: AIC = −2ℓ + 2m, BIC = −2ℓ + m log n,
  /// AICc = −2ℓ + 2m·n'/(n' − m − 1), n' = max(n, m + 2). The deviance of the full likelihood is against the saturated model, of
  /// the restricted one −2ℓ.
  func likelihood(residual: Double, atTau: ProfileSums) -> LikelihoodStatistics {
    let restricted = model.method.tauSquared?.likelihood == .restricted
    let kind: Likelihood = restricted ? .restricted : .full
    let l = problem.logLikelihood(atTau, at: tau2, residual: residual, kind)
    let m = Double(problem.p) + (solution != nil && model.fixedTauSquared == nil ? 1 : 0)
    let n = restricted ? Double(df) : Double(problem.k)
    let corrected = max(n, m + 2)
    return LikelihoodStatistics(
      logLikelihood: l, deviance: -2 * (restricted ? l : l - problem.saturatedLogLikelihood),
      aic: -2 * l + 2 * m, bic: -2 * l + m * naturalLogarithm(n),
      aicc: -2 * l + 2 * m * corrected / (corrected - m - 1), restricted: restricted)
  }

  /// How τ² was found, for the report.
  var convergence: Convergence { solution.map { Convergence($0) } ?? .closedForm("closed form") }

  /// Weight of each study in per cent.
  func percentWeights() -> [Double] {
    let a = problem.userWeights ?? problem.vi.map { 1 / ($0 + tau2) }
    let total = a.reduce(0, +)
    return a.map { 100 * $0 / total }
  }
}

extension Estimate {
  /// A row from a value, its standard error and the law; without test when the standard error is 0.
  init(value: Double, standardError: Double, law: ReferenceLaw, critical: Double, level: Double) {
    let statistic = standardError > 0 ? value / standardError : nil
    self.init(
      value: value, standardError: standardError, statistic: statistic, degreesOfFreedom: law.degreesOfFreedom,
      pValue: statistic.map { law.twoSidedP($0) }, logPValue: statistic.map { law.logTwoSidedP($0) },
      interval: Interval(
        lower: value - critical * standardError, upper: value + critical * standardError, level: level))
  }
}
