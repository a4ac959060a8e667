public import NumericCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A printed confidence interval against its own estimate and p-value, for intervals that are symmetric on some scale.
public struct IntervalCheck: Sendable {
  /// Estimate and limits as printed.
  public let estimate, lower, upper: PrintedNumber
  /// Whether the scale of symmetry is the logarithm, as for ratios.
  public let isRatio: Bool
  /// Coverage.
  public let level: Double

  /// An estimate with its interval; `nil` for a ratio that is not positive.
  public init?(_ quantity: PrintedQuantity, isRatio: Bool, level: Double = 0.95) {
    guard let interval = quantity.interval else { return nil }
    estimate = quantity.estimate
    lower = interval.lower
    upper = interval.upper
    self.isRatio = isRatio
    self.level = interval.level ?? level
    guard self.level > 0, self.level < 1, !isRatio || estimate.value > 0 else { return nil }
  }

  /// The set of a printed number on the scale of symmetry.
  private func scaled(_ number: PrintedNumber) -> Enclosure {
    let set = number.reals(under: Rounding.nearest)
    guard isRatio else { return Enclosure(set.lower, set.upper) }
    return Enclosure(set.lower > 0 ? log(set.lower) : -.infinity, log(set.upper))
  }

  /// Whether the estimate may lie between the limits.
  public var holdsEstimate: Bool {
    scaled(lower).lower <= scaled(estimate).upper && scaled(estimate).lower <= scaled(upper).upper
  }

  /// The standard errors that the width allows, on the scale of symmetry: (upper − lower)/(2z).
  public var standardError: Enclosure? {
    guard let z = try? Normal.quantile(upperTail: (1 - level) / 2) else { return nil }
    let width = scaled(upper) - scaled(lower)
    return Enclosure(max(0, width.lower), width.upper) / Enclosure(2 * z)
  }

  /// Whether the middle of some interval that prints so is an estimate that prints so.
  public var isSymmetric: Bool {
    let middle = (scaled(lower) + scaled(upper)) * Enclosure(0.5)
    let wanted = scaled(estimate)
    return middle.lower <= wanted.upper && wanted.lower <= middle.upper
  }

  /// The two-sided p-values that estimate and interval allow under normal theory; `nil` when the width allows no standard
  /// error above 0.
  public var pRange: Enclosure? {
    guard let error = standardError, error.upper > 0 else { return nil }
    let z = scaled(estimate).magnitude / Enclosure(max(error.lower, .leastNormalMagnitude), error.upper)
    return Enclosure(
      Normal.twoSidedP(z.upper.isFinite ? z.upper : 1e3) * (1 - 1e-12), min(1, Normal.twoSidedP(z.lower) * (1 + 1e-12)))
  }
}
