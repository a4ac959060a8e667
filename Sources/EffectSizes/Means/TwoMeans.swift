/// Means, standard deviations and sizes of two independent groups.
struct TwoMeans: Sendable {
  let m1, sd1, n1: Double
  let m2, sd2, n2: Double

  var total: Double { n1 + n2 }
  var difference: Double { m1 - m2 }
  /// Degrees of freedom n₁ + n₂ − 2 of the pooled variance.
  var degreesOfFreedom: Double { n1 + n2 - 2 }
  /// Pooled variance ((n₁−1)s₁² + (n₂−1)s₂²)/(n₁+n₂−2).
  var pooledVariance: Double { ((n1 - 1) * sd1 * sd1 + (n2 - 1) * sd2 * sd2) / degreesOfFreedom }
  /// Mean of the two variances.
  var averageVariance: Double { 0.5 * (sd1 * sd1 + sd2 * sd2) }
}

/// Reads means, standard deviations and sizes of two groups.
struct TwoMeansReader {
  private let m1i, sd1i, n1i, m2i, sd2i, n2i: RoleColumn

  init(_ columns: StudyColumns) {
    m1i = RoleColumn(.m1i, of: columns)
    sd1i = RoleColumn(.sd1i, of: columns)
    n1i = RoleColumn(.n1i, of: columns)
    m2i = RoleColumn(.m2i, of: columns)
    sd2i = RoleColumn(.sd2i, of: columns)
    n2i = RoleColumn(.n2i, of: columns)
  }

  /// Checks the values that are there, whether or not the row is complete.
  func read(_ row: Int, ignoring unused: Set<Role> = []) throws(RowProblem.Kind) -> TwoMeans {
    if unused.isEmpty, let groups = complete(row) { return groups }
    return try readCarefully(row, ignoring: unused)
  }

  /// The groups of a row that is complete and has nothing wrong; every other row takes the careful path.
  @inline(__always)
  private func complete(_ row: Int) -> TwoMeans? {
    let groups = TwoMeans(
      m1: m1i[row], sd1: sd1i[row], n1: n1i[row], m2: m2i[row], sd2: sd2i[row], n2: n2i[row])
    // False for NaN too.
    let isPossible =
      groups.sd1 >= 0 && groups.sd2 >= 0 && groups.n1 > 0 && groups.n2 > 0 && groups.m1.isFinite
      && groups.m2.isFinite && groups.sd1.isFinite && groups.sd2.isFinite && groups.total.isFinite
    return isPossible ? groups : nil
  }

  private func readCarefully(_ row: Int, ignoring unused: Set<Role>) throws(RowProblem.Kind) -> TwoMeans {
    for column in [sd1i, sd2i] where !unused.contains(column.role) {
      if try column.ifPresent(row) != nil { _ = try column.nonNegative(row, "a standard deviation") }
    }
    for column in [n1i, n2i] where try column.ifPresent(row) != nil { _ = try column.positive(row, "a group size") }
    try requireValues(row, [m1i, sd1i, n1i, m2i, sd2i, n2i].filter { !unused.contains($0.role) })
    for column in [m1i, m2i] where !unused.contains(column.role) { _ = try column.number(row) }
    return TwoMeans(m1: m1i[row], sd1: sd1i[row], n1: n1i[row], m2: m2i[row], sd2: sd2i[row], n2: n2i[row])
  }
}

extension Measure {
  /// A measure of two independent groups' means, deviations and sizes; `unused` roles are neither needed nor checked.
  static func twoMeans(
    _ facts: Facts, unused: Set<Role> = [], reason: String,
    estimate: @escaping @Sendable ([TwoMeans], Settings) -> [Effect]
  ) -> Measure {
    let forms = [InputForm([Role.m1i, .sd1i, .n1i, .m2i, .sd2i, .n2i].filter { !unused.contains($0) })]
    return Measure(facts, family: .means, forms: forms) { columns, settings in
      let reader = TwoMeansReader(columns)
      let rows = UsableRows<TwoMeans>(count: columns.count) { row throws(RowProblem.Kind) in
        try reader.read(row, ignoring: unused)
      }
      return rows.columns(estimate(rows.inputs, settings), sizes: \.total) { _ in reason }
    }
  }

  /// The measures of two groups' means.
  static let means: [Measure] = [
    meanDifference, standardizedMeanDifference, heteroscedasticSMD, smdBySecondGroup, smdBySecondGroupHeteroscedastic,
    ratioOfMeans, variabilityRatio, coefficientOfVariationRatio, pointBiserial, zPointBiserial, biserial, zBiserial,
    smdToOddsRatioNormal, smdToOddsRatioLogistic, commonLanguage, commonLanguageNormal,
  ]
}
