private import NumericCore

extension WaldRoute {
  /// From z: v = (y/z)²; the sign of z is not used.
  static let testStatistic = WaldRoute(
    name: "z statistic", words: [.zStatistic], formula: "vi = (yi/zi)^2",
    assumption: "z is the estimate over its standard error",
    source: "Cochrane Handbook for Systematic Reviews of Interventions, 6.3.2"
  ) { printed, _ in printed.z == 0 ? .infinity : square(printed.estimate / printed.z) }

  /// From a two-sided p: v = (y/z)², z = Φ⁻¹(1 − p/2), from the upper tail so that the smallest p keeps its digits.
  static let pValue = WaldRoute(
    name: "two-sided p", words: [.pValue], formula: "vi = (yi/z)^2, z = qnorm(1 - p/2)",
    assumption: "p is that of a two-sided normal test of the estimate against no effect",
    source: "Cochrane Handbook for Systematic Reviews of Interventions, 6.3.2"
  ) { printed, _ in
    guard !printed.p.isNaN else { return .nan }
    guard let z = try? Normal.quantile(upperTail: printed.p / 2) else { return .infinity }
    return z > 0 ? square(printed.estimate / z) : .infinity
  }
}
