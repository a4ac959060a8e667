extension TauSquaredEstimator {
  /// Iterated DerSimonian–Laird: the moment estimator with the weights of its own estimate, until nothing moves.
  ///
  /// As tr(P(V + τ²I)) = k − p, the fixed point satisfies Q(τ²) = k − p and is Paule and Mandel's estimate, which is
  /// solved for here. Source: DerSimonian and Kacker 2007, section 2.3.
  public static let iteratedDerSimonianLaird = TauSquaredEstimator(
    code: "DLIT", name: "iterated DerSimonian–Laird",
    source: "DerSimonian and Kacker 2007, Contemporary Clinical Trials 28, 105",
    lanes: .pauleMandel,
    estimate: { problem throws(FitError) in problem.rootOfQ(equalTo: problem.residualDegreesOfFreedom) },
    standardError: { problem, tau2 in problem.empiricalBayesStandardError(tau2: tau2) })
}
