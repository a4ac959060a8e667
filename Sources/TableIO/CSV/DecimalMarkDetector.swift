/// Finds whether the numbers of each column have a decimal point or a decimal comma.
///
/// `0,5` can only be a decimal comma and `0.5` only a decimal point, but `1,234` may be one and a thousandth or a
/// thousand: then the other numbers of the column decide, then those of the other columns, and if none does the table is
/// refused. Columns of text (fewer than half of the values look like numbers) have no say.
struct DecimalMarkDetector {
  /// What the cells of one column show; each is the first row that does.
  struct Evidence {
    var comma: Int?
    var point: Int?
    /// A comma with three digits behind it.
    var maybeComma: Int?
    var values = 0
    var numbers = 0

    var isNumeric: Bool { numbers > 0 && 2 * numbers >= values }
  }

  private(set) var evidence: [Evidence]

  /// Looks at all cells, row after row.
  init(_ bytes: [UInt8], _ cells: [Table.Cell], columns: Int) {
    evidence = Array(repeating: Evidence(), count: columns)
    var (row, column) = (0, 0)
    bytes.withUnsafeBytes { bytes in
      for cell in cells {
        let text = UnsafeRawBufferPointer(rebasing: bytes[Int(cell.start)..<Int(cell.end)]).trimmed()
        if !MissingCode.matches(text) { note(NumberLook(text), row, &evidence[column]) }
        column += 1
        if column == columns { (row, column) = (row + 1, 0) }
      }
    }
  }

  private func note(_ look: NumberLook, _ row: Int, _ evidence: inout Evidence) {
    evidence.values += 1
    guard look != .text else { return }
    evidence.numbers += 1
    switch look {
    case .comma: evidence.comma = evidence.comma ?? row
    case .point: evidence.point = evidence.point ?? row
    case .maybeComma: evidence.maybeComma = evidence.maybeComma ?? row
    case .whole, .maybePoint, .text: break
    }
  }
}

/// What a text says about the decimal mark.
enum NumberLook {
  case text, whole, comma, point
  /// Groups of three digits behind marks: thousands, or a decimal fraction of three digits.
  case maybeComma, maybePoint

  init(_ text: UnsafeRawBufferPointer) {
    let comma = UInt8(ascii: ",")
    let point = UInt8(ascii: ".")
    let isPoint = NumberParser.parse(text) != nil
    let isComma = NumberParser.parse(text, decimalMark: comma) != nil
    switch (isPoint, isComma) {
    case (true, true): self = .whole
    case (true, false): self = Self.hasGroups(text, point) ? .maybePoint : .point
    case (false, true): self = Self.hasGroups(text, comma) ? .maybeComma : .comma
    case (false, false): self = .text
    }
  }

  /// Whether the text is 1 to 3 digits, not beginning with 0, then a mark and exactly three digits.
  private static func hasGroups(_ text: UnsafeRawBufferPointer, _ mark: UInt8) -> Bool {
    guard let place = text.firstIndex(of: mark), text.count == place + 4 else { return false }
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let whole = text[..<place].drop { !digits.contains($0) }
    guard (1...3).contains(whole.count), whole.first != UInt8(ascii: "0") else { return false }
    return text[(place + 1)...].allSatisfy { digits.contains($0) }
  }
}

extension DecimalMarkDetector {
  /// What was decided: the mark of the table and of each column.
  struct Decision {
    var mark = UInt8(ascii: ".")
    var marks: [UInt8] = []
  }

  /// The marks, or an error that lists the readings. `name` and `line` give a column's name and a row's line.
  func decide(name: (Int) -> String, line: (Int) -> Int) throws(TableError) -> Decision {
    let numeric = evidence.filter(\.isNumeric)
    let hasComma = numeric.contains { $0.comma != nil }
    let hasPoint = numeric.contains { $0.point != nil }
    let (comma, point) = (UInt8(ascii: ","), UInt8(ascii: "."))
    let usual = hasComma && !hasPoint ? comma : point
    var decision = Decision(mark: usual)
    for (column, evidence) in evidence.enumerated() {
      guard evidence.isNumeric else {
        decision.marks.append(usual)
        continue
      }
      switch (evidence.comma, evidence.point) {
      case (let row?, let other?):
        throw TableError(
          "some numbers have a decimal comma and some a decimal point (line \(line(min(row, other))))",
          line: line(max(row, other)), column: name(column), hint: "write all numbers of the column in one way")
      case (_?, nil): decision.marks.append(comma)
      case (nil, _?): decision.marks.append(point)
      case (nil, nil):
        if let row = evidence.maybeComma, hasComma == hasPoint {
          throw TableError(
            "the decimal mark cannot be told: the comma may be a decimal comma or a thousands separator",
            line: line(row), column: name(column),
            hint: "write the numbers without thousands separators, or with a decimal point")
        }
        decision.marks.append(usual)
      }
    }
    return decision
  }
}

extension DecimalMarkDetector {
  /// The mark of each column of a table, by the options or the cells; the dialect and warnings of the table say so.
  static func marks(_ content: inout TableContent, _ options: CSVOptions) throws(TableError) -> [UInt8] {
    let names = content.columnNames
    let point = UInt8(ascii: ".")
    let isCommaSeparated = content.dialect.delimiter == UInt8(ascii: ",")
    if let mark = options.decimalMark ?? (isCommaSeparated ? point : nil) {
      content.dialect.decimalMark = mark
      return Array(repeating: mark, count: names.count)
    }
    let lines = content.lines
    let detector = DecimalMarkDetector(content.bytes, content.cells, columns: names.count)
    let decision = try detector.decide(name: { names[$0] }, line: { Int(lines[$0]) })
    content.dialect.decimalMark = decision.mark
    let others = names.indices.filter { decision.marks[$0] != decision.mark }.map { names[$0] }
    content.dialect.otherMarkColumns = others
    if !others.isEmpty {
      content.warnings.append("decimal commas in \(others.joined(separator: ", ")), decimal points elsewhere")
    }
    return decision.marks
  }
}
