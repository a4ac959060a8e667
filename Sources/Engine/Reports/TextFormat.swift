import TableIO

extension NumberText {
  /// Numbers of text reports: a hyphen as minus, so that they can be copied into other programs.
  static let plain = NumberText()
}

/// Numbers as a report prints them for people.
struct TextFormat: Sendable {
  /// Digits after the decimal point.
  let digits: Int

  /// A number with the report's digits; very large and very small ones in scientific form; `—` for what does not exist.
  func number(_ value: Double?) -> String {
    guard let value, !value.isNaN else { return "—" }
    if value.isInfinite { return value > 0 ? "∞" : "−∞" }
    let size = abs(value)
    if size >= 1e7 || (size > 0 && size < 0.5 * pow10(-digits - 2)) {
      return NumberText.plain.significant(value, digits: digits)
    }
    return NumberText.plain.fixed(value, decimals: digits)
  }

  /// `[lower, upper]`.
  func interval(_ lower: Double?, _ upper: Double?) -> String { "[\(number(lower)), \(number(upper))]" }

  /// A percentage with one decimal.
  func percent(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "—" }
    return NumberText.plain.fixed(value, decimals: 1) + "%"
  }

  /// `P = 0.013` or `P < 0.001`.
  func p(_ value: Double?) -> String { value.map { NumberText.plain.pStatement($0) } ?? "P —" }

  /// Degrees of freedom: whole when they are.
  func degrees(_ value: Double) -> String {
    value == value.rounded() ? NumberText.plain.fixed(value, decimals: 0) : NumberText.plain.fixed(value, decimals: 2)
  }

  private func pow10(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<abs(exponent) { result *= 10 }
    return exponent < 0 ? 1 / result : result
  }
}
