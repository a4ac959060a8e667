import TableIO

/// Reads a piece of a table into columns and runs: a long table, a row a study, or a wide one, a row a group.
struct BatchParser: Sendable {
  private let schema: BatchSchema

  /// A parser for the columns of a schema.
  init(_ schema: BatchSchema) { self.schema = schema }

  /// Reads a piece that begins at a record and, unless it ends the text, ends with one.
  func parse(_ piece: TextPiece) -> BatchRows {
    piece.withBytes { bytes in
      switch schema.format {
      case .separated(let delimiter, let columns): parseSeparated(bytes, piece, delimiter, columns)
      case .lines: parseLines(bytes, piece)
      }
    }
  }

  private func sink(_ bytes: UnsafeRawBufferPointer) -> RowSink {
    // A row of numbers with a few digits; if they are shorter there will be more.
    let expected = bytes.count / (8 * (schema.cells.count + 1)) * schema.rowsPerRecord
    return RowSink(roleCount: schema.roles.count, rowsPerRecord: schema.rowsPerRecord, expected: expected)
  }

  private func parseSeparated(
    _ bytes: UnsafeRawBufferPointer, _ piece: TextPiece, _ delimiter: UInt8, _ columns: Int
  ) -> BatchRows {
    var sink = sink(bytes)
    var scanner = RecordScanner(bytes, delimiter: delimiter, ending: piece.endsText ? .text : .piece)
    var group = GroupCells(schema)
    var pattern = schema.pattern(columns)
    let numbers = UnsafeMutableBufferPointer<Double>.allocate(capacity: schema.cells.count)
    defer { numbers.deallocate() }
    while true {
      if takePlainRecord(&scanner, pattern, numbers, &sink) { continue }
      if openPlainGroup(&scanner, &pattern, numbers, &sink, &group, piece, bytes) { continue }
      switch scanner.next() {
      case .record:
        if !group.isRepeated(by: scanner, bytes) {
          sink.open(start: piece.offset + scanner.recordStart) { schema.addKey(of: scanner, to: &$0) }
          group.remember(scanner)
          pattern.remember(scanner)
        } else if !pattern.isKnown {
          pattern.remember(scanner)
        }
        sink.begin(line: scanner.line)
        if scanner.count == columns {
          storeNumbers(of: scanner, &sink)
        } else {
          sink.spoil(line: scanner.line, "\(scanner.count) cells instead of \(columns)")
          for index in schema.cells.indices { sink.store(.nan, at: index) }
        }
        sink.end()
      case .end: return sink.finish(lineCount: scanner.followingLine - 1)
      default:
        return sink.finish(lineCount: 0, fatal: schema.brokenQuotes(line: scanner.line))
      }
    }
  }

  /// Takes a record of the present group with nothing but numbers where they belong: nearly all are so.
  @inline(__always)
  private func takePlainRecord(
    _ scanner: inout RecordScanner, _ pattern: borrowing RecordPattern,
    _ numbers: UnsafeMutableBufferPointer<Double>, _ sink: inout RowSink
  ) -> Bool {
    guard scanner.take(pattern, into: numbers) else { return false }
    store(numbers, line: scanner.line, &sink)
    return true
  }

  /// Takes such a record of a new group.
  private func openPlainGroup(
    _ scanner: inout RecordScanner, _ pattern: inout RecordPattern, _ numbers: UnsafeMutableBufferPointer<Double>,
    _ sink: inout RowSink, _ group: inout GroupCells, _ piece: TextPiece, _ bytes: UnsafeRawBufferPointer
  ) -> Bool {
    guard scanner.takeOpening(&pattern, into: numbers) else { return false }
    sink.open(start: piece.offset + scanner.recordStart) { key in
      for index in schema.by.indices {
        let field = pattern.repeatedField(index)
        key.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[field.start..<field.end]))
        key.append(BatchRows.separator)
      }
    }
    group.remember(pattern)
    store(numbers, line: scanner.line, &sink)
    return true
  }

  @inline(__always)
  private func store(_ numbers: UnsafeMutableBufferPointer<Double>, line: Int, _ sink: inout RowSink) {
    sink.begin(line: line)
    for index in 0..<numbers.count { sink.store(numbers[index], at: index) }
    sink.end()
  }

  @inline(__always)
  private func storeNumbers(of scanner: borrowing RecordScanner, _ sink: inout RowSink) {
    for (index, cell) in schema.cells.enumerated() {
      switch scanner.number(cell.column, decimalMark: cell.decimalMark) {
      case .value(let value): sink.store(value, at: index)
      case .missing: sink.store(.nan, at: index)
      case .notANumber:
        sink.store(.nan, at: index)
        sink.spoil(line: scanner.line, schema.noNumber(cell.column, scanner.text(cell.column)))
      }
    }
  }

  private func parseLines(_ bytes: UnsafeRawBufferPointer, _ piece: TextPiece) -> BatchRows {
    var sink = sink(bytes)
    var scanner = JSONLineScanner(bytes, keys: schema.columnNames, ending: piece.endsText ? .text : .piece)
    var key = [UInt8]()
    while true {
      switch scanner.next() {
      case .record:
        key.removeAll(keepingCapacity: true)
        schema.addKey(of: scanner, to: &key)
        if schema.isWide || sink.lastKey != key[...] {
          sink.open(start: piece.offset + scanner.recordStart) { $0 += key }
        }
        sink.begin(line: scanner.line)
        for (index, cell) in schema.cells.enumerated() {
          let number = scanner.number(cell.column)
          sink.store(number.value ?? .nan, at: index)
          if number == .notANumber {
            sink.spoil(line: scanner.line, schema.noNumber(cell.column, scanner.text(cell.column)))
          }
        }
        sink.end()
      case .end: return sink.finish(lineCount: scanner.followingLine - 1)
      case .incomplete, .fault:
        let fault = scanner.fault
        let error = EvidenceError(
          .badData, fault?.message ?? "broken JSON", file: schema.file, line: fault?.line ?? scanner.line)
        return sink.finish(lineCount: 0, fatal: error)
      }
    }
  }
}

extension BatchSchema {
  /// What most records of a long table look like; no record where every one is a group, or a column is two things.
  fileprivate func pattern(_ columnCount: Int) -> RecordPattern {
    let numbers = cells.map { (column: $0.column, decimalMark: $0.decimalMark) }
    let pattern = isWide ? nil : RecordPattern(columnCount: columnCount, repeated: by, numbers: numbers)
    return pattern ?? RecordPattern()
  }

  /// Appends the values of a record's group to a key.
  func addKey(of scanner: borrowing RecordScanner, to key: inout [UInt8]) {
    for column in by {
      // A record that is cut short may lack the cell.
      if column < scanner.count {
        if scanner.field(column).hasDoubledQuotes {
          key += scanner.text(column).utf8
        } else {
          key.append(contentsOf: scanner.cell(column))
        }
      }
      key.append(BatchRows.separator)
    }
  }

  /// The same of an object.
  func addKey(of scanner: borrowing JSONLineScanner, to key: inout [UInt8]) {
    for column in by {
      key += scanner.text(column).utf8
      key.append(BatchRows.separator)
    }
  }

  fileprivate func noNumber(_ column: Int, _ text: String) -> String {
    "\(columnNames[column]) is \"\(text)\", not a number"
  }

  /// Quotes that make it impossible to tell where records end.
  fileprivate func brokenQuotes(line: Int) -> EvidenceError {
    EvidenceError(
      .badData, "a quoted cell is not closed, or something follows its closing quote", file: file, line: line,
      hint: "double the quotes inside quoted cells")
  }
}

/// The cells that name the group of the record before, as they stand in the text: most records repeat them byte for byte.
struct GroupCells {
  private let columns: [Int]
  private let isWide: Bool
  private var cells: [RecordScanner.Field] = []

  /// Those of a schema; in a wide table no record goes on with the group before.
  init(_ schema: BatchSchema) { (columns, isWide) = (schema.by, schema.isWide) }

  /// Whether a record has the very bytes of the one remembered.
  @inline(__always)
  func isRepeated(by scanner: borrowing RecordScanner, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard cells.count == columns.count, !isWide else { return false }
    for (index, column) in columns.enumerated() {
      guard column < scanner.count else { return false }
      let (cell, known) = (scanner.field(column), cells[index])
      let length = cell.end &- cell.start
      guard length == known.end &- known.start, cell.hasDoubledQuotes == known.hasDoubledQuotes else { return false }
      for place in 0..<length where bytes[cell.start &+ place] != bytes[known.start &+ place] { return false }
    }
    return true
  }

  /// Remembers a record's.
  mutating func remember(_ scanner: borrowing RecordScanner) {
    cells.removeAll(keepingCapacity: true)
    for column in columns where column < scanner.count { cells.append(scanner.field(column)) }
  }

  /// Remembers those of a pattern.
  mutating func remember(_ pattern: borrowing RecordPattern) {
    while cells.count < columns.count { cells.append(pattern.repeatedField(cells.count)) }
    for index in cells.indices { cells[index] = pattern.repeatedField(index) }
  }
}
