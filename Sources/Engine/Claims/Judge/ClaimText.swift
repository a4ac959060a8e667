import NumericCore
import TableIO

/// Numbers in the sentences of a verdict.
enum ClaimText {
  /// A value beside the number that is stated for it: two decimals more than printed, without idle zeros.
  static func value(_ value: Double, like printed: PrintedNumber?) -> String {
    guard let printed else { return significant(value) }
    let decimals = min(max(printed.decimals, 0) + 2, 12)
    return trimmed(NumberText.plain.fixed(value, decimals: decimals), least: max(printed.decimals, 0) + 1)
      + (printed.isPercent ? "%" : "")
  }

  /// A value by itself, with four significant digits.
  static func significant(_ value: Double) -> String { NumberText.plain.significant(value, digits: 4) }

  /// A p-value with three significant digits.
  static func p(_ value: Double) -> String { NumberText.plain.significant(value, digits: 3) }

  /// "a", "a and b", "a, b and c".
  static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  /// A range, or its one value.
  static func range(_ range: Enclosure, like printed: PrintedNumber?) -> String {
    let (low, high) = (value(range.lower, like: printed), value(range.upper, like: printed))
    return low == high ? low : "\(low) to \(high)"
  }

  /// Value, interval, standard error and p as far as the formula gives them and the statement has them.
  static func outcome(_ match: ClaimMatch) -> String {
    func part(_ name: String) -> ClaimMatch.Part? { match.parts.first { $0.name == name } }
    guard let main = part("value") else { return "" }
    var text = value(main.value, like: main.printed)
    if let lower = part("lower limit"), let upper = part("upper limit") {
      text += " [\(value(lower.value, like: lower.printed)), \(value(upper.value, like: upper.printed))]"
    }
    if let error = part("SE") { text += " (SE \(value(error.value, like: error.printed)))" }
    if let test = part("p") { text += ", p = \(p(test.value))" }
    return text
  }

  private static func trimmed(_ text: String, least: Int) -> String {
    guard let point = text.firstIndex(of: ".") else { return text }
    var result = text
    while result.hasSuffix("0"), result.distance(from: point, to: result.endIndex) - 1 > least { result.removeLast() }
    return result
  }
}
