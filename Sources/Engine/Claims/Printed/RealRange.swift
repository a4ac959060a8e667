/// A range of real numbers whose ends may or may not belong to it; an end at infinity never does.
public struct RealRange: Sendable, Equatable {
  /// Lower end.
  public let lower: Double
  /// Upper end.
  public let upper: Double
  /// Whether the lower end belongs to the range.
  public let includesLower: Bool
  /// Whether the upper end belongs to the range.
  public let includesUpper: Bool

  /// A range from its ends.
  public init(_ lower: Double, _ upper: Double, includesLower: Bool = true, includesUpper: Bool = true) {
    self.lower = lower
    self.upper = upper
    self.includesLower = includesLower && lower.isFinite
    self.includesUpper = includesUpper && upper.isFinite
  }

  /// The range of one number.
  public static func point(_ value: Double) -> RealRange { RealRange(value, value) }
  /// All real numbers.
  public static let everything = RealRange(-.infinity, .infinity)

  /// Whether no number is in it.
  public var isEmpty: Bool { !(lower < upper || (lower == upper && includesLower && includesUpper)) }
  /// Its middle; not finite when an end is not.
  public var middle: Double { lower + 0.5 * (upper - lower) }
  /// Its width.
  public var width: Double { upper - lower }

  /// Whether a number lies in it.
  ///
  /// - Parameter slack: relative error of `value`: a value that close to an end counts as on either side of it. Leave it at
  ///   0 for a value that is one correctly rounded operation on whole numbers, as counts over totals are: such values meet
  ///   the ends of printed numbers exactly.
  public func contains(_ value: Double, slack: Double = 0) -> Bool {
    if slack > 0 {
      if abs(value - lower) <= slack * abs(lower) || abs(value - upper) <= slack * abs(upper) { return true }
    }
    let above = includesLower ? value >= lower : value > lower
    let below = includesUpper ? value <= upper : value < upper
    return above && below
  }

  /// What two ranges share; it may be empty.
  public func intersection(_ other: RealRange) -> RealRange {
    let low = max(lower, other.lower)
    let high = min(upper, other.upper)
    return RealRange(
      low, high,
      includesLower: (lower < low || includesLower) && (other.lower < low || other.includesLower),
      includesUpper: (upper > high || includesUpper) && (other.upper > high || other.includesUpper))
  }

  /// Whether two ranges share a number.
  public func meets(_ other: RealRange) -> Bool { !intersection(other).isEmpty }

  /// The smallest range that holds both.
  public func hull(_ other: RealRange) -> RealRange {
    if isEmpty { return other }
    if other.isEmpty { return self }
    let low = min(lower, other.lower)
    let high = max(upper, other.upper)
    return RealRange(
      low, high,
      includesLower: (lower == low && includesLower) || (other.lower == low && other.includesLower),
      includesUpper: (upper == high && includesUpper) || (other.upper == high && other.includesUpper))
  }

  /// How far a number lies outside, 0 within and at the ends.
  public func distance(to value: Double) -> Double { max(lower - value, value - upper, 0) }
}
