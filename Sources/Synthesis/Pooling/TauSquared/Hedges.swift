extension TauSquaredEstimator {
  /// Hedges: the unweighted moment estimator, τ² = Σ(yᵢ − ŷᵢ)²/(k − p) − tr(PV)/(k − p), P = I − X(X'X)⁻¹X'.
  ///
  /// Without moderators the last term is the mean sampling variance. Cut at 0. Also called Cochran's ANOVA and variance-component
  /// estimator. Source: Hedges 1983; Hedges and Olkin 1985, p. 194; Raudenbush 2009, eq. 16.42.
  public static let hedges = TauSquaredEstimator(
    code: "HE", name: "Hedges", source: "Hedges and Olkin 1985, Statistical Methods for Meta-Analysis, p. 194",
    estimate: { problem throws(FitError) in
      let df = problem.residualDegreesOfFreedom
      return .closedForm((problem.totalSumOfSquares - problem.unweightedTracePV) / df)
    },
    standardError: { problem, tau2 in
      problem.moments(weights: .equal).standardError(tau2: tau2)
    })
}
