extension TauSquaredEstimator {
  /// Hunter–Schmidt with the small-sample correction: τ² = k/(k − p) · (Q − (k − p)) / Σwᵢ − … see the formula below.
  ///
  /// τ² = (Q·k/(k − p) − k) / Σwᵢ, which is k/(k − p) times (Q − (k − p)) / Σwᵢ; cut at 0.
  /// Source: Brannick, Potter, Benitez and Morris 2019.
  public static let hunterSchmidtCorrected = TauSquaredEstimator(
    code: "HSk", name: "Hunter–Schmidt, small-sample corrected",
    source: "Brannick, Potter, Benitez and Morris 2019, Organizational Research Methods 22, 490",
    lanes: .closedForm { ($0.q * $0.k / $0.degreesOfFreedom - $0.k) / $0.sumW },
    estimate: { problem throws(FitError) in
      let s = problem.sums(at: 0)
      let k = Double(problem.k)
      return .closedForm((s.q * k / problem.residualDegreesOfFreedom - k) / s.sumW)
    },
    standardError: { problem, tau2 in
      hunterSchmidtStandardError(problem, tau2: tau2) * Double(problem.k) / problem.residualDegreesOfFreedom
    })
}
