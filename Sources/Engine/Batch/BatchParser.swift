import TableIO

/// Reads a piece of a long table into columns and runs.
struct BatchParser: Sendable {
  let schema: BatchSchema

  /// Reads a piece that begins at a record.
  ///
  /// - Parameters:
  ///   - offset: byte in the input where the piece begins.
  ///   - ending: what the end of the piece is.
  func parse(
    _ bytes: UnsafeRawBufferPointer, offset: Int, firstLine: Int, ending: RecordScanner.Ending
  ) -> BatchRows {
    switch schema.format {
    case .separated(let delimiter, let columns):
      return parseSeparated(bytes, offset, firstLine, ending, delimiter, columns)
    case .lines: return parseLines(bytes, offset, firstLine, ending)
    }
  }

  private func parseSeparated(
    _ bytes: UnsafeRawBufferPointer, _ offset: Int, _ firstLine: Int, _ ending: RecordScanner.Ending,
    _ delimiter: UInt8, _ columns: Int
  ) -> BatchRows {
    var rows = BatchRows(roleCount: schema.roles.count)
    var scanner = RecordScanner(bytes, delimiter: delimiter, ending: ending)
    scanner.move(to: 0, line: firstLine)
    var run = RunKey(count: schema.by.count)
    while true {
      switch scanner.next() {
      case .record:
        let count = scanner.count
        if !run.isRepeated(scanner, schema.by, bytes) {
          open(&rows, key(of: scanner), offset + scanner.recordStart)
          run.remember(scanner, schema.by)
        }
        if count != columns {
          spoil(&rows, scanner.line, "\(count) cells instead of \(columns)")
          appendMissing(&rows, scanner.line)
          continue
        }
        for (index, role) in schema.roles.enumerated() {
          let cell = scanner.number(role.column, decimalMark: schema.decimalMarks[role.column])
          store(cell, index, role.column, &rows, scanner.line) { scanner.text(role.column) }
        }
        close(&rows, scanner.line)
      case .end:
        rows.lineCount = scanner.followingLine - firstLine
        return rows
      case .incomplete:
        rows.incompleteStart = scanner.recordStart
        return rows
      default:
        rows.fatal = BatchParser.brokenQuotes(schema.file, line: scanner.line)
        return rows
      }
    }
  }

  /// Quotes that make it impossible to tell where records end.
  static func brokenQuotes(_ file: String, line: Int) -> EvidenceError {
    EvidenceError(
      .badData, "a quoted cell is not closed, or something follows its closing quote", file: file, line: line,
      hint: "double the quotes inside quoted cells")
  }

  private func parseLines(
    _ bytes: UnsafeRawBufferPointer, _ offset: Int, _ firstLine: Int, _ ending: RecordScanner.Ending
  ) -> BatchRows {
    var rows = BatchRows(roleCount: schema.roles.count)
    var scanner = JSONLineScanner(bytes, keys: schema.columnNames, ending: ending, firstLine: firstLine)
    var key = [UInt8]()
    while true {
      switch scanner.next() {
      case .record:
        key.removeAll(keepingCapacity: true)
        for column in schema.by {
          key += Array(scanner.text(column).utf8)
          key.append(BatchRows.separator)
        }
        open(&rows, key, offset + scanner.recordStart)
        for (index, role) in schema.roles.enumerated() {
          store(scanner.number(role.column), index, role.column, &rows, scanner.line) { scanner.text(role.column) }
        }
        close(&rows, scanner.line)
      case .end:
        rows.lineCount = scanner.followingLine - firstLine
        return rows
      case .incomplete:
        rows.incompleteStart = scanner.recordStart
        return rows
      case .fault:
        rows.fatal = EvidenceError(
          .badData, scanner.fault?.message ?? "broken JSON", file: schema.file, line: scanner.fault?.line)
        return rows
      }
    }
  }

  private func key(of scanner: borrowing RecordScanner) -> [UInt8] {
    var key = [UInt8]()
    for column in schema.by {
      // A record that is cut short may lack the cell.
      if column < scanner.count {
        if scanner.field(column).hasDoubledQuotes {
          key += Array(scanner.text(column).utf8)
        } else {
          key.append(contentsOf: scanner.cell(column))
        }
      }
      key.append(BatchRows.separator)
    }
    return key
  }

  /// Makes the present row one of the run of its key.
  private func open(_ rows: inout BatchRows, _ key: [UInt8], _ start: Int) {
    if let last = rows.runs.last, last.key == key { return }
    rows.runs.append(BatchRows.Run(key: key, rows: rows.count..<rows.count, start: start))
  }

  private func store(
    _ cell: NumberCell, _ index: Int, _ column: Int, _ rows: inout BatchRows, _ line: Int, _ text: () -> String
  ) {
    switch cell {
    case .value(let value): rows.values[index].append(value)
    case .missing: rows.values[index].append(.nan)
    case .notANumber:
      rows.values[index].append(.nan)
      spoil(&rows, line, "\(schema.columnNames[column]) is \"\(text())\", not a number")
    }
  }

  private func appendMissing(_ rows: inout BatchRows, _ line: Int) {
    for index in rows.values.indices { rows.values[index].append(.nan) }
    close(&rows, line)
  }

  private func close(_ rows: inout BatchRows, _ line: Int) {
    rows.lines.append(Int32(truncatingIfNeeded: line))
    let last = rows.runs.count - 1
    rows.runs[last].rows = rows.runs[last].rows.lowerBound..<rows.count
  }

  private func spoil(_ rows: inout BatchRows, _ line: Int, _ message: String) {
    let last = rows.runs.count - 1
    if rows.runs[last].fault == nil { rows.runs[last].fault = BatchRows.Fault(line: line, message: message) }
  }
}

/// The cells that name the group of the record before, as they stand in the text: most records repeat them byte for byte.
private struct RunKey {
  private var cells: [RecordScanner.Field] = []
  private let count: Int

  init(count: Int) { self.count = count }

  /// Whether a record has the very bytes of the one remembered.
  @inline(__always)
  func isRepeated(_ scanner: borrowing RecordScanner, _ columns: [Int], _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard cells.count == count, count > 0 else { return false }
    for (index, column) in columns.enumerated() {
      guard column < scanner.count else { return false }
      let (cell, known) = (scanner.field(column), cells[index])
      let length = cell.end - cell.start
      guard length == known.end - known.start, cell.hasDoubledQuotes == known.hasDoubledQuotes else { return false }
      for place in 0..<length where bytes[cell.start + place] != bytes[known.start + place] { return false }
    }
    return true
  }

  mutating func remember(_ scanner: borrowing RecordScanner, _ columns: [Int]) {
    cells.removeAll(keepingCapacity: true)
    for column in columns where column < scanner.count { cells.append(scanner.field(column)) }
  }
}
