/// Prints estimates and intervals of one figure: the same decimals all the way down.
struct ForestEffectFormat {
  /// An estimate and its interval in figures.
  struct Parts: Equatable {
    /// The estimate; `nil` for prediction intervals.
    var estimate: String?
    /// Lower end with the opening sign and the separator, upper end with the closing sign.
    var lower, upper: String

    /// The whole as one text.
    var text: String { (estimate.map { $0 + " " } ?? "") + lower + upper }
  }

  private let decimal: DecimalText
  private let ratio: Bool
  private let open, separator, close: String

  init(table: ForestTable, style: ForestStyle) {
    decimal = DecimalText(digits: table.digits)
    ratio = table.axis.log
    open = style.numbers.open
    close = style.numbers.close
    let hasNegative = table.rows.contains { ($0.ciLowerDisplay ?? 0) < 0 || ($0.estimateDisplay ?? 0) < 0 }
    separator = hasNegative ? style.numbers.separatorBesideMinus : style.numbers.separator
  }

  /// The figures of a row, `nil` when it has no interval.
  func parts(_ row: ForestRow) -> Parts? {
    guard let lower = row.ciLowerDisplay, let upper = row.ciUpperDisplay else { return nil }
    if row.estimateDisplay == nil && row.rowType != .prediction { return nil }
    return Parts(
      estimate: row.estimateDisplay.map(number), lower: open + number(lower) + separator, upper: number(upper) + close)
  }

  /// A number with the figure's decimals.
  ///
  /// A ratio is never printed as zero: below half a unit of the last decimal it is "<0.01"; from 100 000 on it is a
  /// power of ten.
  func number(_ value: Double) -> String {
    if abs(value) >= ForestBuilder.unbounded { return decimal.text(value < 0 ? -.infinity : .infinity) }
    guard ratio, value > 0, value.isFinite else { return decimal.text(value) }
    let unit = PlotMath.powerOfTen(-decimal.digits)
    if value < unit / 2 { return "<" + decimal.text(unit) }
    if value >= 1e5 { return decimal.scientific(value, significant: 3) }
    return decimal.text(value)
  }
}
