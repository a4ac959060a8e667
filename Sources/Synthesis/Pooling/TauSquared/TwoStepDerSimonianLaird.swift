extension TauSquaredEstimator {
  /// Two-step DerSimonian–Laird: the moment estimator with the weights 1/(vᵢ + τ²) of the DL estimate.
  ///
  /// Source: DerSimonian and Kacker 2007, eq. 12 (DL2).
  public static let twoStepDerSimonianLaird = TauSquaredEstimator(
    code: "DL2", name: "two-step DerSimonian–Laird",
    source: "DerSimonian and Kacker 2007, Contemporary Clinical Trials 28, 105",
    estimate: { problem throws(FitError) in
      .closedForm(problem.momentEstimate(at: truncatedAtZero(problem.momentEstimate(at: 0))))
    },
    standardError: { problem, tau2 in
      problem.momentStandardError(at: truncatedAtZero(problem.momentEstimate(at: 0)), tau2: tau2)
    })
}
