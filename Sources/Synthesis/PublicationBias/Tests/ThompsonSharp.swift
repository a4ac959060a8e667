extension SmallStudyTest {
  /// Thompson and Sharp's test: the mixed model on the standard error, t on k − 2 degrees of freedom.
  ///
  /// Source: Thompson and Sharp (1999), section 3.3, method 3c.
  static let thompsonSharp = SmallStudyTest(
    name: "thompson-sharp", title: "mixed model on the standard error, t test", source: "Thompson and Sharp (1999)"
  ) { studies, _ throws(FitError) in
    var changed = studies
    changed.model.inference = .t
    var result = try EggerRegression(changed, SmallStudyOptions(model: .mixed, predictor: .sei)).result
    result.name = "thompson-sharp"
    return result
  }
}
