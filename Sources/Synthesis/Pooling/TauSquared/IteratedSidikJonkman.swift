extension TauSquaredEstimator {
  /// Iterated Sidik–Jonkman: τ² ← τ²·Q(τ²)/(k − p) until nothing moves.
  ///
  /// A positive fixed point satisfies Q(τ²) = k − p; without one the iteration creeps to 0. The equation is solved
  /// directly. Source: Sidik and Jonkman 2005, section 2, iterated.
  public static let iteratedSidikJonkman = TauSquaredEstimator(
    code: "SJIT", name: "iterated Sidik–Jonkman", source: "Sidik and Jonkman 2005, Applied Statistics 54, 367",
    lanes: .pauleMandel,
    estimate: { problem throws(FitError) in problem.rootOfQ(equalTo: problem.residualDegreesOfFreedom) },
    standardError: { problem, tau2 in problem.empiricalBayesStandardError(tau2: tau2) })
}
