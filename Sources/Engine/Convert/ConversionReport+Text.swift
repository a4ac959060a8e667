import TableIO

extension ConversionReport {
  /// How the input was read, for people: which column is which word.
  public var explanation: String {
    var lines = ["input: \(table.source.document.name), \(table.source.table.rowCount) rows"]
    lines.append("read as: \(table.source.table.dialect)")
    for word in conversion.words {
      guard let column = table.binding[word] else { continue }
      lines.append("  \(word) ← column \"\(table.source.table.columnNames[column])\"")
    }
    lines.append("rows converted: \(rows.count); left out: \(excluded.count)")
    return lines.map { "evidence: " + $0 + "\n" }.joined()
  }

  /// The rows as a table for people, then what was assumed, left out and warned of.
  public func text(digits: Int) -> String {
    var lines =
      ["\(conversion.title): \(rows.count) of \(table.count) rows", ""] + tableLines(TextFormat(digits: digits))
    var assumptions: [String] = []
    for assumption in rows.flatMap(\.assumptions) where !assumptions.contains(assumption) {
      assumptions.append(assumption)
    }
    if !assumptions.isEmpty { lines += ["", "Assumed:"] + assumptions.map { "  - " + $0 } }
    if !excluded.isEmpty {
      lines += ["", "Left out:"] + excluded.map { "  row \($0.row) (\($0.study)): \($0.reason)" }
    }
    if !warnings.isEmpty { lines += ["", "Notes"] + warnings.map { "  - " + $0 } }
    return lines.joined(separator: "\n") + "\n"
  }

  private func tableLines(_ format: TextFormat) -> [String] {
    let words = (rows.first?.words ?? []).map(\.key)
    let isEstimate = rows.first?.display != nil
    let keys = (rows.first?.numbers ?? []).map(\.key).filter { !isEstimate || !$0.hasPrefix("ci_") }
    let head = ["Row", "Study"] + (isEstimate ? ["Estimate", "CI"] : []) + keys + words.map { $0.capitalizedWord }
    var text = TextTable(
      head, [.right, .left] + head.dropFirst(2).map { words.map(\.capitalizedWord).contains($0) ? .left : .right })
    for row in rows {
      var cells = ["\(table.number(row.position))", table.label(row.position)]
      if let display = row.display {
        cells += [format.number(display.estimate), format.interval(display.lower, display.upper)]
      }
      cells += row.numbers.filter { keys.contains($0.key) }.map { number($0.key, $0.value, format) }
      text.row(cells + row.words.map(\.text))
    }
    return text.lines
  }

  /// Whole numbers, which are counts, without decimals.
  private func number(_ key: String, _ value: Double, _ format: TextFormat) -> String {
    ConversionReport.counts.contains(key) && value == value.rounded() ? value.shortText : format.number(value)
  }

  private static let counts: Set<String> = ["ai", "bi", "ci", "di", "xi", "ni"]
}

extension String {
  /// `sd_method` as `Sd method`.
  fileprivate var capitalizedWord: String {
    let spaced = split(separator: "_").joined(separator: " ")
    return spaced.prefix(1).uppercased() + spaced.dropFirst()
  }
}
