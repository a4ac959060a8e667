extension SmallStudyTest {
  /// Macaskill's test: the effects on the size, weights 1/vᵢ, a residual variance, t on k − 2 degrees of freedom.
  ///
  /// Source: Macaskill, Walter and Irwig (2001), the method FIV.
  static let macaskill = SmallStudyTest(
    name: "macaskill", title: "effects on the size", source: "Macaskill, Walter and Irwig (2001)"
  ) { studies, _ throws(FitError) in
    try SmallStudyResult(
      name: "macaskill", predictor: "ni", y: studies.yi, on: studies.requireSizes("macaskill"),
      weights: studies.vi.map { 1 / $0 }, level: studies.model.level)
  }
}
