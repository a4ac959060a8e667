/// Whether the event is one that people want.
public enum EventKind: String, Sendable, CaseIterable {
  /// Death, relapse: fewer is a benefit.
  case bad
  /// Recovery, response: more is a benefit.
  case good
}

/// The number of people to treat for one more of them to benefit, or to be harmed.
///
/// 1/|RD|, named by its direction and never negative; the interval is the risk difference's, inverted. When that holds
/// zero, the numbers run from one benefit through infinity to harm: with −0.12 to 0.025 for an unwanted event, "NNTB 8.3
/// to ∞ to NNTH 40". A difference of zero has the number ∞, held as `nil`. Sources: Altman (1998), BMJ 317:1309; Cook and
/// Sackett (1995), BMJ 310:452.
public struct NumberNeeded: Sendable, Equatable {
  /// The direction of a number needed to treat.
  public enum Kind: String, Sendable {
    /// To treat for one more person to benefit.
    case benefit = "NNTB"
    /// To treat for one more person to be harmed.
    case harm = "NNTH"

    /// The other direction.
    public var opposite: Kind { self == .benefit ? .harm : .benefit }
  }

  /// An end of the interval; a value of `nil` is ∞, which has no direction. Without an interval the value is not a number.
  public struct End: Sendable, Equatable {
    /// 1/|limit|, `nil` for ∞.
    public let value: Double?
    /// The direction, `nil` for ∞.
    public let kind: Kind?
  }

  /// 1/|RD|, `nil` (∞) when the difference is zero.
  public let value: Double?
  /// Benefit or harm, `nil` when the difference is zero.
  public let kind: Kind?
  /// The ends of the interval. On one side of zero the smaller number is first; through infinity the end on the
  /// estimate's side is first (the benefit's end when the difference is zero).
  public let lower, upper: End
  /// Whether the interval passes from benefit through infinity to harm.
  public let throughInfinity: Bool
  /// Coverage of the interval.
  public let level: Double

  /// The number needed for a difference of risks, experimental minus control.
  public init(_ difference: AbsoluteDifference, event: EventKind) {
    let limits = difference.limits
    value = NumberNeeded.inverse(difference.value)
    kind = NumberNeeded.kind(difference.value, event)
    level = difference.level
    throughInfinity = limits.lower < 0 && limits.upper > 0
    let low = NumberNeeded.end(limits.lower, event)
    let high = NumberNeeded.end(limits.upper, event)
    let lowFirst =
      throughInfinity ? low.kind == (kind ?? .benefit) : abs(limits.lower) >= abs(limits.upper)
    lower = lowFirst ? low : high
    upper = lowFirst ? high : low
  }

  private static func inverse(_ difference: Double) -> Double? { difference == 0 ? nil : 1 / abs(difference) }

  private static func kind(_ difference: Double, _ event: EventKind) -> Kind? {
    if difference == 0 || difference.isNaN { return nil }
    return (difference < 0) == (event == .bad) ? .benefit : .harm
  }

  private static func end(_ limit: Double, _ event: EventKind) -> End {
    End(value: inverse(limit), kind: kind(limit, event))
  }
}
