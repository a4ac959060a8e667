/// Means and standard deviations of the same subjects (or matched pairs) at two occasions, and their correlation.
struct PairedMeans: Sendable {
  let m1, sd1: Double
  let m2, sd2: Double
  let r: Double
  let n: Double

  var difference: Double { m1 - m2 }
  /// Variance of the change, s₁² + s₂² − 2 r s₁ s₂, as a sum of terms ≥ 0.
  var changeVariance: Double { square(sd1 - sd2) + 2 * (1 - r) * sd1 * sd2 }
  /// Mean of the two variances.
  var averageVariance: Double { 0.5 * (sd1 * sd1 + sd2 * sd2) }
}

/// Reads paired means; `unused` roles are neither needed nor checked.
struct PairedMeansReader {
  private let m1i, m2i, sd1i, sd2i, ri, ni: RoleColumn
  private let unused: Set<Role>

  init(_ columns: StudyColumns, unused: Set<Role> = []) {
    m1i = RoleColumn(.m1i, of: columns)
    m2i = RoleColumn(.m2i, of: columns)
    sd1i = RoleColumn(.sd1i, of: columns)
    sd2i = RoleColumn(.sd2i, of: columns)
    ri = RoleColumn(.ri, of: columns)
    ni = RoleColumn(.ni, of: columns)
    self.unused = unused
  }

  func read(_ row: Int) throws(RowProblem.Kind) -> PairedMeans {
    for column in [sd1i, sd2i] where !unused.contains(column.role) {
      if try column.ifPresent(row) != nil { _ = try column.nonNegative(row, "a standard deviation") }
    }
    if try ri.ifPresent(row) != nil { _ = try ri.correlation(row) }
    if try ni.ifPresent(row) != nil { _ = try ni.positive(row, "a sample size") }
    try requireValues(row, [m1i, m2i, sd1i, sd2i, ri, ni].filter { !unused.contains($0.role) })
    for column in [m1i, m2i] where !unused.contains(column.role) { _ = try column.number(row) }
    return PairedMeans(m1: m1i[row], sd1: sd1i[row], m2: m2i[row], sd2: sd2i[row], r: ri[row], n: ni[row])
  }
}

extension Measure {
  /// A measure of change, or of matched pairs.
  static func change(
    _ facts: Facts, unused: Set<Role> = [], reason: String = "undefined for these deviations, or for so small a sample",
    estimate: @escaping @Sendable ([PairedMeans], Settings) -> [Effect]
  ) -> Measure {
    let forms = [InputForm([Role.m1i, .m2i, .sd1i, .sd2i, .ri, .ni].filter { !unused.contains($0) })]
    return Measure(facts, family: .change, forms: forms) { columns, settings in
      let rows = UsableRows(count: columns.count, read: PairedMeansReader(columns, unused: unused).read)
      return rows.columns(estimate(rows.inputs, settings), sizes: \.n) { _ in reason }
    }
  }

  /// The measures of change and matched pairs.
  static let changes: [Measure] = [
    meanChange, standardizedMeanChange, standardizedMeanChangeRaw, standardizedMeanChangeRawHeteroscedastic,
    standardizedMeanChangePooled, standardizedMeanChangePooledHeteroscedastic, changeRatioOfMeans,
    changeVariabilityRatio, changeCoefficientOfVariationRatio, pairedCommonLanguage,
  ]
}
