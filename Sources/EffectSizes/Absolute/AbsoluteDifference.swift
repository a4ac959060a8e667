import NumericCore

/// Two confidence limits.
public struct ConfidenceLimits: Sendable, Equatable {
  /// Lower and upper limit, lower ≤ upper.
  public var lower, upper: Double

  /// Limits as given.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// Limits from two ends in either order.
  public init(ends first: Double, _ second: Double) { self.init(lower: min(first, second), upper: max(first, second)) }

  /// The limits with their signs changed, in order.
  public var negated: ConfidenceLimits { ConfidenceLimits(lower: -upper, upper: -lower) }

  /// The limits kept within a range.
  public func clamped(to range: ClosedRange<Double>) -> ConfidenceLimits {
    ConfidenceLimits(
      lower: min(max(lower, range.lowerBound), range.upperBound),
      upper: min(max(upper, range.lowerBound), range.upperBound))
  }
}

/// A difference of two risks, or of two rates, experimental minus control, with its interval.
public struct AbsoluteDifference: Sendable, Equatable {
  /// The difference; negative when the event is rarer with the treatment.
  public let value: Double
  /// Its confidence limits.
  public let limits: ConfidenceLimits
  /// Coverage the limits were made for.
  public let level: Double

  /// A difference with its limits.
  public init(value: Double, limits: ConfidenceLimits, level: Double) {
    self.value = value
    self.limits = limits
    self.level = level
  }
}

/// The standard normal quantile of a two-sided interval.
enum TwoSided {
  /// z with P(|Z| ≤ z) = level; throws unless 0 < level < 1.
  static func quantile(_ level: Double) throws(AbsoluteEffectError) -> Double {
    guard level > 0, level < 1 else { throw .levelOutOfRange(level) }
    guard let z = try? Normal.quantile(upperTail: (1 - level) / 2) else { throw .levelOutOfRange(level) }
    return z
  }
}
