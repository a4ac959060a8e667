extension RiskDifferenceMethod {
  /// Wald: p₁ − p₂ ± z √(p₁(1 − p₁)/n₁ + p₂(1 − p₂)/n₂).
  ///
  /// The interval of textbooks. It covers too little in small tables, may pass −1 or 1, and has no width where both
  /// risks are 0 or 1. Source: Altman (1998), BMJ 317:1309, after Cook and Sackett (1995).
  public static let wald = RiskDifferenceMethod(code: "wald", name: "Wald") { table, _, z throws(AbsoluteEffectError) in
    let p1 = table.risk1
    let p2 = table.risk2
    let half = z * (p1 * (1 - p1) / table.total1 + p2 * (1 - p2) / table.total2).squareRoot()
    return ConfidenceLimits(lower: table.riskDifference - half, upper: table.riskDifference + half)
  }
}
