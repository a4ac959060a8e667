extension TauSquaredEstimator {
  /// Sidik–Jonkman: τ² = τ₀²·Q(τ₀²)/(k − p), τ₀² = Σ(yᵢ − ȳ)²/k; always positive unless all estimates are equal.
  ///
  /// Source: Sidik and Jonkman 2005, eq. 3; with moderators the same τ₀² as without.
  public static let sidikJonkman = TauSquaredEstimator(
    code: "SJ", name: "Sidik–Jonkman", source: "Sidik and Jonkman 2005, Applied Statistics 54, 367",
    estimate: { problem throws(FitError) in
      let start = problem.crudeVariance
      guard start > 0 else { return .closedForm(0) }
      return .closedForm(start * problem.sums(at: start).q / problem.residualDegreesOfFreedom)
    },
    standardError: { problem, tau2 in
      let start = problem.crudeVariance
      let s = problem.sums(at: start)
      return problem.varianceOfQ(s, at: start, tau2: tau2).squareRoot() * start / problem.residualDegreesOfFreedom
    })
}
