import NumericCore

/// The risk of the event without the treatment, and how well it is known.
public struct BaselineRisk: Sendable, Equatable {
  /// What is known about the uncertainty of the risk.
  public enum Uncertainty: Sendable, Equatable {
    /// Taken as known.
    case none
    /// Events among people, a binomial sample.
    case counts(events: Double, total: Double)
    /// An interval, read as normal on the log-odds scale.
    case interval
  }

  /// The risk.
  public let value: Double
  /// Its confidence limits; the value itself twice when taken as known.
  public let limits: ConfidenceLimits
  /// Coverage of the limits.
  public let level: Double
  /// What the limits come from.
  public let uncertainty: Uncertainty

  /// A risk taken as known.
  /// - Throws: `riskOutOfRange` unless it lies between 0 and 1.
  public static func known(_ value: Double) throws(AbsoluteEffectError) -> BaselineRisk {
    try check(value, "the baseline risk")
    return BaselineRisk(value, ConfidenceLimits(lower: value, upper: value), 1, .none)
  }

  /// Events among people, with the Wilson interval (see ``WilsonScore``).
  /// - Throws: `impossibleCounts` unless 0 ≤ events ≤ total and there are people, `levelOutOfRange`.
  public static func counts(events: Double, total: Double, level: Double) throws(AbsoluteEffectError) -> BaselineRisk {
    let limits = try WilsonScore.limits(events: events, total: total, level: level)
    return BaselineRisk(events / total, limits, level, .counts(events: events, total: total))
  }

  /// An interval, with the risk given or, when it is not, in the middle on the log-odds scale.
  /// - Throws: `riskOutOfRange` for a limit that is not between 0 and 1 (both left out), `limitsReversed`,
  ///   `estimateOutsideLimits`, `levelOutOfRange`.
  public static func interval(
    _ limits: ConfidenceLimits, value: Double? = nil, level: Double
  ) throws(AbsoluteEffectError) -> BaselineRisk {
    guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
    for (what, limit) in [("lower", limits.lower), ("upper", limits.upper)] {
      guard limit > 0, limit < 1 else {
        throw .riskOutOfRange(what: "the \(what) limit of the baseline risk (0 and 1 left out)", value: limit)
      }
    }
    guard limits.lower <= limits.upper else {
      throw .limitsReversed(what: "the baseline risk", lower: limits.lower, upper: limits.upper)
    }
    let middle = logistic((logit(limits.lower) + logit(limits.upper)) / 2)
    let risk = value ?? min(max(middle, limits.lower), limits.upper)
    guard limits.lower <= risk, risk <= limits.upper else {
      throw .estimateOutsideLimits(
        what: "the baseline risk", estimate: risk, lower: limits.lower, upper: limits.upper)
    }
    return BaselineRisk(risk, limits, level, .interval)
  }

  /// The risk of the opposite event: what was a survival becomes a risk.
  /// - Throws: `riskOutOfRange` when a limit is so small that one less it is 1 in the digits of a double.
  public func complement() throws(AbsoluteEffectError) -> BaselineRisk {
    switch uncertainty {
    case .none: return try .known(1 - value)
    case .counts(let events, let total): return try .counts(events: total - events, total: total, level: level)
    case .interval:
      let turned = ConfidenceLimits(lower: 1 - limits.upper, upper: 1 - limits.lower)
      return try .interval(turned, value: 1 - value, level: level)
    }
  }

  /// The risk by another time, from the risk by `time`, when the hazard is constant: 1 − (1 − p)^(horizon/time).
  ///
  /// Both times in the same unit.
  /// - Throws: `notPositive` unless both times are positive and finite; `riskOutOfRange` when an uncertain risk, or a limit of
  ///   it, comes to 0 or 1 in the digits of a double.
  public func rescaled(from time: Double, to horizon: Double) throws(AbsoluteEffectError) -> BaselineRisk {
    for (what, value) in [("the time of the baseline risk", time), ("the time horizon", horizon)] {
      guard value > 0, value.isFinite else { throw .notPositive(what: what, value: value) }
    }
    let ratio = horizon / time
    func later(_ p: Double) -> Double { p == 1 ? 1 : -expm1(ratio * log1p(-p)) }
    let moved = ConfidenceLimits(lower: later(limits.lower), upper: later(limits.upper))
    guard uncertainty != .none else { return try .known(later(value)) }
    return try .interval(moved, value: later(value), level: level)
  }

  /// The risk by a time at a constant rate of events: 1 − e^(−rate · time).
  ///
  /// The rate is in events per unit of `time`.
  /// - Throws: `notPositive` for a rate below 0 or a time that is not positive, and for infinite ones.
  public static func rate(_ rate: Double, time: Double) throws(AbsoluteEffectError) -> BaselineRisk {
    guard rate >= 0, rate.isFinite else { throw .notPositive(what: "the baseline rate", value: rate) }
    guard time > 0, time.isFinite else { throw .notPositive(what: "the time horizon", value: time) }
    return try known(-expm1(-rate * time))
  }

  /// The share of people beyond a threshold when their outcome is normal: Φ((mean − threshold)/SD).
  ///
  /// With changes of controls around `mean` and a minimal important difference as the threshold, the share that improves
  /// by at least that much. Source: Thorlund et al. (2011), Res Synth Methods 2:188.
  /// - Throws: `notPositive` unless the standard deviation is positive and finite.
  public static func beyond(
    threshold: Double, mean: Double, standardDeviation: Double
  ) throws(AbsoluteEffectError) -> BaselineRisk {
    guard standardDeviation > 0, standardDeviation.isFinite else {
      throw .notPositive(what: "the standard deviation of the mean difference", value: standardDeviation)
    }
    return try known(Normal.cdf((mean - threshold) / standardDeviation))
  }

  private init(_ value: Double, _ limits: ConfidenceLimits, _ level: Double, _ uncertainty: Uncertainty) {
    self.value = value
    self.limits = limits
    self.level = level
    self.uncertainty = uncertainty
  }

  private static func check(_ value: Double, _ what: String) throws(AbsoluteEffectError) {
    guard value >= 0, value <= 1 else { throw .riskOutOfRange(what: what, value: value) }
  }

  static func logit(_ p: Double) -> Double { log(p) - log1p(-p) }
  static func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  /// The variance of the risk: binomial for counts; for an interval, the log-odds one carried to the risk.
  func variance() throws(AbsoluteEffectError) -> Double {
    switch uncertainty {
    case .none: return 0
    case .counts(_, let total): return value * (1 - value) / total
    case .interval:
      let slope = value * (1 - value)
      let error = try logitStandardError() * slope
      return error * error
    }
  }

  /// The standard error of the log odds that the interval's width implies.
  func logitStandardError() throws(AbsoluteEffectError) -> Double {
    (BaselineRisk.logit(limits.upper) - BaselineRisk.logit(limits.lower)) / (2 * (try TwoSided.quantile(level)))
  }
}
