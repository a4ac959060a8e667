extension TauSquaredEstimator {
  /// Maximum likelihood: the global maximum of the likelihood of (β, τ²) over τ² ≥ 0.
  ///
  /// Score: ½(y'PPy − Σwᵢ), wᵢ = 1/(vᵢ + τ²). Standard error from the expected information, √(2/Σwᵢ²).
  /// Source: Hardy and Thompson 1996; Viechtbauer 2005, eq. 11.
  public static let maximumLikelihood = TauSquaredEstimator(
    code: "ML", name: "maximum likelihood", source: "Hardy and Thompson 1996, Statistics in Medicine 15, 619",
    likelihood: .full, lanes: .likelihood(.full),
    estimate: { problem throws(FitError) in LikelihoodMaximum(problem: problem, likelihood: .full).solve() },
    standardError: { problem, tau2 in (2 / problem.sums(at: tau2).sumW2).squareRoot() })
}
