extension SmallStudyTest {
  /// Deeks' test: the effects on the inverse root of the effective sample size, weighted by it.
  ///
  /// ESS = 4n₁n₂/(n₁ + n₂), the size of a balanced study of equal precision; a residual variance, t on k − 2 degrees of
  /// freedom. Source: Deeks, Macaskill and Irwig (2005).
  static let deeks = SmallStudyTest(
    name: "deeks", title: "effects on the inverse root of the effective sample size",
    source: "Deeks, Macaskill and Irwig (2005)", measures: ["OR", "PETO"]
  ) { studies, _ throws(FitError) in
    let groups = try studies.requireGroupSizes("deeks")
    let effective = zip(groups.first, groups.second).map { 4 * $0 * $1 / ($0 + $1) }
    return try SmallStudyResult(
      name: "deeks", predictor: "1/sqrt(ess)", y: studies.yi, on: effective.map { 1 / $0.squareRoot() },
      weights: effective, level: studies.model.level)
  }
}
