import NumericCore

/// A way to give the difference of two incidence rates an interval; its inverse is the person-time needed per event.
///
/// A new method is one value here and its name in `all`.
public struct RateDifferenceMethod: Sendable {
  /// The word of the command line and of the results.
  public let code: String
  /// The method in words, with its source.
  public let name: String
  let limits: @Sendable (_ table: TwoArmRates, _ z: Double) throws(AbsoluteEffectError) -> ConfidenceLimits

  /// Every method, the recommended one first.
  public static let all: [RateDifferenceMethod] = [.score, .wald, .miettinenNurminen]

  /// The method with a code; the words of the risk difference are understood too. `nil` when there is none.
  public static func named(_ code: String) -> RateDifferenceMethod? {
    all.first { $0.code == code.lowercased() }
  }

  /// The rate difference, λ₁ − λ₂, with its interval at `level`, in events per unit of person-time.
  /// - Throws: `levelOutOfRange` unless 0 < level < 1; `notConverged` from a method that iterates.
  public func interval(_ table: TwoArmRates, level: Double) throws(AbsoluteEffectError) -> AbsoluteDifference {
    let z = try TwoSided.quantile(level)
    return AbsoluteDifference(value: table.rateDifference, limits: try limits(table, z), level: level)
  }

  /// Score intervals of each rate, squared and added: the analogue of Newcombe's interval for person-time.
  ///
  /// The limits of a rate are (x + z²/2 ± z √(x + z²/4))/t. Sources: Rao (1973) for the Poisson score limits; Zou and Donner
  /// (2008), Stat Med 27:1693, for the combination.
  public static let score = RateDifferenceMethod(
    code: "newcombe", name: "score limits, squared and added"
  ) { table, z throws(AbsoluteEffectError) in
    SquareAndAdd.difference(
      table.rate1, scoreLimits(table.events1, table.time1, z), minus: table.rate2,
      scoreLimits(table.events2, table.time2, z), value: table.rateDifference)
  }

  /// Wald: λ₁ − λ₂ ± z √(x₁/t₁² + x₂/t₂²). Source: Rothman and Greenland (1998), Modern Epidemiology, chapter 14.
  public static let wald = RateDifferenceMethod(code: "wald", name: "Wald") {
    table, z throws(AbsoluteEffectError) in
    let half =
      z * (table.events1 / (table.time1 * table.time1) + table.events2 / (table.time2 * table.time2)).squareRoot()
    return ConfidenceLimits(lower: table.rateDifference - half, upper: table.rateDifference + half)
  }

  /// The differences δ that the score test does not reject, (d − δ)² ≤ z² (λ̃₁/t₁ + λ̃₂/t₂), at the most likely rates whose
  /// difference is δ. Source: Miettinen and Nurminen (1985), Stat Med 4:213, section on rates.
  public static let miettinenNurminen = RateDifferenceMethod(
    code: "miettinen-nurminen", name: "Miettinen–Nurminen score (1985)"
  ) { table, z throws(AbsoluteEffectError) in
    let below = RateScoreLimit(x1: table.events1, t1: table.time1, x2: table.events2, t2: table.time2, z: z)
    let above = RateScoreLimit(x1: table.events2, t1: table.time2, x2: table.events1, t2: table.time1, z: z)
    return ConfidenceLimits(lower: try below.lower(), upper: -(try above.lower()))
  }

  private static func scoreLimits(_ x: Double, _ t: Double, _ z: Double) -> ConfidenceLimits {
    let larger = x + z * z / 2 + z * (x + z * z / 4).squareRoot()
    return ConfidenceLimits(lower: x * x / larger / t, upper: larger / t)
  }
}

/// The lower score limit of a rate difference.
///
/// The restricted control rate q solves x₁/(q + δ) + x₂/q = t₁ + t₂, a quadratic, and the root is
/// q = (b + √(b² + 4 (t₁ + t₂) x₂ δ))/(2 (t₁ + t₂)) with b = x₁ + x₂ − (t₁ + t₂) δ.
struct RateScoreLimit {
  let x1, t1, x2, t2, z: Double

  func lower() throws(AbsoluteEffectError) -> Double {
    let d = (x1 * t2 - x2 * t1) / (t1 * t2)
    let scale = (x1 + x2 + z * z) / (t1 + t2)
    var outer = d - scale
    while value(outer, d) <= 0 { outer = d - 2 * (d - outer) }
    let inner = variance(d) > 0 ? d : d - 1e-9 * scale
    let root = try? RootFinder.root(in: Bracket(outer, inner)) { value($0, d) }
    guard let root, root.converged else { throw .notConverged(what: "the score limit of the rate difference") }
    return root.value
  }

  private func value(_ delta: Double, _ d: Double) -> Double { d - delta - z * variance(delta).squareRoot() }

  private func variance(_ delta: Double) -> Double {
    let t = t1 + t2
    let b = x1 + x2 - t * delta
    let root = max(0, b * b + 4 * t * x2 * delta).squareRoot()
    let q = max(0, -delta, b >= 0 ? (b + root) / (2 * t) : -2 * x2 * delta / (b - root))
    return max(0, q + delta) / t1 + q / t2
  }
}
