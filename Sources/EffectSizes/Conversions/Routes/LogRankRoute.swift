extension ConversionRoute {
  /// From observed less expected events and their variance: log HR = (O − E)/V with variance 1/V, Peto's one step.
  ///
  /// Source: Yusuf et al. (1985), Progress in Cardiovascular Diseases 27, 335; Parmar, Torri and Stewart (1998),
  /// Statistics in Medicine 17, 2815, eq. 1.
  static let logRank = ConversionRoute(
    "observed less expected events", [.observedLessExpected, .logRankVariance],
    source: "Parmar, Torri and Stewart (1998), Statistics in Medicine 17, 2815"
  ) { target in
    guard target.code == "HR" else { return nil }
    return Bridge(assumptions: ["proportional hazards, and a hazard ratio near 1 (Peto's one-step estimate)"]) {
      columns, row, _ throws(ConversionProblem) in
      let variance = columns.value(.logRankVariance, row)
      guard variance > 0 else { throw .impossible(.logRankVariance, value: variance, expected: "a variance above 0") }
      return Effect(yi: columns.value(.observedLessExpected, row) / variance, vi: 1 / variance)
    }
  }
}
