public import EffectSizes
import NumericCore

/// Peto's one-step pooled log odds ratio: θ = Σ (a − E) / Σ V with variance 1 / Σ V.
///
/// E = n₁ m / N and V = m (N − m) n₁ n₂ / (N² (N − 1)) are the mean and variance of a given the margins, m = a + c.
/// Heterogeneity in the O−E form: Q = Σ (a − E − θV)² / V. Weights V. Sound for rare events and groups of like size;
/// biased for large effects in unequal groups. A table without events, or without non-events, has V = 0 and adds
/// nothing to the estimate and to Q.
///
/// Source: Yusuf, Peto, Lewis, Collins and Sleight (1985).
public struct Peto: Sendable {
  /// Coverage of the interval.
  public var level: Double

  /// A specification.
  public init(level: Double = 0.95) { self.level = level }

  /// Pools the tables; the rows that have an effect size of their own count for Q's degrees of freedom.
  ///
  /// Throws `domain` for impossible counts, `noStudies` without a complete row, `notEstimable` when no table has both
  /// events and non-events.
  public func fit(_ table: TwoByTwoColumns, rows: EffectColumns) throws(FitError) -> Fit {
    try checkLevel(level)
    try table.validate()
    let complete = table.completeRows()
    let k = complete.count { $0 }
    if k == 0 { throw .noStudies }
    let scores = (0..<table.count).map { complete[$0] ? HypergeometricScore(table, $0) : HypergeometricScore() }
    let information = scores.reduce(0) { $0 + $1.variance }
    if information <= 0 {
      throw .notEstimable(
        what: "Peto's odds ratio (no table has both events and non-events)",
        hint: "pool risk differences, or describe the studies without pooling")
    }
    let value = scores.reduce(0) { $0 + $1.excess } / information
    var q = 0.0
    for score in scores where score.variance > 0 {
      let residual = score.excess - value * score.variance
      q += residual * residual / score.variance
    }
    return try Fit(
      effects: "equal", method: "PETO", inference: "normal", level: level, k: k, terms: ["intercept"],
      coefficients: [Estimate(normal: value, standardError: (1 / information).squareRoot(), level: level)],
      covariance: Matrix(rows: 1, columns: 1, storage: [1 / information]),
      heterogeneity: Heterogeneity(q: q, rows: usableRows(rows)),
      convergence: .closedForm("Peto, one step"), weights: inPerCent(scores.map(\.variance), complete))
  }
}

/// Observed minus expected events of group 1 and its variance, given the margins of a table.
struct HypergeometricScore {
  /// a − n₁ m / N, and m (N − m) n₁ n₂ / (N² (N − 1)); both zero when the table tells nothing.
  var excess = 0.0
  var variance = 0.0

  init() {}

  init(_ table: TwoByTwoColumns, _ i: Int) {
    let (a, b, c, d) = (table.a[i], table.b[i], table.c[i], table.d[i])
    let (n1, n2, events, nonEvents) = (a + b, c + d, a + c, b + d)
    let n = n1 + n2
    if n <= 1 || n1 == 0 || n2 == 0 { return }
    // a − n₁ m / N = (a d − b c) / N without the cancellation of a and its expectation.
    excess = (a * d - b * c) / n
    variance = events * (nonEvents / n) * (n1 / n) * (n2 / (n - 1))
  }
}
