extension RiskDifferenceMethod {
  /// Agresti–Caffo: the Wald interval after adding one event and one non-event to each arm, cut at −1 and 1.
  ///
  /// p̃ᵢ = (xᵢ + 1)/(nᵢ + 2), ñᵢ = nᵢ + 2; the interval is centred on p̃₁ − p̃₂, a little nearer to zero than the estimate.
  /// Source: Agresti and Caffo (2000), Am Stat 54:280.
  public static let agrestiCaffo = RiskDifferenceMethod(
    code: "agresti-caffo", name: "Agresti–Caffo (2000)"
  ) { table, _, z throws(AbsoluteEffectError) in
    let n1 = table.total1 + 2
    let n2 = table.total2 + 2
    let p1 = (table.events1 + 1) / n1
    let p2 = (table.events2 + 1) / n2
    let half = z * (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2).squareRoot()
    return ConfidenceLimits(lower: p1 - p2 - half, upper: p1 - p2 + half).clamped(to: -1...1)
  }
}
