/// What the beginning of a long file of separated values says about all of it: names, delimiter, decimal marks.
///
/// Give it the first chunk (a few hundred kilobytes); then scan from `bodyStart` with a `RecordScanner`. Columns keep their
/// places: none is left out. Long files must be UTF-8; the bytes behind the chunk are not looked at.
public struct StreamStart: Sendable {
  /// The names of all columns; one without a name is called `column` and its number.
  public let columnNames: [String]
  /// How the file is read.
  public let dialect: TableDialect
  /// The decimal mark of each column.
  public let decimalMarks: [UInt8]
  /// The byte where the first row begins.
  public let bodyStart: Int
  /// The line on which the first row begins, from 1.
  public let bodyLine: Int

  /// Reads the beginning of a file; `ending` is `.text` if it is the whole.
  public init(
    _ chunk: UnsafeRawBufferPointer, ending: RecordScanner.Ending = .chunk, options: CSVOptions = .automatic
  ) throws(TableError) {
    let mark = try Self.byteOrderMark(chunk)
    let text = UnsafeRawBufferPointer(rebasing: chunk[mark...])
    // Rows of the wrong length are no reason to refuse the rest: who scans the file sees them one by one.
    var options = options
    options.raggedRows = .leftOut
    let rows = try RowGathering(text, options, ending: ending)
    var content = TableContent(dialect: rows.dialect, bytes: Array(text))
    content.columnNames = rows.header.indices.map { ColumnNaming.name(rows.header[$0], $0) }
    (content.cells, content.lines) = (rows.cells, rows.lines)
    content.dialect.encoding = mark > 0 ? .utf8WithMark : .utf8
    decimalMarks = try DecimalMarkDetector.marks(&content, options)
    (columnNames, dialect) = (content.columnNames, content.dialect)
    try ColumnNaming.check(columnNames, places: Array(columnNames.indices), line: rows.dialect.headerLine)
    (bodyStart, bodyLine) = (rows.body.start + mark, rows.body.line)
  }

  /// The length of a UTF-8 byte order mark, 0 without one; UTF-16 and binary files are refused.
  public static func byteOrderMark(_ chunk: UnsafeRawBufferPointer) throws(TableError) -> Int {
    if chunk.starts(with: [0xFF, 0xFE]) || chunk.starts(with: [0xFE, 0xFF]) {
      throw TableError("the file is UTF-16", expected: "UTF-8 in long files", hint: "save the file again as UTF-8")
    }
    if chunk.contains(0) {
      throw TableError("the file holds a NUL byte: it is binary, not text", hint: "give a text file in UTF-8")
    }
    guard chunk.contains(where: { $0 > 0x20 }) else {
      throw TableError("the file is empty", expected: "a header line and rows")
    }
    return chunk.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }
}
