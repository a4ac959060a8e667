import NumericCore

/// Inference on μ from its profile likelihood: 2[ℓ(μ̂, τ̂²) − max over τ² of ℓ(μ, τ²)] against χ² with 1 df.
///
/// With Bartlett's correction the statistic is divided by its expectation at the τ² that is best for μ. The test of μ = 0
/// gives the signed root of that statistic, held against the normal; the standard error is the Wald one.
/// Source: Hardy and Thompson 1996, section 3; Noma 2011 for the correction (see ``BartlettFactor``).
struct ProfileLikelihoodMean {
  private let problem: PoolingProblem
  private let mean, standardError, maximum: Double
  private let isCorrected: Bool

  /// From the ML fit.
  init(problem: PoolingProblem, core: InterceptCore, isCorrected: Bool) {
    self.problem = problem
    self.isCorrected = isCorrected
    mean = core.atTau.mean
    standardError = (1 / core.atTau.sumW).squareRoot()
    maximum = problem.logLikelihood(core.atTau, at: core.tau2, residual: core.atTau.q, .full)
  }

  /// Twice the drop of the log-likelihood from its maximum to the best τ² for this μ, corrected where asked for.
  private func drop(_ mu: Double) -> Double {
    let kind = Likelihood.knownMean(mu)
    let best = LikelihoodMaximum(problem: problem, likelihood: kind).solve()
    let statistic = max(0, 2 * (maximum - problem.logLikelihood(at: best.value, kind)))
    return isCorrected ? statistic / BartlettFactor.mean(vi: problem.vi, tau2: best.value) : statistic
  }

  /// The estimate.
  func estimate(level: Double) throws(FitError) -> Estimate {
    let root = drop(0).squareRoot()
    let statistic = mean < 0 ? -root : root
    return Estimate(
      value: mean, standardError: standardError, statistic: statistic, degreesOfFreedom: nil,
      pValue: Normal.twoSidedP(statistic), logPValue: Normal.logTwoSidedP(statistic),
      interval: Interval(
        lower: try end(direction: -1, level: level), upper: try end(direction: 1, level: level), level: level))
  }

  private func end(direction: Double, level: Double) throws(FitError) -> Double {
    let critical = try ReferenceLaw.normal.critical(level: level)
    let distance = try BracketedRoot.expanding(from: critical * standardError, what: "profile likelihood of μ") {
      drop(mean + direction * $0).squareRoot() - critical
    }
    return mean + direction * distance
  }
}
