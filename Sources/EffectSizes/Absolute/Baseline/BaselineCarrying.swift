/// A way to carry the uncertainty of the baseline risk into the interval of an absolute effect.
///
/// The effect and the baseline risk are independent: they come from different people. A new way is one file that extends
/// this type, and its name in `all`.
public struct BaselineCarrying: Sendable {
  /// The word of the command line and of the results.
  public let code: String
  /// The way in words, with its source.
  public let name: String
  let carry:
    @Sendable (_ effect: RelativeEffect, _ baseline: BaselineRisk, _ draws: MonteCarloDraws)
      throws(AbsoluteEffectError) -> CarriedLimits

  init(
    code: String, name: String,
    carry:
      @escaping @Sendable (_ effect: RelativeEffect, _ baseline: BaselineRisk, _ draws: MonteCarloDraws)
      throws(AbsoluteEffectError) -> CarriedLimits
  ) {
    self.code = code
    self.name = name
    self.carry = carry
  }

  /// Every way; the first is the default when the baseline risk has an interval.
  public static let all: [BaselineCarrying] = [.mover, .delta, .monteCarlo, .fixed]

  /// The way with a code, in any letter case; `nil` when there is none.
  public static func named(_ code: String) -> BaselineCarrying? { all.first { $0.code == code.lowercased() } }

  /// The baseline risk held fixed at its value, as most tools do; shown so that the reader sees what it hides.
  public static let fixed = BaselineCarrying(code: "fixed", name: "baseline risk held fixed") {
    effect, baseline, _ throws(AbsoluteEffectError) in
    CarriedLimits(limits: effect.fixedLimits(at: baseline.value))
  }
}

/// Limits of a risk difference that carry the uncertainty of the baseline risk.
public struct CarriedLimits: Sendable, Equatable {
  /// The limits.
  public let limits: ConfidenceLimits
  /// Monte-Carlo standard error of each limit; `nil` when nothing was drawn.
  public let monteCarloErrors: (lower: Double, upper: Double)?

  init(limits: ConfidenceLimits, monteCarloErrors: (lower: Double, upper: Double)? = nil) {
    self.limits = limits
    self.monteCarloErrors = monteCarloErrors
  }

  /// Equal limits with equal errors.
  public static func == (left: CarriedLimits, right: CarriedLimits) -> Bool {
    left.limits == right.limits && left.monteCarloErrors?.lower == right.monteCarloErrors?.lower
      && left.monteCarloErrors?.upper == right.monteCarloErrors?.upper
  }
}

/// How many values are drawn, and from which seed; the same seed gives the same limits.
public struct MonteCarloDraws: Sendable, Equatable {
  /// Number of draws.
  public let count: Int
  /// Seed of the random numbers.
  public let seed: UInt64

  /// 100 000 draws put the error of a limit at about 1% of the interval's width.
  public init(count: Int = 100_000, seed: UInt64 = 1) {
    precondition(count > 0, "at least one draw")
    self.count = count
    self.seed = seed
  }
}

extension RelativeEffect {
  /// The absolute effect at a baseline risk that is itself uncertain.
  ///
  /// With a baseline taken as known, or a measure that needs none, every way gives the fixed interval; an effect without
  /// an interval gives none.
  /// - Throws: `levelOutOfRange`, and `notConverged` from a way that iterates.
  public func absolute(
    at baseline: BaselineRisk, carrying way: BaselineCarrying, draws: MonteCarloDraws = MonteCarloDraws()
  ) throws(AbsoluteEffectError) -> (effect: AbsoluteEffect, carried: CarriedLimits) {
    let certain = baseline.uncertainty == .none || measure.link.ignoresBaseline || !hasLimits
    let carried =
      certain
      ? CarriedLimits(limits: fixedLimits(at: baseline.value)) : try way.carry(self, baseline, draws)
    return (assemble(baseline: baseline.value, limits: carried.limits), carried)
  }
}
