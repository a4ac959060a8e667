import TableIO

/// A number as a file holds it: its text, its value, and how finely it was printed.
public struct StoredNumber: Sendable, Equatable {
  /// The text, without blanks around it.
  public let text: String
  /// The value.
  public let value: Double
  /// Half of a unit of the last digit printed: what rounding can have taken away.
  public let halfUnit: Double

  /// A number from its text; `nil` for an empty text, for `NaN` and infinities, and for what is no number.
  public init?(_ text: String) {
    let trimmed = String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    guard let value = NumberParser.parse(trimmed) else { return nil }
    self.text = trimmed
    self.value = value
    halfUnit = StoredNumber.halfUnit(trimmed)
  }

  /// Digits behind the point move the unit down, an exponent moves it up.
  private static func halfUnit(_ text: String) -> Double {
    let parts = text.lowercased().split(separator: "e", maxSplits: 1)
    let decimals = parts[0].split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
    let exponent = parts.count > 1 ? Int(parts[1].filter { $0 != "+" }) ?? 0 : 0
    var unit = 0.5
    for _ in 0..<min(abs(exponent - decimals), 400) { unit = exponent < decimals ? unit / 10 : unit * 10 }
    return unit
  }
}
