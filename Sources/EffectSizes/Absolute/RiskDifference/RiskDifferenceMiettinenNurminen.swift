import NumericCore

extension RiskDifferenceMethod {
  /// Miettinen–Nurminen: the differences δ that the score test does not reject.
  ///
  /// (d − δ)²/V(δ) ≤ z², with V(δ) = (p̃₁(1 − p̃₁)/n₁ + p̃₂(1 − p̃₂)/n₂) · N/(N − 1) at the most likely risks whose difference
  /// is δ. Each limit is the root of d − δ ∓ z √V(δ), bracketed between the estimate and ∓1 and solved to the last digits;
  /// a limit is ∓1 when the estimate is. Source: Miettinen and Nurminen (1985), Stat Med 4:213, equations 8–9.
  public static let miettinenNurminen = RiskDifferenceMethod(
    code: "miettinen-nurminen", name: "Miettinen–Nurminen score (1985)"
  ) { table, _, z throws(AbsoluteEffectError) in
    let lower = try ScoreLimit(table: table, z: z).lower()
    let upper = -(try ScoreLimit(table: table.complement, z: z).lower())
    return ConfidenceLimits(lower: lower, upper: upper)
  }
}

/// The lower limit of the score interval; the upper one is that of the complement, with its sign changed.
struct ScoreLimit {
  let risks: RestrictedRisks
  let difference, z, inflation: Double

  init(table: TwoArmCounts, z: Double) {
    risks = RestrictedRisks(table: table)
    difference = table.riskDifference
    self.z = z
    let people = table.total1 + table.total2
    inflation = people > 1 ? (people / (people - 1)).squareRoot() : 1
  }

  func lower() throws(AbsoluteEffectError) -> Double {
    if difference <= -1 { return -1 }
    let root = try? RootFinder.root(in: Bracket(-1, inner)) { delta in
      difference - delta - z * inflation * risks.variance(delta).squareRoot()
    }
    guard let root, root.converged else { throw .notConverged(what: "the Miettinen–Nurminen limit") }
    return root.value
  }

  /// The end of the bracket: the estimate, or just below it where the variance is zero and the estimate a false root.
  private var inner: Double {
    guard risks.variance(difference) <= 0 else { return difference }
    let people = risks.table.total1 + risks.table.total2
    return difference - min(1e-9, 1e-3 * z * z / people)
  }
}
