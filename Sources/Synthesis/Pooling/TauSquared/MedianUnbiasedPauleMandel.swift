extension TauSquaredEstimator {
  /// Median-unbiased Paule–Mandel: the τ² at which Q equals the median of χ² with k − p df; 0 if Q(0) is less.
  ///
  /// Source: Viechtbauer 2021, in Schmid, Stijnen and White, Handbook of Meta-Analysis, chapter 11.
  public static let medianUnbiasedPauleMandel = TauSquaredEstimator(
    code: "PMM", name: "median-unbiased Paule–Mandel",
    source: "Viechtbauer 2021, in Handbook of Meta-Analysis, chapter 11",
    estimate: { problem throws(FitError) in
      problem.rootOfQ(equalTo: try chiSquaredQuantile(0.5, degreesOfFreedom: problem.residualDegreesOfFreedom))
    },
    standardError: { problem, tau2 in problem.empiricalBayesStandardError(tau2: tau2) })
}
