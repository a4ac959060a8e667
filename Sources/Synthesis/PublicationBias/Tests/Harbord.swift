extension SmallStudyTest {
  /// Harbord's test: the score of the odds ratio on its standard error.
  ///
  /// Z = a − m₁n₁/N, V = n₁n₂m₁m₀/(N²(N − 1)), m₁ events and m₀ non-events of both groups; Z/V on 1/√V with weights V
  /// and a residual variance, t on k − 2 degrees of freedom. Tables without events or without non-events have V = 0
  /// and are left out. Source: Harbord, Egger and Sterne (2006).
  static let harbord = SmallStudyTest(
    name: "harbord", title: "score of the odds ratio on its standard error",
    source: "Harbord, Egger and Sterne (2006)", measures: ["OR", "PETO"]
  ) { studies, _ throws(FitError) in
    let table = try studies.requireTable("harbord")
    var y = [Double]()
    var x = y
    var weights = y
    for i in 0..<table.count {
      let (n1, n2) = (table.a[i] + table.b[i], table.c[i] + table.d[i])
      let (m1, m0) = (table.a[i] + table.c[i], table.b[i] + table.d[i])
      let total = n1 + n2
      let v = n1 * n2 * m1 * m0 / (total * total * (total - 1))
      guard v > 0 else { continue }
      // a − m₁n₁/N = (ad − bc)/N, without cancellation for whole counts.
      y.append((table.a[i] * table.d[i] - table.b[i] * table.c[i]) / total / v)
      x.append(1 / v.squareRoot())
      weights.append(v)
    }
    return try SmallStudyResult(
      name: "harbord", predictor: "1/sqrt(V)", y: y, on: x, weights: weights, level: studies.model.level)
  }
}
