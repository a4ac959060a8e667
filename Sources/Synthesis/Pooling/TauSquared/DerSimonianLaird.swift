extension TauSquaredEstimator {
  /// DerSimonian–Laird: the moment estimator from Cochran's Q, τ² = (Q − (k − p)) / tr(P), P at τ² = 0.
  ///
  /// Cut at 0. Source: DerSimonian and Laird 1986, eq. 8; with moderators Raudenbush 2009, eq. 16.28.
  public static let derSimonianLaird = TauSquaredEstimator(
    code: "DL", name: "DerSimonian–Laird", source: "DerSimonian and Laird 1986, Controlled Clinical Trials 7, 177",
    lanes: .closedForm { ($0.q - $0.degreesOfFreedom) / $0.traceP },
    estimate: { problem throws(FitError) in .closedForm(problem.momentEstimate(at: 0)) },
    standardError: { problem, tau2 in problem.momentStandardError(at: 0, tau2: tau2) })
}
