extension TauSquaredEstimator {
  /// Median-unbiased generalised Q: the τ² at which y'Py, with the user's weights, is the median of its distribution.
  ///
  /// Source: Viechtbauer 2021, in Handbook of Meta-Analysis, chapter 11; distribution as Jackson 2013.
  public static let medianUnbiasedGeneralizedQ = TauSquaredEstimator(
    code: "GENQM", name: "median-unbiased generalised Q",
    source: "Viechtbauer 2021, in Handbook of Meta-Analysis, chapter 11",
    needsWeights: true,
    estimate: { problem throws(FitError) in
      try GeneralizedQDistribution(problem: problem, weights: .user).tauSquared(upperTail: 0.5)
    },
    standardError: { problem, tau2 in problem.moments(weights: .user).standardError(tau2: tau2) })
}
