import TableIO

/// Reads a piece of a wide table: every record is a group, with a row for each study.
struct WideParser: Sendable {
  let schema: BatchSchema
  let wide: WideColumns

  /// Reads a piece that begins at a record.
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
    var rows = BatchRows(roleCount: wide.roles.count)
    var scanner = RecordScanner(bytes, delimiter: delimiter, ending: ending)
    scanner.move(to: 0, line: firstLine)
    while true {
      switch scanner.next() {
      case .record:
        open(&rows, offset + scanner.recordStart) { column in
          guard column < scanner.count else { return [] }
          return scanner.field(column).hasDoubledQuotes ? Array(scanner.text(column).utf8) : Array(scanner.cell(column))
        }
        guard scanner.count == columns else {
          spoil(&rows, scanner.line, "\(scanner.count) cells instead of \(columns)")
          for index in wide.places.indices { rows.values[index % wide.roles.count].append(.nan) }
          close(&rows, scanner.line)
          continue
        }
        for (index, column) in wide.places.enumerated() {
          let cell = scanner.number(column, decimalMark: schema.decimalMarks[column])
          store(cell, index, column, &rows, scanner.line) { scanner.text(column) }
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

  private func parseLines(
    _ bytes: UnsafeRawBufferPointer, _ offset: Int, _ firstLine: Int, _ ending: RecordScanner.Ending
  ) -> BatchRows {
    var rows = BatchRows(roleCount: wide.roles.count)
    var scanner = JSONLineScanner(bytes, keys: schema.columnNames, ending: ending, firstLine: firstLine)
    while true {
      switch scanner.next() {
      case .record:
        open(&rows, offset + scanner.recordStart) { Array(scanner.text($0).utf8) }
        for (index, column) in wide.places.enumerated() {
          store(scanner.number(column), index, column, &rows, scanner.line) { scanner.text(column) }
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

  /// Begins the group of a record. Behind its key stands its place, so that no two records make one group.
  private func open(_ rows: inout BatchRows, _ start: Int, _ cell: (Int) -> [UInt8]) {
    var key: [UInt8] = []
    for column in schema.by { key += cell(column) + [BatchRows.separator] }
    ShortestNumber.append(start, to: &key)
    rows.runs.append(BatchRows.Run(key: key, rows: rows.count..<rows.count, start: start))
  }

  /// Stores a cell; `index` counts the roles of one study after another.
  private func store(
    _ cell: NumberCell, _ index: Int, _ column: Int, _ rows: inout BatchRows, _ line: Int, _ text: () -> String
  ) {
    rows.values[index % wide.roles.count].append(cell.value ?? .nan)
    if cell == .notANumber { spoil(&rows, line, "\(schema.columnNames[column]) is \"\(text())\", not a number") }
  }

  private func close(_ rows: inout BatchRows, _ line: Int) {
    for _ in wide.studies { rows.lines.append(Int32(truncatingIfNeeded: line)) }
    let last = rows.runs.count - 1
    rows.runs[last].rows = rows.runs[last].rows.lowerBound..<rows.count
  }

  private func spoil(_ rows: inout BatchRows, _ line: Int, _ message: String) {
    let last = rows.runs.count - 1
    if rows.runs[last].fault == nil { rows.runs[last].fault = BatchRows.Fault(line: line, message: message) }
  }
}
