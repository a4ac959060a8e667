extension TauSquaredEstimator {
  /// Generalised Q: the moment estimator with the user's weights, τ² = (y'Py − tr(PV)) / tr(P), cut at 0.
  ///
  /// P = A − AX(X'AX)⁻¹X'A with A = diag(aᵢ). Source: DerSimonian and Kacker 2007, eq. 6; Jackson et al. 2014.
  public static let generalizedQ = TauSquaredEstimator(
    code: "GENQ", name: "generalised Q", source: "DerSimonian and Kacker 2007, Contemporary Clinical Trials 28, 105",
    needsWeights: true,
    estimate: { problem throws(FitError) in
      let m = problem.moments(weights: .user)
      return .closedForm((m.q - m.tracePV) / m.traceP)
    },
    standardError: { problem, tau2 in problem.moments(weights: .user).standardError(tau2: tau2) })
}
