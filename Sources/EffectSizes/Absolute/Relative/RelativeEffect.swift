/// A relative effect with its interval, on the scale people read.
public struct RelativeEffect: Sendable {
  /// What the numbers are.
  public let measure: RelativeMeasure
  /// The estimate, such as an odds ratio of 0.4.
  public let estimate: Double
  /// Its confidence limits; not numbers when none were given.
  public let limits: ConfidenceLimits
  /// Coverage of the limits.
  public let level: Double

  /// An effect from its numbers.
  ///
  /// Throws when a number is outside the measure's domain, when the limits are reversed, and when they do not hold the
  /// estimate: an interval typed on another scale, or with a slipped digit, must not go on.
  public init(
    measure: RelativeMeasure, estimate: Double, limits: ConfidenceLimits, level: Double
  ) throws(AbsoluteEffectError) {
    try measure.check(estimate, "estimate", within: measure.domain)
    try measure.check(limits.lower, "lower limit", within: measure.limitDomain)
    try measure.check(limits.upper, "upper limit", within: measure.limitDomain)
    guard limits.lower <= limits.upper else {
      throw .limitsReversed(what: measure.name, lower: limits.lower, upper: limits.upper)
    }
    guard limits.lower <= estimate, estimate <= limits.upper else {
      throw .estimateOutsideLimits(
        what: measure.name, estimate: estimate, lower: limits.lower, upper: limits.upper)
    }
    guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
    self.measure = measure
    self.estimate = estimate
    self.limits = limits
    self.level = level
  }

  /// An effect without an interval: everything that follows has none either.
  /// - Throws: `effectOutOfDomain` for a value the measure cannot have, `levelOutOfRange` unless 0 < level < 1.
  public init(measure: RelativeMeasure, estimate: Double, level: Double) throws(AbsoluteEffectError) {
    try measure.check(estimate, "estimate", within: measure.domain)
    guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
    self.measure = measure
    self.estimate = estimate
    limits = ConfidenceLimits(lower: .nan, upper: .nan)
    self.level = level
  }

  /// Whether an interval was given.
  public var hasLimits: Bool { !limits.lower.isNaN }

  /// The effect and its limits on the scale of the link.
  var eta: Double { measure.toLink(estimate) }
  /// Lower limit on the scale of the link.
  var lowerEta: Double { measure.toLink(limits.lower) }
  /// Upper limit on the scale of the link.
  var upperEta: Double { measure.toLink(limits.upper) }

  /// The standard error that the interval's width implies on the scale of the link.
  func standardError(z: Double) -> Double { (upperEta - lowerEta) / (2 * z) }

  /// p₁ − p₀ at a baseline risk, with p₁ kept at or below 1 (only a ratio of risks can pass it).
  func difference(at baseline: Double, eta: Double) -> Double {
    let value = measure.link.difference(baseline, eta)
    return measure.link.ignoresBaseline || value.isNaN ? value : min(value, 1 - baseline)
  }
}
