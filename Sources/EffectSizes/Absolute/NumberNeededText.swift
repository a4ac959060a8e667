/// How a number needed to treat is rounded for reading.
public enum NumberNeededRounding: Sendable, Equatable {
  /// To a fixed number of decimals, halves away from zero.
  case decimals(Int)
  /// To whole people, up for benefit and down for harm (never below 1), so that neither looks better than it is.
  case wholePeople

  /// The rule in words, as a report states it.
  public var rule: String {
    switch self {
    case .decimals(let digits): "rounded to \(digits) decimal\(digits == 1 ? "" : "s")"
    case .wholePeople: "whole people, rounded up for benefit and down for harm"
    }
  }

  /// The rounded number and the decimals it is printed with.
  func apply(_ value: Double, _ kind: NumberNeeded.Kind) -> (value: Double, decimals: Int) {
    switch self {
    case .decimals(let digits): (value, digits)
    case .wholePeople:
      // 12.000000000000002 is a 12 that was divided twice.
      (kind == .benefit ? (value * (1 - 1e-12)).rounded(.up) : max(1, (value * (1 + 1e-12)).rounded(.down)), 0)
    }
  }
}

/// Text of a number needed to treat. `format` writes a number with a fixed number of decimals.
public struct NumberNeededText: Sendable {
  /// The rule of rounding.
  public let rounding: NumberNeededRounding
  /// Writes a number with a fixed number of decimals.
  public let format: @Sendable (_ value: Double, _ decimals: Int) -> String

  /// A writer of numbers needed to treat.
  public init(
    rounding: NumberNeededRounding, format: @escaping @Sendable (_ value: Double, _ decimals: Int) -> String
  ) {
    self.rounding = rounding
    self.format = format
  }

  /// The number with its direction, "NNTB 6.7", or "∞".
  public func estimate(_ number: NumberNeeded) -> String { labelled(number.value, number.kind) }

  /// The interval: "NNTB 3.8 to 27.7" on one side, "NNTB 12 to ∞ to NNTH 40" through infinity, "NNTB 8 to ∞" up to zero,
  /// "—" when there is none.
  public func interval(_ number: NumberNeeded) -> String {
    if number.lower.value?.isNaN == true { return "—" }
    let first = labelled(number.lower.value, number.lower.kind)
    let second = labelled(number.upper.value, number.upper.kind)
    if number.throughInfinity { return first + " to ∞ to " + second }
    if number.lower.value == nil, number.upper.value == nil { return "∞" }
    if number.lower.kind == number.upper.kind { return first + " to " + plain(number.upper) }
    return first + " to " + second
  }

  private func plain(_ end: NumberNeeded.End) -> String {
    guard let value = end.value, let kind = end.kind else { return "∞" }
    let rounded = rounding.apply(value, kind)
    return format(rounded.value, rounded.decimals)
  }

  private func labelled(_ value: Double?, _ kind: NumberNeeded.Kind?) -> String {
    guard let value, let kind else { return "∞" }
    let rounded = rounding.apply(value, kind)
    return kind.rawValue + " " + format(rounded.value, rounded.decimals)
  }
}
