extension TauSquaredEstimator {
  /// Hunter–Schmidt: τ² = (Q − k) / Σwᵢ, wᵢ = 1/vᵢ, cut at 0.
  ///
  /// Biased downwards; see HSk. Source: Hunter and Schmidt 2004; Viechtbauer 2005, eq. 8.
  public static let hunterSchmidt = TauSquaredEstimator(
    code: "HS", name: "Hunter–Schmidt", source: "Hunter and Schmidt 2004, Methods of Meta-Analysis, 2nd ed.",
    lanes: .closedForm { ($0.q - $0.k) / $0.sumW },
    estimate: { problem throws(FitError) in
      let s = problem.sums(at: 0)
      return .closedForm((s.q - Double(problem.k)) / s.sumW)
    },
    standardError: { problem, tau2 in hunterSchmidtStandardError(problem, tau2: tau2) })

  /// √Var(Q) / Σwᵢ.
  static func hunterSchmidtStandardError(_ problem: PoolingProblem, tau2: Double) -> Double {
    let s = problem.sums(at: 0)
    return problem.varianceOfQ(s, at: 0, tau2: tau2).squareRoot() / s.sumW
  }
}
