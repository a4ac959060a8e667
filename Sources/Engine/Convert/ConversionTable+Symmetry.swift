import EffectSizes

extension ConversionTable {
  /// A warning for each of the rows whose estimate is off the middle of its interval.
  func symmetryWarnings(of estimate: ReportedWord, scale: Scale, rows: [Int]) -> [String] {
    let words: [ReportedWord] = [estimate, .lower, .upper]
    return rows.compactMap { row in
      guard columns.fills(words, row) else { return nil }
      let place = IntervalSymmetry(
        estimate: columns.value(estimate, row), lower: columns.value(.lower, row), upper: columns.value(.upper, row),
        half: rounding(words, row), scale: scale)
      return place.finding.map { "row \(number(row)) (\(label(row))): \($0)" }
    }
  }
}
