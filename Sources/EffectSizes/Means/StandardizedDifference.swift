private import NumericCore

/// A standardised mean difference d and the sizes of the groups, however the study gave it.
struct StandardizedDifference: Sendable {
  /// (m₁ − m₂)/s, s the pooled standard deviation.
  let d: Double
  let n1: Double
  let n2: Double
  /// The means it was computed from, where it was.
  var means: TwoMeans?

  var total: Double { n1 + n2 }
  var degreesOfFreedom: Double { n1 + n2 - 2 }
}

/// Reads standardised differences: the first of d, t, r and signed p that the row gives, else the means.
///
/// With A = 1/n₁ + 1/n₂ and m = n₁ + n₂ − 2: d = t √A; d = r √(m A)/√(1 − r²); a signed p is the two-sided p of the t-test
/// with the sign of the effect. Source: Borenstein (2009), Handbook of Research Synthesis, table 12.1; Tate (1954).
struct StandardizedDifferenceReader {
  private let di, ti, ri, pi, n1i, n2i: RoleColumn
  private let means: TwoMeansReader
  /// Whether there is a column for d, t, r or p.
  private let hasOtherForms: Bool

  init(_ columns: StudyColumns) {
    di = RoleColumn(.di, of: columns)
    ti = RoleColumn(.ti, of: columns)
    ri = RoleColumn(.ri, of: columns)
    pi = RoleColumn(.pi, of: columns)
    n1i = RoleColumn(.n1i, of: columns)
    n2i = RoleColumn(.n2i, of: columns)
    means = TwoMeansReader(columns)
    hasOtherForms = di.isPresent || ti.isPresent || ri.isPresent || pi.isPresent
  }

  func read(_ row: Int) throws(RowProblem.Kind) -> StandardizedDifference {
    guard hasOtherForms, let given = [di, ti, ri, pi].first(where: { !$0[row].isNaN }) else {
      return try fromMeans(row)
    }
    try requireValues(row, [n1i, n2i])
    let n1 = try n1i.positive(row, "a group size")
    let n2 = try n2i.positive(row, "a group size")
    let root = (1 / n1 + 1 / n2).squareRoot()
    let d =
      switch given.role {
      case .di: try di.number(row)
      case .ti: try ti.number(row) * root
      case .ri: fromCorrelation(try ri.correlation(row), n1 + n2 - 2) * root
      default: signedT(try pi.signedP(row), n1 + n2 - 2) * root
      }
    return StandardizedDifference(d: d, n1: n1, n2: n2)
  }

  private func fromMeans(_ row: Int) throws(RowProblem.Kind) -> StandardizedDifference {
    let groups = try means.read(row)
    return StandardizedDifference(
      d: groups.difference / groups.pooledVariance.squareRoot(), n1: groups.n1, n2: groups.n2, means: groups)
  }

  /// t of a correlation with m degrees of freedom; infinite at ±1.
  private func fromCorrelation(_ r: Double, _ m: Double) -> Double { r * (m / ((1 - r) * (1 + r))).squareRoot() }
}

extension Measure {
  /// A measure of a standardised mean difference, from means or from d, t, r or p.
  static func standardized(
    _ facts: Facts, family: Family = .means,
    estimate: @escaping @Sendable ([StandardizedDifference], Settings) -> [Effect]
  ) -> Measure {
    Measure(facts, family: family, forms: .standardized) { columns, settings in
      let rows = UsableRows(count: columns.count, read: StandardizedDifferenceReader(columns).read)
      return rows.columns(estimate(rows.inputs, settings), sizes: \.total) { _ in
        "undefined without variation within the groups, or with fewer than three subjects"
      }
    }
  }
}
