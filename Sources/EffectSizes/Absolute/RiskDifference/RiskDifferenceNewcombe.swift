extension RiskDifferenceMethod {
  /// Newcombe's hybrid score interval: the distances from the risks to their Wilson limits, squared and added.
  ///
  /// With lᵢ, uᵢ the Wilson limits of pᵢ and d = p₁ − p₂:
  /// lower = d − √((p₁ − l₁)² + (u₂ − p₂)²), upper = d + √((u₁ − p₁)² + (p₂ − l₂)²). Never outside −1…1, and never without
  /// width. Sources: Newcombe (1998), Stat Med 17:873, method 10; recommended for the number needed to treat by Bender
  /// (2001), Control Clin Trials 22:102.
  public static let newcombe = RiskDifferenceMethod(
    code: "newcombe", name: "Newcombe hybrid score (1998, method 10)"
  ) { table, _, z throws(AbsoluteEffectError) in
    let first = WilsonScore.limits(events: table.events1, total: table.total1, z: z)
    let second = WilsonScore.limits(events: table.events2, total: table.total2, z: z)
    return SquareAndAdd.difference(table.risk1, first, minus: table.risk2, second, value: table.riskDifference)
  }
}

/// The method of variance estimates recovery for a difference of two independent quantities.
///
/// lower = d − √((x − lₓ)² + (u_y − y)²), upper = d + √((uₓ − x)² + (y − l_y)²). Source: Zou and Donner (2008), Stat Med
/// 27:1693, of which Newcombe's interval is the case of two Wilson intervals.
enum SquareAndAdd {
  static func difference(
    _ x: Double, _ xLimits: ConfidenceLimits, minus y: Double, _ yLimits: ConfidenceLimits, value: Double
  ) -> ConfidenceLimits {
    ConfidenceLimits(
      lower: value - norm(x - xLimits.lower, yLimits.upper - y),
      upper: value + norm(xLimits.upper - x, y - yLimits.lower))
  }

  static func norm(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
}
