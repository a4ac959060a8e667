/// Reads separated values: the coding, delimiter and decimal mark are found out from the bytes unless given.
///
/// The first line names the columns (after an optional `sep=` line and comments). Rows must have as many cells as the
/// header; rows without any value, and columns without name and value, are left out and counted. What can be read two
/// ways is refused with both readings named. A table of a header alone has no rows and is no error.
public enum CSVReader {
  /// Reads a whole file.
  ///
  /// Throws a `TableError` for an empty or binary file, rows too short or too long, unclosed quotes, two columns of one
  /// name, a missing header, and for what can be read two ways.
  public static func read(_ bytes: [UInt8], _ options: CSVOptions = .automatic) throws(TableError) -> Table {
    var decoding = try TextDecoding(bytes)
    guard decoding.bytes.count < UInt32.max else {
      throw TableError(
        "the file is larger than 4 GiB", hint: "long files are read by the batch command, a group at a time")
    }
    guard decoding.bytes.contains(where: { $0 > 0x20 }) else {
      throw TableError("the file is empty", expected: "a header line and a row per study")
    }
    let gathered = decoding.bytes.withUnsafeBytes { text in
      Result { () throws(TableError) in try RowGathering(text, options) }
    }
    let rows = try gathered.get()
    var content = TableContent(dialect: rows.dialect, bytes: [])
    content.dialect.encoding = decoding.encoding
    content.dialect.lineEnding = lineEnding(of: decoding.bytes)
    content.warnings = decoding.warnings
    swap(&content.bytes, &decoding.bytes)
    try finish(&content, rows, options)
    return Table(content)
  }

  /// Halves doubled quotes, names the columns, leaves blank ones out, decides the decimal marks.
  private static func finish(
    _ content: inout TableContent, _ rows: RowGathering, _ options: CSVOptions
  ) throws(TableError) {
    content.cells = rows.cells
    content.lines = rows.lines
    for index in rows.doubledQuotes {
      let cell = content.cells[index]
      content.cells[index].end = UInt32(QuotedText.halveQuotes(&content.bytes, Int(cell.start)..<Int(cell.end)))
    }
    try ColumnNaming(rows.header).apply(to: &content)
    content.marks = try DecimalMarkDetector.marks(&content, options)
  }

  /// How lines end, by the first megabyte.
  private static func lineEnding(of bytes: [UInt8]) -> TableDialect.LineEnding? {
    var (lf, crlf, cr) = (false, false, false)
    var last: UInt8 = 0
    for byte in bytes.prefix(1 << 20) {
      if byte == 0x0A { last == 0x0D ? (crlf = true) : (lf = true) }
      if last == 0x0D, byte != 0x0A { cr = true }
      last = byte
    }
    if last == 0x0D { cr = true }
    switch (lf, crlf, cr) {
    case (false, false, false): return nil
    case (true, false, false): return .lf
    case (false, true, false): return .crlf
    case (false, false, true): return .cr
    default: return .mixed
    }
  }
}
