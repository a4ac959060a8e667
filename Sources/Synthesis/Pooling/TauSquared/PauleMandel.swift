extension TauSquaredEstimator {
  /// Paule–Mandel: the τ² at which the generalised Q equals its expectation, Q(τ²) = k − p; 0 if Q(0) is less.
  ///
  /// Q decreases in τ², so the root is single. Source: Paule and Mandel 1982; Viechtbauer 2007, section 2.3.
  public static let pauleMandel = TauSquaredEstimator(
    code: "PM", name: "Paule–Mandel", source: "Paule and Mandel 1982, Journal of Research of the NBS 87, 377",
    lanes: .pauleMandel,
    estimate: { problem throws(FitError) in problem.rootOfQ(equalTo: problem.residualDegreesOfFreedom) },
    standardError: { problem, tau2 in problem.empiricalBayesStandardError(tau2: tau2) })
}
