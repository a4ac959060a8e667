/// How a number of a table is written as a factor level or inside a column name.
enum NumberLabel {
  /// Shortest decimal text that reads back to the same double, whole numbers without `.0`.
  static func text(_ value: Double) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
