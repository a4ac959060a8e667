/// The first pass over a text of separated values: finds header and delimiter, gathers the cells of all rows.
struct RowGathering {
  private(set) var dialect = TableDialect(format: .csv)
  /// The header's cells, trimmed.
  private(set) var header: [String] = []
  /// Cells of the rows, row after row.
  private(set) var cells: [Table.Cell] = []
  /// The line on which each row begins.
  private(set) var lines: [UInt32] = []
  /// Places in `cells` whose doubled quotes are yet to be halved.
  private(set) var doubledQuotes: [Int] = []

  /// Where the rows begin, and on which line.
  private(set) var body: (start: Int, line: Int) = (0, 1)

  init(
    _ text: UnsafeRawBufferPointer, _ options: CSVOptions, ending: RecordScanner.Ending = .text
  ) throws(TableError) {
    var preamble = Preamble(text, options)
    dialect.hasSeparatorLine = preamble.delimiter != nil
    if let delimiter = preamble.delimiter ?? options.delimiter {
      dialect.delimiter = delimiter
    } else {
      let rest = UnsafeRawBufferPointer(rebasing: text[preamble.position...])
      dialect.delimiter = try DelimiterDetector.find(rest, among: options.delimiters, firstLine: preamble.line)
    }
    let delimiter = dialect.delimiter ?? UInt8(ascii: ",")
    preamble.keepHeader(delimiter)
    let comment = options.comments == .everywhere ? UInt8(ascii: "#") : nil
    var scanner = RecordScanner(text, delimiter: delimiter, comment: comment, ending: ending)
    scanner.move(to: preamble.position, line: preamble.line)
    try takeHeader(&scanner)
    body = (scanner.position, scanner.followingLine)
    try takeRows(&scanner, text.count, ending, options.raggedRows)
    dialect.blankRows += scanner.blankLines
    dialect.commentLines = preamble.commentLines + scanner.commentLines
  }

  private mutating func takeHeader(_ scanner: inout RecordScanner) throws(TableError) {
    let step = scanner.next()
    try Self.check(step, scanner)
    guard step == .record else {
      throw TableError("the file holds no header", expected: "a line that names the columns")
    }
    for index in 0..<scanner.count { header.append(String(decoding: trimmed(scanner.text(index)), as: UTF8.self)) }
    dialect.headerLine = scanner.line
    if header.allSatisfy({ NumberParser.parse($0) != nil }) {
      throw TableError(
        "the first line holds numbers, not names of columns", line: scanner.line, value: header.first,
        expected: "a header", hint: "put a line with the names of the columns on top")
    }
    for index in 0..<scanner.count { noteQuotes(scanner.field(index)) }
  }

  private func trimmed(_ text: String) -> [UInt8] {
    Array(text.utf8).withUnsafeBytes { Array($0.trimmed()) }
  }

  private mutating func noteQuotes(_ field: RecordScanner.Field) {
    if field.isQuoted { dialect.quote = UInt8(ascii: "\"") }
  }

  private mutating func takeRows(
    _ scanner: inout RecordScanner, _ byteCount: Int, _ ending: RecordScanner.Ending, _ ragged: CSVOptions.RaggedRows
  ) throws(TableError) {
    while true {
      let step = scanner.next()
      if step == .end || (step == .incomplete && ending == .chunk) { return }
      try Self.check(step, scanner)
      if lines.count == 64 { reserve(byteCount, scanner.position) }
      if isBlank(scanner) {
        dialect.blankRows += 1
        continue
      }
      if scanner.count != header.count {
        if ragged == .leftOut { continue }
        throw wrongCount(scanner)
      }
      lines.append(UInt32(scanner.line))
      for index in 0..<scanner.count {
        let field = scanner.field(index)
        noteQuotes(field)
        if field.hasDoubledQuotes { doubledQuotes.append(cells.count) }
        cells.append(Table.Cell(start: UInt32(field.start), end: UInt32(field.end)))
      }
    }
  }

  /// Room for the rows to come, by the length of those read.
  private mutating func reserve(_ byteCount: Int, _ position: Int) {
    let rows = byteCount / (position / 64 + 1) + 64
    lines.reserveCapacity(rows)
    cells.reserveCapacity(rows * header.count)
  }

  private func isBlank(_ scanner: borrowing RecordScanner) -> Bool {
    guard scanner.cell(0).trimmed().isEmpty else { return false }
    for index in 1..<scanner.count where !scanner.cell(index).trimmed().isEmpty { return false }
    return true
  }

  private static func check(_ step: RecordScanner.Step, _ scanner: borrowing RecordScanner) throws(TableError) {
    switch step {
    case .record, .end: return
    case .unterminatedQuote, .incomplete:
      throw TableError(
        "a quoted cell is not closed", line: scanner.line, column: String(scanner.count + 1),
        expected: "a closing double quote", hint: "close the quote; inside quotes a quote is written twice")
    case .textAfterQuote:
      throw TableError(
        "text follows a closing quote", line: scanner.line, column: String(scanner.count),
        expected: "a delimiter or the end of the line", hint: "inside quotes a quote is written twice")
    }
  }

  private func wrongCount(_ scanner: borrowing RecordScanner) -> TableError {
    let (found, wanted) = (scanner.count, header.count)
    var error = TableError("the row has \(found) \(found == 1 ? "cell" : "cells")", line: scanner.line)
    error.expected = "\(wanted), as in the header"
    if found < wanted {
      error.column = header[found]
      error.hint = "give every row a cell per column; leave missing ones empty between delimiters"
    } else {
      error.column = String(wanted + 1)
      error.value = scanner.text(wanted)
      error.hint = "put cells that contain the delimiter in double quotes, or name the column in the header"
      if scanner.cell(wanted).trimmed().isEmpty { error.hint = "take the surplus delimiters off the end of the row" }
    }
    if scanner.cell(0).first == UInt8(ascii: "#") {
      error.hint = "a line that begins with # is a comment only above the header"
    }
    return error
  }
}

/// What stands above the header: a line `sep=…` and comments.
private struct Preamble {
  /// The delimiter that the `sep=` line names.
  var delimiter: UInt8?
  /// Where the header (or, before `keepHeader`, the first line that is no comment) begins.
  var position = 0
  var line = 1
  var commentLines = 0
  private var lastComment: (position: Int, line: Int)?
  private let text: UnsafeRawBufferPointer

  init(_ text: UnsafeRawBufferPointer, _ options: CSVOptions) {
    self.text = text
    takeSeparatorLine()
    if options.comments != .none { takeComments() }
  }

  private mutating func takeSeparatorLine() {
    let first = lineRange(0)
    var content = text[first].filter { $0 != UInt8(ascii: "\"") }
    while content.last == 0x20 { content.removeLast() }
    // The delimiter may itself be repeated to fill the row up: `sep=;;;;`.
    guard content.count >= 5, content[..<4].map({ $0 | 0x20 }).elementsEqual("sep\u{3D}".utf8.map { $0 | 0x20 }),
      content[4] < 0x80, content[4...].allSatisfy({ $0 == content[4] })
    else { return }
    delimiter = content[4]
    advance(behind: first)
  }

  private mutating func takeComments() {
    while position < text.count {
      let range = lineRange(position)
      guard text[position] == UInt8(ascii: "#") || range.isEmpty else { break }
      if !range.isEmpty {
        lastComment = (position, line)
        commentLines += 1
      }
      advance(behind: range)
    }
  }

  /// A last comment with as many cells as the next line is the header after all.
  mutating func keepHeader(_ delimiter: UInt8) {
    guard let last = lastComment else { return }
    var scanner = RecordScanner(text, delimiter: delimiter)
    scanner.move(to: last.position, line: last.line)
    guard scanner.next() == .record else { return }
    let columns = scanner.count
    guard columns > 1, scanner.next() == .record, scanner.count == columns else { return }
    (position, line) = last
    commentLines -= 1
  }

  private func lineRange(_ start: Int) -> Range<Int> {
    var end = start
    while end < text.count, text[end] != 0x0A, text[end] != 0x0D { end += 1 }
    return start..<end
  }

  private mutating func advance(behind range: Range<Int>) {
    position = range.upperBound
    guard position < text.count else { return }
    let isPair = text[position] == 0x0D && position + 1 < text.count && text[position + 1] == 0x0A
    position += isPair ? 2 : 1
    line += 1
  }
}
