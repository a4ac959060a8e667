import NumericCore

extension MantelHaenszelMeasure where Columns == TwoByTwoColumns {
  /// Log risk ratio: θ = log(R/S) with R = Σ a n₂/N and S = Σ c n₁/N.
  ///
  /// Variance of Greenland and Robins (1985, eq. 13): Σ (n₁ n₂ (a + c) − a c N)/N² / (R S). Weights c n₁/N. Not
  /// estimable when R or S is zero.
  public static let riskRatio = MantelHaenszelMeasure(code: "RR", varianceName: "Greenland-Robins") {
    (table, complete) throws(FitError) in
    var (r, s, p) = (0.0, 0.0, 0.0)
    var weights = [Double](repeating: 0, count: table.count)
    for i in 0..<table.count where complete[i] {
      let (a, c) = (table.a[i], table.c[i])
      let (n1, n2) = (a + table.b[i], c + table.d[i])
      let n = n1 + n2
      if n == 0 { continue }
      r += a * n2 / n
      s += c * n1 / n
      p += (n1 / n) * (n2 / n) * (a + c) - a * c / n
      weights[i] = c * n1 / n
    }
    try needPositive(r, "the Mantel-Haenszel risk ratio (no events in group 1)")
    try needPositive(s, "the Mantel-Haenszel risk ratio (no events in group 2)")
    return PooledCounts(value: log(r / s), variance: p / r / s, weights: weights)
  }
}
