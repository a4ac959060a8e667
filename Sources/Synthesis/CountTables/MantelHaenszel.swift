public import EffectSizes
import NumericCore

/// Mantel–Haenszel pooling of a measure over strata: one common effect, from the raw counts.
///
/// The pooled estimate uses the cells as they are (`correction` is `.none` by default). Heterogeneity compares the
/// studies' own effect sizes with it: Q = Σ (yᵢ − θ_MH)² / vᵢ with k_y − 1 degrees of freedom over the rows that have
/// one, I² = (Q − df) / Q truncated at 0, H² = Q / df. Studies' weights are those of the Mantel–Haenszel estimator.
///
/// Source: Mantel and Haenszel (1959); variances at each measure; the layout of the heterogeneity statistics as in
/// Viechtbauer (2010), `rma.mh`.
public struct MantelHaenszel<Columns: CountColumns>: Sendable {
  /// What is pooled, with its variance.
  public var measure: MantelHaenszelMeasure<Columns>
  /// Coverage of the interval.
  public var level: Double
  /// Correction of the cells that enter the pooled estimate; `.none` by default.
  public var correction: PooledCorrection

  /// A specification.
  public init(measure: MantelHaenszelMeasure<Columns>, level: Double = 0.95, correction: PooledCorrection = .none) {
    self.measure = measure
    self.level = level
    self.correction = correction
  }

  /// Pools the columns; `rows` are the studies' own effect sizes, for the heterogeneity only.
  ///
  /// `rows` has one value for each row of the columns, `NaN` where a study has no effect size (both arms without
  /// events). Throws `domain` for impossible counts, `noStudies` without a complete row, `notEstimable` when there is no
  /// event at all or one group has none (ratio measures).
  public func fit(_ columns: Columns, rows: EffectColumns) throws(FitError) -> Fit {
    try checkLevel(level)
    try columns.validate()
    let (cells, corrected) = correction.applied(to: columns)
    let complete = cells.completeRows()
    let k = complete.count { $0 }
    if k == 0 { throw .noStudies }
    let pooled = try measure.pool(cells, complete)
    let estimate = try Estimate(
      normal: pooled.value, standardError: pooled.variance.squareRoot(), level: level)
    var fit = Fit(
      effects: "equal", method: "MH", inference: "normal", level: level, k: k, terms: ["intercept"],
      coefficients: [estimate], covariance: Matrix(rows: 1, columns: 1, storage: [pooled.variance]),
      heterogeneity: Heterogeneity(rows: rows, around: pooled.value),
      convergence: .closedForm("Mantel-Haenszel, \(measure.varianceName) variance"),
      weights: inPerCent(pooled.weights, complete))
    if corrected > 0 {
      fit.notes.append(
        Note(
          code: "pooled-correction",
          message: "\(correction.amount) was added to the cells of \(corrected) of \(k) studies before pooling; "
            + "the Mantel-Haenszel estimate needs no such correction."))
    }
    return fit
  }
}
