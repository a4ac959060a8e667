/// The score interval of one proportion.
///
/// The roots of (p̂ − p)² = z² p(1 − p)/n: centre (p̂ + z²/2n)/(1 + z²/n), half-width
/// z √(p̂(1 − p̂)/n + z²/4n²)/(1 + z²/n). Always within 0…1; at zero events the lower limit is exactly 0, at n events the
/// upper exactly 1. Source: Wilson (1927), J Am Stat Assoc 22:209.
public enum WilsonScore {
  /// The interval of `events` among `total` at `level`.
  /// - Throws: `impossibleCounts` unless 0 ≤ events ≤ total and there are people; `levelOutOfRange` unless 0 < level < 1.
  public static func limits(events: Double, total: Double, level: Double) throws(AbsoluteEffectError)
    -> ConfidenceLimits
  {
    try TwoArmCounts.check("group", events, total)
    return limits(events: events, total: total, z: try TwoSided.quantile(level))
  }

  static func limits(events: Double, total: Double, z: Double) -> ConfidenceLimits {
    ConfidenceLimits(
      lower: lowerLimit(events: events, total: total, z: z), upper: upperLimit(events: events, total: total, z: z))
  }

  /// (x + z²/2 + z √(x(n − x)/n + z²/4))/(n + z²).
  private static func upperLimit(events x: Double, total n: Double, z: Double) -> Double {
    if x == n { return 1 }
    return (x + z * z / 2 + z * (x * (n - x) / n + z * z / 4).squareRoot()) / (n + z * z)
  }

  /// The product of the roots is x²/(n(n + z²)), which gives the lower one without cancellation.
  private static func lowerLimit(events x: Double, total n: Double, z: Double) -> Double {
    if x == 0 { return 0 }
    let larger = x + z * z / 2 + z * (x * (n - x) / n + z * z / 4).squareRoot()
    return x * x / (n * larger)
  }
}
