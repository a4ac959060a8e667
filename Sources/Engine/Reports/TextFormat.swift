import TableIO

/// Numbers as a report prints them for people.
struct TextFormat: Sendable {
  /// Digits after the decimal point.
  let digits: Int

  /// A number with the report's digits; very large and very small ones in scientific form; `—` for what does not exist.
  func number(_ value: Double?) -> String {
    guard let value, !value.isNaN else { return "—" }
    if value.isInfinite { return value > 0 ? "∞" : "−∞" }
    let size = abs(value)
    if size >= 1e7 || (size > 0 && size < 0.5 * pow10(-digits - 2)) { return NumberText.scientific(value, digits: digits) }
    return NumberText.fixed(value, decimals: digits)
  }

  /// `[lower, upper]`.
  func interval(_ lower: Double?, _ upper: Double?) -> String { "[\(number(lower)), \(number(upper))]" }

  /// A percentage with one decimal.
  func percent(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "—" }
    return NumberText.fixed(value, decimals: 1) + "%"
  }

  /// `P = 0.013` or `P < 0.001`.
  func p(_ value: Double?) -> String { value.map { "P " + NumberText.pValue($0) } ?? "P —" }

  /// Degrees of freedom: whole when they are.
  func degrees(_ value: Double) -> String {
    value == value.rounded() ? NumberText.fixed(value, decimals: 0) : NumberText.fixed(value, decimals: 2)
  }

  private func pow10(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<abs(exponent) { result *= 10 }
    return exponent < 0 ? 1 / result : result
  }
}
