extension TauSquaredEstimator {
  /// Empirical Bayes: the fixed point of Σwᵢ(k/(k − p)·rᵢ² − vᵢ − τ²) = 0, wᵢ = 1/(vᵢ + τ²), which is Q(τ²) = k − p.
  ///
  /// So the estimate is Paule and Mandel's (Viechtbauer, Lopez-Lopez, Sanchez-Meca and Marin-Martinez 2015, appendix).
  /// Source: Morris 1983, section 5; Berkey, Hoaglin, Mosteller and Colditz 1995.
  public static let empiricalBayes = TauSquaredEstimator(
    code: "EB", name: "empirical Bayes", source: "Morris 1983, JASA 78, 47; Berkey et al. 1995, Statist. Med. 14, 395",
    lanes: .pauleMandel,
    estimate: { problem throws(FitError) in problem.rootOfQ(equalTo: problem.residualDegreesOfFreedom) },
    standardError: { problem, tau2 in problem.empiricalBayesStandardError(tau2: tau2) })
}

extension PoolingProblem {
  /// √(2k²/(k − p)) / Σwᵢ at the estimate (Berkey et al. 1995).
  func empiricalBayesStandardError(tau2: Double) -> Double {
    let k = Double(k)
    return (2 * k * k / residualDegreesOfFreedom).squareRoot() / sums(at: tau2).sumW
  }
}
