extension SmallStudyTest {
  /// Peters' test: the effects on 1/N with weights from the events of both groups.
  ///
  /// Weights 1/(1/m₁ + 1/m₀) with m₁ events and m₀ non-events, a residual variance, t on k − 2 degrees of freedom.
  /// Tables without events or without non-events have no weight and are left out.
  /// Source: Peters, Sutton, Jones, Abrams and Rushton (2006).
  static let peters = SmallStudyTest(
    name: "peters", title: "effects on the inverse of the size, weights from the events",
    source: "Peters, Sutton, Jones, Abrams and Rushton (2006)", measures: ["OR", "PETO", "RR", "RD"]
  ) { studies, _ throws(FitError) in
    let table = try studies.requireTable("peters")
    var y = [Double]()
    var x = y
    var weights = y
    for i in 0..<table.count {
      let (events, others) = (table.a[i] + table.c[i], table.b[i] + table.d[i])
      guard events > 0, others > 0 else { continue }
      y.append(studies.yi[i])
      x.append(1 / (events + others))
      weights.append(events * others / (events + others))
    }
    return try SmallStudyResult(
      name: "peters", predictor: "ninv", y: y, on: x, weights: weights, level: studies.model.level)
  }
}
