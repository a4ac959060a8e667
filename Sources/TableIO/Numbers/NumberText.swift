/// Numbers for people: fixed decimals, significant digits, p-values, thousands.
///
/// Rounding is to nearest on the exact binary value, halves to even: 0.125 with two decimals is 0.12, 2.675 (a little less
/// in binary) is 2.67. A number that rounds to zero has no sign.
public struct NumberText: Sendable, Equatable {
  /// What stands for a minus: `-`, or the true minus `−` (U+2212).
  public var minus = "-"
  /// What stands between groups of three digits of the whole part; empty for nothing.
  public var thousands = ""
  /// What stands before the decimals.
  public var decimalMark = "."
  /// Whether numbers below one begin with "0.".
  public var hasLeadingZero = true
  /// What stands for no number (NaN).
  public var missing = "NA"
  /// What stands for infinity.
  public var infinity = "∞"

  /// The usual form: `-1234.50`.
  public init() {}

  /// The usual form with a true minus sign, for print.
  public static let print: NumberText = {
    var text = NumberText()
    text.minus = "\u{2212}"
    return text
  }()

  /// The most decimals written; the longest double has 1074.
  private static let decimalLimit = 1100

  /// The number with so many digits behind the point.
  public func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return special(value) }
    let decimals = min(max(decimals, 0), Self.decimalLimit)
    var expansion = DecimalExpansion(value)
    expansion.round(decimals: decimals)
    return plain(expansion, decimals: decimals, isNegative: value < 0)
  }

  /// The number with so many significant digits: `1234`, `0.0123`, `1.20`; as `1.2e-07` below 1e-5 or when the whole part
  /// has more than 15 digits.
  public func significant(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return special(value) }
    let digits = min(max(digits, 1), Self.decimalLimit)
    var expansion = DecimalExpansion(value)
    guard !expansion.digits.isEmpty else { return plain(expansion, decimals: digits - 1, isNegative: false) }
    expansion.round(decimals: digits - 1 - expansion.leadingPower)
    // Rounding up may have made the number a digit longer: 9.99 to 10.
    if expansion.digits.count > digits { expansion.round(decimals: expansion.scale - 1) }
    let power = expansion.leadingPower
    if power < -5 || power > 14 { return scientific(expansion, digits: digits, isNegative: value < 0) }
    return plain(expansion, decimals: max(0, digits - 1 - power), isNegative: value < 0)
  }

  /// A p-value: `0.031`, or `< 0.001` below the last decimal.
  public func pValue(_ p: Double, decimals: Int = 3) -> String {
    let statement = statement(p, decimals)
    return statement.isBelow ? "< " + statement.number : statement.number
  }

  /// A p-value as a statement: `P = 0.031`, `P < 0.001`.
  public func pStatement(_ p: Double, symbol: String = "P", decimals: Int = 3) -> String {
    let statement = statement(p, decimals)
    return "\(symbol) \(statement.isBelow ? "<" : "=") \(statement.number)"
  }

  /// A whole number, with the separator of thousands.
  public func whole(_ value: Int) -> String {
    let digits = String(value.magnitude).utf8.map { $0 - UInt8(ascii: "0") }
    return (value < 0 ? minus : "") + grouped(digits)
  }

  private func statement(_ p: Double, _ decimals: Int) -> (isBelow: Bool, number: String) {
    let decimals = min(max(decimals, 1), Self.decimalLimit)
    guard p.isFinite, p == 0 || (p > 0 && DecimalExpansion(p).leadingPower < -decimals) else {
      return (false, fixed(p, decimals: decimals))
    }
    let smallest = DecimalExpansion(digits: [1], scale: decimals)
    return (true, plain(smallest, decimals: decimals, isNegative: false))
  }

  private func special(_ value: Double) -> String {
    value.isNaN ? missing : value < 0 ? minus + infinity : infinity
  }

  private func plain(_ expansion: DecimalExpansion, decimals: Int, isNegative: Bool) -> String {
    let (whole, fraction) = expansion.parts(decimals: decimals)
    var text = isNegative && !expansion.digits.isEmpty ? minus : ""
    if hasLeadingZero || whole != [0] || fraction.isEmpty { text += grouped(whole) }
    if !fraction.isEmpty { text += decimalMark + Self.text(fraction[...]) }
    return text
  }

  private func scientific(_ expansion: DecimalExpansion, digits: Int, isNegative: Bool) -> String {
    let power = expansion.leadingPower
    let padded = expansion.digits + Array(repeating: 0, count: max(0, digits - expansion.digits.count))
    var text = (isNegative ? minus : "") + Self.text(padded[..<1])
    if digits > 1 { text += decimalMark + Self.text(padded[1..<digits]) }
    return text + "e" + (power < 0 ? minus : "+") + (abs(power) < 10 ? "0" : "") + String(abs(power))
  }

  private func grouped(_ digits: [UInt8]) -> String {
    guard !thousands.isEmpty, digits.count > 3 else { return Self.text(digits[...]) }
    let head = (digits.count - 1) % 3 + 1
    var text = Self.text(digits[..<head])
    for start in stride(from: head, to: digits.count, by: 3) {
      text += thousands + Self.text(digits[start..<start + 3])
    }
    return text
  }

  private static func text(_ digits: ArraySlice<UInt8>) -> String {
    String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
  }
}
