extension SmallStudyTest {
  /// Pustejovsky and Rodgers' test: the effects on √(1/n₁ + 1/n₂), which unlike the standard error of a standardised mean
  /// difference does not depend on the effect; weights 1/vᵢ, a residual variance, t on k − 2 degrees of freedom.
  ///
  /// Source: Pustejovsky and Rodgers (2019).
  static let pustejovsky = SmallStudyTest(
    name: "pustejovsky", title: "effects on the part of the standard error that the sizes make",
    source: "Pustejovsky and Rodgers (2019)", measures: ["SMD", "SMDH", "SMD1", "SMD1H"]
  ) { studies, _ throws(FitError) in
    let groups = try studies.requireGroupSizes("pustejovsky")
    return try SmallStudyResult(
      name: "pustejovsky", predictor: "sqrt(1/n1i+1/n2i)", y: studies.yi,
      on: zip(groups.first, groups.second).map { (1 / $0 + 1 / $1).squareRoot() },
      weights: studies.vi.map { 1 / $0 }, level: studies.model.level)
  }
}
