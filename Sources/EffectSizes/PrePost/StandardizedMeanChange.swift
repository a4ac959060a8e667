extension Measure {
  /// Mean change standardised by the deviation of the change.
  public static let standardizedMeanChange = Measure(
    Facts(
      code: "SMCC", name: "standardised mean change, by the deviation of the change", scale: .identity, display: .none,
      varianceTypes: [.LS, .LS2, .UB, .AV],
      formula: "d = (m1-m2)/sqrt(sd1^2 + sd2^2 - 2 r sd1 sd2); yi = g = J(n-1) d; LS: vi = 1/n + g^2/(2n); "
        + "LS2: vi = J^2 (1/n + d^2/(2n)); UB: vi = 1/n + (1 - (n-3)/((n-1) J^2)) g^2; AV: LS with the size-weighted mean "
        + "of g",
      assumptions: "Normal changes. The means may be replaced by d, the paired t = d sqrt(n), or its signed p.",
      source: "Gibbons, Hedeker and Davis (1993), Journal of Educational Statistics 18, 271; Hedges (1983) (UB)"),
    family: .change,
    forms: [InputForm([.m1i, .m2i, .sd1i, .sd2i, .ri, .ni])]
      + [Role.di, .ti, .pi].map { given in
        InputForm([given, .ni], optional: [.di, .ti, .pi].filter { $0 != given })
      }
  ) { columns, settings in
    let rows = UsableRows(count: columns.count, read: ChangeReader(columns).read)
    return rows.columns(Standardized.effects(rows.inputs, settings), sizes: \.size) { _ in
      "undefined without variation of the change, or for fewer than 3 pairs"
    }
  }
}

/// Reads standardised changes: the first of d, t and signed p that the row gives, else the means.
private struct ChangeReader {
  private let di, ti, pi, ni: RoleColumn
  private let means: PairedMeansReader

  init(_ columns: StudyColumns) {
    di = RoleColumn(.di, of: columns)
    ti = RoleColumn(.ti, of: columns)
    pi = RoleColumn(.pi, of: columns)
    ni = RoleColumn(.ni, of: columns)
    means = PairedMeansReader(columns)
  }

  func read(_ row: Int) throws(RowProblem.Kind) -> Standardized {
    guard let given = [di, ti, pi].first(where: { !$0[row].isNaN }) else {
      let data = try means.read(row)
      return standardized(data.difference / data.changeVariance.squareRoot(), data.n)
    }
    let n = try ni.positive(row, "a sample size")
    switch given.role {
    case .di: return standardized(try di.number(row), n)
    case .ti: return standardized(try ti.number(row) / n.squareRoot(), n)
    default: return standardized(signedT(try pi.signedP(row), n - 1) / n.squareRoot(), n)
    }
  }

  private func standardized(_ d: Double, _ n: Double) -> Standardized {
    Standardized(d: d, degreesOfFreedom: n - 1, base: 1 / n, curvature: 1 / (2 * n), size: n)
  }
}
