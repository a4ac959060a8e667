extension ConversionRoute {
  /// From a statistic of two groups and their sizes: d, t, F with one degree of freedom, p, point-biserial r.
  static let groupStatistics: [ConversionRoute] = [
    groupStatistic("given d and group sizes", .di, []),
    groupStatistic("t and group sizes", .ti, ["t is that of the two-sample test with pooled variance"]),
    fStatistic,
    groupStatistic(
      "p and group sizes", .pi, ["p is two-sided, of the two-sample t-test, and has the sign of the effect"]),
    groupStatistic("r and group sizes", .ri, ["r is the point-biserial correlation with the group"]),
  ]

  private static let source =
    "Borenstein (2009), Handbook of Research Synthesis, table 12.1; Hasselblad and Hedges (1995)"

  private static func groupStatistic(_ name: String, _ role: Role, _ assumptions: [String]) -> ConversionRoute {
    let roles = [role, .n1i, .n2i]
    return ConversionRoute(name, roles.map { ReportedWord($0) }, source: source) { target in
      standardizedCarrier(of: target).map { Bridge($0, for: target, roles: roles, assumptions: assumptions) }
    }
  }

  /// t = √F, taken as positive.
  private static let fStatistic: ConversionRoute = {
    let roles: [Role] = [.fi, .n1i, .n2i]
    return ConversionRoute("F and group sizes", roles.map { ReportedWord($0) }, source: source) { target in
      standardizedCarrier(of: target).map { carrier in
        Bridge(
          carrier, for: target, assumptions: ["F has one degree of freedom above, and the effect is positive"]
        ) { columns, row, _ in
          let value = { (role: Role) in columns.value(ReportedWord(role), row) }
          return [.ti: value(.fi).squareRoot(), .n1i: value(.n1i), .n2i: value(.n2i)]
        }
      }
    }
  }()
}
