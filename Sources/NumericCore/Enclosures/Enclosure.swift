/// A closed interval that is certain to hold a real number, under arithmetic that keeps the promise.
///
/// Every operation takes the ends in floating point and moves them outward by one unit in the last place, which covers
/// the rounding of the operation (Moore, Kearfott & Cloud 2009, Introduction to Interval Analysis, chapters 2 and 8; quoted
/// from memory). An expression in which each variable occurs once gets its exact range; one that repeats a variable gets a
/// range that holds it and may be wider.
public struct Enclosure: Sendable, Equatable {
  /// Lower end; −∞ for no bound.
  public let lower: Double
  /// Upper end; ∞ for no bound.
  public let upper: Double

  /// The interval between two ends; everything when an end is not a number.
  public init(_ lower: Double, _ upper: Double) {
    let known = lower <= upper
    self.lower = known ? lower : -.infinity
    self.upper = known ? upper : .infinity
  }

  /// The interval of one number, which is taken as exact.
  public init(_ value: Double) { self.init(value, value) }

  /// All real numbers.
  public static let everything = Enclosure(-.infinity, .infinity)

  /// The middle.
  public var middle: Double { 0.5 * lower + 0.5 * upper }
  /// The width.
  public var width: Double { upper - lower }
  /// Whether a number lies in it.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
  /// The smallest interval that holds both.
  public func hull(_ other: Enclosure) -> Enclosure { Enclosure(min(lower, other.lower), max(upper, other.upper)) }

  private static func outward(_ lower: Double, _ upper: Double) -> Enclosure { Enclosure(lower.nextDown, upper.nextUp) }

  /// The sums.
  public static func + (a: Enclosure, b: Enclosure) -> Enclosure { outward(a.lower + b.lower, a.upper + b.upper) }
  /// The differences.
  public static func - (a: Enclosure, b: Enclosure) -> Enclosure { outward(a.lower - b.upper, a.upper - b.lower) }
  /// The numbers with their signs turned.
  public static prefix func - (a: Enclosure) -> Enclosure { Enclosure(-a.upper, -a.lower) }

  /// The products.
  public static func * (a: Enclosure, b: Enclosure) -> Enclosure {
    // 0 · ∞ is the product of a zero with numbers that have no bound: zero.
    func product(_ x: Double, _ y: Double) -> Double { x == 0 || y == 0 ? 0 : x * y }
    let (p, q) = (product(a.lower, b.lower), product(a.lower, b.upper))
    let (r, s) = (product(a.upper, b.lower), product(a.upper, b.upper))
    return outward(min(min(p, q), min(r, s)), max(max(p, q), max(r, s)))
  }

  /// The quotient; everything when the divisor may be zero.
  public static func / (a: Enclosure, b: Enclosure) -> Enclosure {
    guard b.lower > 0 || b.upper < 0 else { return everything }
    let (p, q) = (a.lower / b.lower, a.lower / b.upper)
    let (r, s) = (a.upper / b.lower, a.upper / b.upper)
    guard !(p + q + r + s).isNaN else { return everything }
    return outward(min(min(p, q), min(r, s)), max(max(p, q), max(r, s)))
  }

  /// The squares of its numbers: tighter than the product of two intervals, and never negative.
  public var squared: Enclosure {
    let (a, b) = (lower * lower, upper * upper)
    let low = contains(0) ? 0 : min(a, b).nextDown
    return Enclosure(max(0, low), max(a, b).nextUp)
  }

  /// The square roots of its numbers that are not negative.
  public var squareRoot: Enclosure {
    guard upper >= 0 else { return .everything }
    return Enclosure(max(0, max(0, lower).squareRoot().nextDown), upper.squareRoot().nextUp)
  }

  /// The numbers without their sign.
  public var magnitude: Enclosure {
    contains(0) ? Enclosure(0, max(-lower, upper)) : Enclosure(min(abs(lower), abs(upper)), max(abs(lower), abs(upper)))
  }

  /// The image under a function that rises or falls all along the interval.
  ///
  /// - Parameter relativeError: bound of the function's own relative error as computed; ends move outward by it.
  public func image(relativeError: Double = 1e-13, _ monotone: (Double) -> Double) -> Enclosure {
    let ends = (monotone(lower), monotone(upper))
    guard !ends.0.isNaN, !ends.1.isNaN else { return .everything }
    let (low, high) = (min(ends.0, ends.1), max(ends.0, ends.1))
    return Enclosure(
      low.isFinite ? (low - abs(low) * relativeError).nextDown : low,
      high.isFinite ? (high + abs(high) * relativeError).nextUp : high)
  }
}
