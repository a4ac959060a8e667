import EffectSizes

extension Heterogeneity {
  /// Heterogeneity of the studies' own estimates around a pooled value: Q = Σ (yᵢ − θ)²/vᵢ over the usable rows,
  /// I² = (Q − df)/Q truncated at 0, H² = Q/df. Without a second usable row nothing is known.
  init(rows: EffectColumns, around pooled: Double) {
    var sum = 0.0
    for i in rows.yi.indices where isUsable(rows, i) {
      let residual = rows.yi[i] - pooled
      sum += residual * residual / rows.vi[i]
    }
    self.init(q: sum, rows: usableRows(rows))
  }

  /// What follows from a Q over `rows` estimates: I², H² and the p-value.
  init(q sum: Double, rows: Int) {
    self.init(iSquaredMethod: ISquaredDefinition.q.word)
    if rows < 2 { return }
    let df = Double(rows - 1)
    q = sum
    qDegreesOfFreedom = rows - 1
    qPValue = upperTailOfChiSquared(sum, degreesOfFreedom: df)
    iSquared = sum > df ? (sum - df) / sum : 0
    hSquared = sum / df
  }
}

/// Whether a row has an effect size with a positive variance.
func isUsable(_ rows: EffectColumns, _ i: Int) -> Bool {
  rows.yi[i].isFinite && rows.vi[i].isFinite && rows.vi[i] > 0
}

/// Number of rows that have an effect size.
func usableRows(_ rows: EffectColumns) -> Int { rows.yi.indices.count { isUsable(rows, $0) } }

extension Estimate {
  /// An estimate with normal inference. Throws `domain` for a level that is not between 0 and 1.
  init(normal value: Double, standardError: Double, level: Double) throws(FitError) {
    let law = ReferenceLaw.normal
    self.init(
      value: value, standardError: standardError, law: law, critical: try law.critical(level: level), level: level)
  }
}

/// Throws unless a level lies strictly between 0 and 1.
func checkLevel(_ level: Double) throws(FitError) {
  if level > 0 && level < 1 { return }
  throw .domain(what: "level", value: level, expected: "a number between 0 and 1, such as 0.95")
}

/// Weights scaled to a sum of 100; `NaN` for rows that take no part.
func inPerCent(_ weights: [Double], _ complete: [Bool]) -> [Double] {
  let total = weights.reduce(0, +)
  return weights.indices.map { complete[$0] ? 100 * weights[$0] / total : .nan }
}
