extension Measure {
  /// Log odds ratio.
  public static let oddsRatio = twoByTwo(
    Facts(
      code: "OR", name: "log odds ratio", scale: .log, display: .exp, varianceTypes: [.LS, .AV],
      formula: "yi = log(ad/(bc)); LS: vi = 1/a + 1/b + 1/c + 1/d; "
        + "AV: vi = 1/(n1 P1 (1-P1)) + 1/(n2 P2 (1-P2)), P the pooled risk of a group over the rows",
      assumptions: "Independent binomial counts. With a zero cell 0.5 is added to every cell of the row by default.",
      source: "Woolf (1955), Annals of Human Genetics 19, 251; Gart and Zweifel (1967), Biometrika 54, 181; Fleiss and "
        + "Berlin (2009), Handbook of Research Synthesis, 14.5")
  ) { tables, settings in
    guard settings.vtype == .AV else { return tables.map(oddsRatioEffect) }
    let p1 = weightedAverage(tables, of: { $0.a / $0.n1 }, by: \.n1)
    let p2 = weightedAverage(tables, of: { $0.c / $0.n2 }, by: \.n2)
    return tables.map { table in
      Effect(yi: logOddsRatio(table), vi: 1 / (table.n1 * p1 * (1 - p1)) + 1 / (table.n2 * p2 * (1 - p2)))
    }
  }
}

/// log(ad/(bc)) as a difference of logs of products: no overflow for counts below 1e150, and infinite with a zero cell.
func logOddsRatio(_ table: TwoByTwo) -> Double { log(table.a * table.d / (table.b * table.c)) }

/// Log odds ratio of one table and its large-sample variance.
func oddsRatioEffect(_ table: TwoByTwo) -> Effect { Effect(yi: logOddsRatio(table), vi: table.sumOfReciprocals) }
