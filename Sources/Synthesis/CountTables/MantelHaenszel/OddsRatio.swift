import NumericCore

extension MantelHaenszelMeasure where Columns == TwoByTwoColumns {
  /// Log odds ratio: θ = log(R/S) with R = Σ ad/N and S = Σ bc/N.
  ///
  /// Variance of Robins, Breslow and Greenland (1986, eq. 3): ΣPR / 2R² + Σ(PS + QR) / 2RS + ΣQS / 2S² with
  /// P = (a + d)/N and Q = (b + c)/N. Weights bc/N. Not estimable when R or S is zero.
  public static let oddsRatio = MantelHaenszelMeasure(code: "OR", varianceName: "Robins-Breslow-Greenland") {
    (table, complete) throws(FitError) in
    var (r, s, pr, mixed, qs) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var weights = [Double](repeating: 0, count: table.count)
    for i in 0..<table.count where complete[i] {
      let (a, b, c, d) = (table.a[i], table.b[i], table.c[i], table.d[i])
      let n = a + b + c + d
      if n == 0 { continue }
      let (ri, si, pi, qi) = (a / n * d, b / n * c, (a + d) / n, (b + c) / n)
      r += ri
      s += si
      pr += pi * ri
      mixed += pi * si + qi * ri
      qs += qi * si
      weights[i] = si
    }
    try needPositive(r, "the Mantel-Haenszel odds ratio (its numerator is zero)")
    try needPositive(s, "the Mantel-Haenszel odds ratio (its denominator is zero)")
    let variance = (pr / r / r + mixed / r / s + qs / s / s) / 2
    return PooledCounts(value: log(r / s), variance: variance, weights: weights)
  }
}
