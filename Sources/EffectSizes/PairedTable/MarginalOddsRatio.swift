extension Measure {
  /// Marginal log odds ratio from the margins of paired tables and their correlation.
  public static let marginalOddsRatio = Measure(
    Facts(
      code: "MPORM", name: "marginal log odds ratio from the margins of a paired table", scale: .log, display: .exp,
      formula: "yi = log(ad/(bc)); vi = 1/a + 1/b + 1/c + 1/d - 2 r N/sqrt(abcd), N = (n1+n2)/2 rounded; with pi, the "
        + "proportion having the event both times, r = (pi - p1 p2)/sqrt(p1 q1 p2 q2)",
      assumptions: "a, b: with and without the event under treatment 1; c, d: under treatment 2, in the same pairs. "
        + "A joint proportion must be possible with these margins, and a correlation must leave a variance of at least 0; "
        + "else undefined.",
      source: "Elbourne et al. (2002), International Journal of Epidemiology 31, 140; Zou (2007), Clinical Trials 4, 25"
    ),
    family: .pairedTable,
    forms: [Role.ri, .pi].flatMap { given in [InputForm].twoByTwo.map { InputForm($0.roles + [given]) } },
    add: 0.5
  ) { columns, settings in
    let tables = TwoByTwoReader(columns)
    let ri = RoleColumn(.ri, of: columns)
    let pi = RoleColumn(.pi, of: columns)
    var rows = UsableRows<CorrelatedMargins>(count: columns.count) { row throws(RowProblem.Kind) in
      let table = try tables.read(row)
      if try ri.ifPresent(row) != nil {
        return CorrelatedMargins(table: table, correlation: try ri.correlation(row), joint: .nan)
      }
      let joint = try pi.number(row, "a proportion between 0 and 1") { $0 >= 0 && $0 <= 1 }
      return CorrelatedMargins(table: table, correlation: .nan, joint: joint)
    }
    rows.correct(settings, needs: \.table.hasZeroCell) { margins, amount in
      CorrelatedMargins(table: margins.table.adding(amount), correlation: margins.correlation, joint: margins.joint)
    }
    return rows.columns(rows.inputs.map(\.effect), sizes: \.pairs) { _ in
      "the correlation or joint proportion is not possible with these margins, or a cell is empty"
    }
  }
}

/// A marginal table and how its two rows hang together; either the correlation or the joint proportion is `NaN`.
private struct CorrelatedMargins: Sendable {
  let table: TwoByTwo
  let correlation: Double
  let joint: Double

  /// Number of pairs: the rows' mean, a whole number with halves to even.
  var pairs: Double { (0.5 * table.total).rounded(.toNearestOrEven) }

  var effect: Effect {
    let p1 = table.a / table.n1
    let p2 = table.c / table.n2
    let spread = (p1 * (1 - p1) * p2 * (1 - p2)).squareRoot()
    let slack = 1e-12
    if joint < max(0, p1 + p2 - 1) - slack || joint > min(p1, p2) + slack { return .undefined }
    let r = correlation.isNaN ? (joint - p1 * p2) / spread : correlation
    let root = (table.a * table.b).squareRoot() * (table.c * table.d).squareRoot()
    return Effect(yi: logOddsRatio(table), vi: table.sumOfReciprocals - 2 * r * pairs / root)
  }
}
