extension Measure {
  /// Risk difference.
  public static let riskDifference = twoByTwo(
    Facts(
      code: "RD", name: "risk difference", scale: .identity, display: .none, varianceTypes: [.LS, .UB, .AV],
      formula: "yi = a/n1 - c/n2 = p1 - p2; LS: vi = p1(1-p1)/n1 + p2(1-p2)/n2; UB: with n-1 for n; "
        + "AV: with the pooled risks of the groups over the rows",
      assumptions: "Independent binomial counts. With a zero cell 0.5 is added to every cell of the row by default; "
        + "uncorrected, a variance of 0 is possible and kept.",
      source: "Fleiss and Berlin (2009), Handbook of Research Synthesis, 14.2 "
        + "(UB: p(1-p)/(n-1) is the unbiased estimate)")
  ) { tables, settings in
    let p1 = weightedAverage(tables, of: { $0.a / $0.n1 }, by: \.n1)
    let p2 = weightedAverage(tables, of: { $0.c / $0.n2 }, by: \.n2)
    return tables.map { table in
      let yi = table.a / table.n1 - table.c / table.n2
      return switch settings.vtype {
      case .AV: Effect(yi: yi, vi: p1 * (1 - p1) / table.n1 + p2 * (1 - p2) / table.n2)
      case .UB: Effect(yi: yi, vi: variance(table, less: 1))
      default: Effect(yi: yi, vi: variance(table, less: 0))
      }
    }
  }
}

/// p(1−p)/(n − less) of both groups.
private func variance(_ table: TwoByTwo, less: Double) -> Double {
  let first = table.a / table.n1 * (table.b / table.n1) / (table.n1 - less)
  return first + table.c / table.n2 * (table.d / table.n2) / (table.n2 - less)
}
