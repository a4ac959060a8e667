extension MantelHaenszelMeasure where Columns == TwoByTwoColumns {
  /// Risk difference: θ = Σ (a n₂ − c n₁)/N / W with W = Σ n₁ n₂/N.
  ///
  /// Variance of Sato (Sato, Greenland and Robins 1989), right both for few large and for many sparse tables:
  /// (θ ΣP + ΣQ) / W² with P = c (n₁/N)² − a (n₂/N)² + (n₁/N)(n₂/N)(n₂ − n₁)/2 and
  /// Q = (a (n₂ − c) + c (n₁ − a)) / 2N. Weights n₁ n₂/N. Not estimable without any event, or without any non-event.
  public static let riskDifference = MantelHaenszelMeasure(code: "RD", varianceName: "Sato") {
    (table, complete) throws(FitError) in
    var (p, q) = (0.0, 0.0)
    var pooled = try pooledRiskDifference(table, complete)
    for i in 0..<table.count where complete[i] {
      let (a, b, c, d) = (table.a[i], table.b[i], table.c[i], table.d[i])
      let (n1, n2) = (a + b, c + d)
      let n = n1 + n2
      if n == 0 { continue }
      let (f1, f2) = (n1 / n, n2 / n)
      p += c * f1 * f1 - a * f2 * f2 + f1 * f2 * (n2 - n1) / 2
      q += (a * d + c * b) / n / 2
    }
    let total = pooled.weights.reduce(0, +)
    pooled.variance = (pooled.value * p + q) / total / total
    try needPositive(pooled.variance, "the variance of the Mantel-Haenszel risk difference")
    return pooled
  }

  /// Risk difference with the variance of Greenland and Robins (1985), as RevMan and R's meta use it:
  /// Σ (a b n₂³ + c d n₁³) / (n₁ n₂ N²) / W², right for tables that are large. Estimate and weights as
  /// `riskDifference`.
  public static let riskDifferenceGreenlandRobins = MantelHaenszelMeasure(
    code: "RD", varianceName: "Greenland-Robins"
  ) { (table, complete) throws(FitError) in
    var pooled = try pooledRiskDifference(table, complete)
    var sum = 0.0
    for i in 0..<table.count where complete[i] {
      let (a, b, c, d) = (table.a[i], table.b[i], table.c[i], table.d[i])
      let (n1, n2) = (a + b, c + d)
      let n = n1 + n2
      if n1 == 0 || n2 == 0 { continue }
      sum += a * b / n1 * (n2 / n) * (n2 / n) + c * d / n2 * (n1 / n) * (n1 / n)
    }
    let total = pooled.weights.reduce(0, +)
    pooled.variance = sum / total / total
    try needPositive(pooled.variance, "the variance of the Mantel-Haenszel risk difference")
    return pooled
  }
}

/// Σ (a n₂ − c n₁)/N over Σ n₁ n₂/N, with the weights n₁ n₂/N; the variance is left to the caller.
private func pooledRiskDifference(_ table: TwoByTwoColumns, _ complete: [Bool]) throws(FitError) -> PooledCounts {
  var (difference, total, events, nonEvents) = (0.0, 0.0, 0.0, 0.0)
  var weights = [Double](repeating: 0, count: table.count)
  for i in 0..<table.count where complete[i] {
    let (a, b, c, d) = (table.a[i], table.b[i], table.c[i], table.d[i])
    let n = a + b + c + d
    if n == 0 { continue }
    weights[i] = (a + b) / n * (c + d)
    difference += (a * d - c * b) / n
    total += weights[i]
    events += a + c
    nonEvents += b + d
  }
  try needPositive(events, "the Mantel-Haenszel risk difference (no events in any study)")
  try needPositive(nonEvents, "the Mantel-Haenszel risk difference (no non-events in any study)")
  try needPositive(total, "the Mantel-Haenszel risk difference (no study has two groups)")
  return PooledCounts(value: difference / total, variance: .nan, weights: weights)
}
