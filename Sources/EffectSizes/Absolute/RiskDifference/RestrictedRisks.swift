/// The most likely risks of two arms whose difference is given.
///
/// Maximises x₁ log(q + δ) + (n₁ − x₁) log(1 − q − δ) + x₂ log q + (n₂ − x₂) log(1 − q) over the control risk q. The
/// log-likelihood is concave, so its slope is solved by Newton steps within a bracket; Miettinen and Nurminen's cubic
/// has the same root but loses half the digits where two of its roots meet. Source: Miettinen and Nurminen (1985), Stat
/// Med 4:213, appendix I.
struct RestrictedRisks {
  let table: TwoArmCounts

  /// Newton within a bracket: 4 to 8 steps are usual; bisection alone would need 60.
  private static let limit = 200

  /// The control risk q that is most likely under p₁ = q + δ.
  func controlRisk(_ delta: Double) -> Double {
    var lower = max(0, -delta)
    var upper = min(1, 1 - delta)
    guard lower < upper else { return lower }
    if slope(lower, delta) <= 0 { return lower }
    if slope(upper, delta) >= 0 { return upper }
    let pooled = (table.events1 + table.events2 - table.total1 * delta) / (table.total1 + table.total2)
    var q = pooled > lower && pooled < upper ? pooled : 0.5 * (lower + upper)
    for _ in 0..<RestrictedRisks.limit {
      let value = slope(q, delta)
      if value == 0 { return q }
      if value > 0 { lower = q } else { upper = q }
      var next = q - value / curvature(q, delta)
      if abs(next - q) <= 1e-15 * q { return q }
      if !(next > lower && next < upper) { next = 0.5 * (lower + upper) }
      if next == lower || next == upper { return next }
      q = next
    }
    return q
  }

  /// The variance of the difference at those risks, p₁(1 − p₁)/n₁ + p₂(1 − p₂)/n₂.
  func variance(_ delta: Double) -> Double {
    let q = controlRisk(delta)
    let p = min(max(q + delta, 0), 1)
    return p * (1 - p) / table.total1 + q * (1 - q) / table.total2
  }

  /// Slope of the log-likelihood; a term whose count is zero is absent, also at its pole.
  ///
  /// At the ends of the range a distance to a pole may round to below zero; it is zero there.
  private func slope(_ q: Double, _ delta: Double) -> Double {
    var sum = 0.0
    if table.events1 > 0 { sum += table.events1 / max(0, q + delta) }
    if table.events2 > 0 { sum += table.events2 / q }
    if table.events1 < table.total1 { sum -= (table.total1 - table.events1) / max(0, 1 - q - delta) }
    if table.events2 < table.total2 { sum -= (table.total2 - table.events2) / (1 - q) }
    return sum
  }

  private func curvature(_ q: Double, _ delta: Double) -> Double {
    let p = q + delta
    var sum = 0.0
    if table.events1 > 0 { sum -= table.events1 / (p * p) }
    if table.events2 > 0 { sum -= table.events2 / (q * q) }
    if table.events1 < table.total1 { sum -= (table.total1 - table.events1) / ((1 - p) * (1 - p)) }
    if table.events2 < table.total2 { sum -= (table.total2 - table.events2) / ((1 - q) * (1 - q)) }
    return sum
  }
}
