extension ConversionRoute {
  /// From a printed ratio with its interval, z or p: its logarithm, and d and r by way of the log odds ratio.
  static let printedRatios: [ConversionRoute] = [
    printed(.oddsRatio, "odds ratio", scaling: Scaling.fromLogOddsRatio),
    printed(.riskRatio, "risk ratio") { $0.code == "RR" ? 1 : nil },
    printed(.hazardRatio, "hazard ratio") { $0.code == "HR" ? 1 : nil },
    printed(.rateRatio, "rate ratio") { $0.code == "IRR" ? 1 : nil },
    oddsRatioToCorrelation,
  ]

  private static let precision: [ReportedWord] = [.lower, .upper, .zStatistic, .pValue]
  private static let source = "Cochrane Handbook for Systematic Reviews of Interventions, 6.3"
  private static let assumption =
    "the printed interval is a normal one, symmetric on the log scale; without it z, or the two-sided p, of a normal test"

  private static func printed(
    _ word: ReportedWord, _ name: String, scaling: @escaping @Sendable (Measure) -> Double?
  ) -> ConversionRoute {
    ConversionRoute("\(name) with its precision", [word], optional: precision, source: source) { target in
      scaling(target).map { factor in
        Bridge(assumptions: [assumption] + (factor == 1 ? [] : ["log OR = d pi/sqrt(3), or 1.65 d for OR2DN"])) {
          columns, row, settings throws(ConversionProblem) in
          try logRatio(word, columns, row, settings).scaled(by: factor)
        }
      }
    }
  }

  private static let oddsRatioToCorrelation = ConversionRoute(
    "odds ratio with its precision", [.oddsRatio], optional: precision,
    source: "Borenstein et al. (2009), Introduction to Meta-Analysis, 7.2-7.3"
  ) { target in
    guard target.code == "COR" || target.code == "ZCOR" else { return nil }
    return Bridge(assumptions: [assumption, differenceToCorrelation]) {
      columns, row, settings throws(ConversionProblem) in
      let groups = GroupSizes(columns, row)
      let r = try logRatio(.oddsRatio, columns, row, settings).scaled(by: 1 / Scaling.logistic)
        .correlation(n1: groups.first, n2: groups.second)
      return target.code == "COR" ? r : r.fisherZ
    }
  }

  private static func logRatio(
    _ word: ReportedWord, _ columns: ReportedColumns, _ row: Int, _ settings: RouteSettings
  ) throws(ConversionProblem) -> Effect {
    try ReportedCheck.requireRatio([word, .lower, .upper], of: columns, row)
    let printed = PrintedEstimate(columns, row, estimate: word, scale: .log)
    let found = try WaldRoute.recover(printed, critical: settings.critical)
    return Effect(yi: found.yi, vi: found.vi)
  }
}
