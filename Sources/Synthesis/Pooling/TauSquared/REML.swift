extension TauSquaredEstimator {
  /// Restricted maximum likelihood: the global maximum of the likelihood of the residual contrasts over τ² ≥ 0.
  ///
  /// Score: ½(y'PPy − tr(P)). Standard error from the expected information, √(2/tr(PP)).
  /// Source: Raudenbush and Bryk 1985; Viechtbauer 2005, eq. 14.
  public static let reml = TauSquaredEstimator(
    code: "REML", name: "restricted maximum likelihood",
    source: "Viechtbauer 2005, Journal of Educational and Behavioral Statistics 30, 261",
    likelihood: .restricted, lanes: .likelihood(.restricted),
    estimate: { problem throws(FitError) in LikelihoodMaximum(problem: problem, likelihood: .restricted).solve() },
    standardError: { problem, tau2 in (2 / problem.sums(at: tau2).tracePP).squareRoot() })
}
