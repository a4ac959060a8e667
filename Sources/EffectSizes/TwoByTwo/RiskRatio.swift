extension Measure {
  /// Log risk ratio.
  public static let riskRatio = twoByTwo(
    Facts(
      code: "RR", name: "log risk ratio", scale: .log, display: .exp, varianceTypes: [.LS, .AV],
      formula: "yi = log((a/n1)/(c/n2)); LS: vi = 1/a - 1/n1 + 1/c - 1/n2; "
        + "AV: vi = (1-P1)/(n1 P1) + (1-P2)/(n2 P2), P the pooled risk of a group over the rows",
      assumptions: "Independent binomial counts. With a zero cell 0.5 is added to every cell of the row by default.",
      source:
        "Katz, Baptista, Azen and Pike (1978), Biometrics 34, 469; Fleiss and Berlin (2009), Handbook of Research "
        + "Synthesis, 14.3")
  ) { tables, settings in
    guard settings.vtype == .AV else { return tables.map(riskRatioEffect) }
    let p1 = weightedAverage(tables, of: { $0.a / $0.n1 }, by: \.n1)
    let p2 = weightedAverage(tables, of: { $0.c / $0.n2 }, by: \.n2)
    return tables.map { table in
      Effect(yi: logRiskRatio(table), vi: (1 - p1) / (table.n1 * p1) + (1 - p2) / (table.n2 * p2))
    }
  }
}

private func logRiskRatio(_ table: TwoByTwo) -> Double { log(table.a / table.n1) - log(table.c / table.n2) }

/// Log risk ratio of one table; 1/a − 1/n₁ is written b/(a n₁), which does not cancel.
private func riskRatioEffect(_ table: TwoByTwo) -> Effect {
  Effect(
    yi: logRiskRatio(table), vi: table.b / (table.a * table.n1) + table.d / (table.c * table.n2))
}
