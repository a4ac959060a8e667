/// The pass over JSON text that gathers the rows and columns of a table.
struct JSONRowGathering {
  /// What cannot be a table although it is JSON; gathering stops there.
  private(set) var fault: TableError?

  private var scanner: JSONScanner
  private let reader = JSONReader()
  private var format = TableDialect.Format.json
  private var names: [String] = []
  private var nameBytes: [[UInt8]] = []
  private var columns: [String: Int] = [:]
  /// The last row in which each column had a key.
  private var lastRow: [Int] = []
  private var lines: [UInt32] = []
  /// Cells in the order met, each with its row and column.
  private var entries: [Entry] = []
  /// Texts of escaped strings; in the table's buffer they stand behind the file's own text.
  private var decoded: [UInt8] = []

  private struct Entry {
    var row: UInt32
    var column: UInt32
    var cell: Table.Cell
  }

  init(_ bytes: [UInt8]) {
    scanner = JSONScanner(bytes)
  }

  /// Takes the whole text.
  mutating func run() throws(JSONError) {
    switch scanner.next() {
    case UInt8(ascii: "["):
      try takeRows()
      if fault == nil, scanner.next() != nil { throw scanner.unexpected(wanted: "the end of the text") }
    case UInt8(ascii: "{"): try takeObjects()
    case nil: fault = TableError("the file is empty", expected: "a JSON array of objects")
    default: throw scanner.unexpected(wanted: "'[' or '{' at the beginning of a table")
    }
    refuseSparse()
  }

  /// Objects that share hardly any keys would make a table far larger than the text.
  private mutating func refuseSparse() {
    let cells = lines.count.multipliedReportingOverflow(by: names.count)
    guard cells.overflow || cells.partialValue > 32 * (entries.count + 1_000_000) else { return }
    fault = TableError(
      "\(lines.count) objects have \(names.count) different keys between them", expected: "rows with the same keys")
  }

  /// The parts of the table.
  func content(_ decoding: TextDecoding) -> TableContent {
    var dialect = TableDialect(format: format)
    dialect.encoding = decoding.encoding
    var content = TableContent(dialect: dialect, bytes: decoding.bytes + decoded)
    content.warnings = decoding.warnings
    content.columnNames = names
    content.marks = Array(repeating: UInt8(ascii: "."), count: names.count)
    content.lines = lines
    content.cells = Array(repeating: .empty, count: lines.count * names.count)
    for entry in entries {
      content.cells[Int(entry.row) * names.count + Int(entry.column)] = entry.cell
    }
    return content
  }

  /// `[{…}, {…}]`
  private mutating func takeRows() throws(JSONError) {
    try scanner.take(UInt8(ascii: "["), wanted: "'['")
    if scanner.takeIf(UInt8(ascii: "]")) { return }
    repeat {
      guard scanner.next() == UInt8(ascii: "{") else {
        return fault = TableError(
          "an element of the array is not an object", line: scanner.line, expected: "an object per study")
      }
      try takeRow()
      if fault != nil { return }
    } while scanner.takeIf(UInt8(ascii: ","))
    try scanner.take(UInt8(ascii: "]"), wanted: "',' or ']'")
  }

  /// `{…} {…} …`, a row each, or one object that holds the rows as its `studies`.
  private mutating func takeObjects() throws(JSONError) {
    var probe = scanner
    if try reader.value(&probe)["studies"]?.array != nil { return try takeStudies() }
    format = .ndjson
    while scanner.next() != nil {
      guard scanner.next() == UInt8(ascii: "{") else { throw scanner.unexpected(wanted: "'{'") }
      try takeRow()
      if fault != nil { return }
    }
  }

  /// `{"studies": [{…}, {…}], …}`; what else the object says is not part of the table.
  private mutating func takeStudies() throws(JSONError) {
    scanner.position += 1
    repeat {
      guard scanner.next() == UInt8(ascii: "\"") else { throw scanner.unexpected(wanted: "a key in quotes") }
      let key = try scanner.text(try scanner.string())
      try scanner.take(UInt8(ascii: ":"), wanted: "':'")
      if key == "studies", scanner.next() == UInt8(ascii: "[") {
        try takeRows()
        if fault != nil { return }
      } else {
        _ = try reader.value(&scanner)
      }
    } while scanner.takeIf(UInt8(ascii: ","))
    try scanner.take(UInt8(ascii: "}"), wanted: "',' or '}'")
    if scanner.next() != nil {
      fault = TableError(
        "a second value follows the object that holds the studies", line: scanner.line, expected: "one set of studies",
        hint: "give each set of studies a file, or one row a line with a column that names the set")
    }
  }

  /// Takes one object as a row.
  private mutating func takeRow() throws(JSONError) {
    let row = lines.count
    lines.append(UInt32(scanner.line))
    scanner.position += 1
    if scanner.takeIf(UInt8(ascii: "}")) { return }
    var column = -1
    repeat {
      guard scanner.next() == UInt8(ascii: "\"") else { throw scanner.unexpected(wanted: "a key in quotes") }
      column = try takeColumn(after: column)
      try scanner.take(UInt8(ascii: ":"), wanted: "':' after the key \"\(names[column])\"")
      if lastRow[column] == row {
        return fault = TableError(
          "the key \"\(names[column])\" stands twice in one object", line: scanner.line, column: names[column],
          expected: "each key once")
      }
      lastRow[column] = row
      guard let cell = try takeCell(names[column]) else { return }
      entries.append(Entry(row: UInt32(row), column: UInt32(column), cell: cell))
    } while scanner.takeIf(UInt8(ascii: ","))
    try scanner.take(UInt8(ascii: "}"), wanted: "',' or '}'")
  }

  /// Takes a key; its column, most often the one after the last.
  private mutating func takeColumn(after last: Int) throws(JSONError) -> Int {
    let lexeme = try scanner.string()
    if !lexeme.isEscaped, last + 1 < names.count,
      scanner.bytes[lexeme.start..<lexeme.end].elementsEqual(nameBytes[last + 1])
    {
      return last + 1
    }
    let name = try scanner.text(lexeme)
    if let known = columns[name] { return known }
    columns[name] = names.count
    names.append(name)
    nameBytes.append(Array(name.utf8))
    lastRow.append(-1)
    return names.count - 1
  }

  /// The value that comes now as a cell; nil (and a fault) if it is nested.
  private mutating func takeCell(_ key: String) throws(JSONError) -> Table.Cell? {
    guard let first = scanner.next() else { throw scanner.unexpected(wanted: "a value") }
    switch first {
    case UInt8(ascii: "\""):
      let lexeme = try scanner.string()
      guard lexeme.isEscaped else { return Self.cell(lexeme.start, lexeme.end) }
      let start = scanner.bytes.count + decoded.count
      try scanner.appendDecoded(lexeme, to: &decoded)
      return Self.cell(start, scanner.bytes.count + decoded.count)
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      fault = TableError(
        "the value of \"\(key)\" is nested", line: scanner.line, column: key, expected: "a number, a text or null",
        hint: "a table is an array of objects, an object a line, or an object whose \"studies\" are an array of objects"
      )
      return nil
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      let lexeme = try scanner.number().lexeme
      return Self.cell(lexeme.start, lexeme.end)
    default:
      let start = scanner.position
      return try scanner.word() == .null ? .empty : Self.cell(start, scanner.position)
    }
  }

  private static func cell(_ start: Int, _ end: Int) -> Table.Cell {
    Table.Cell(start: UInt32(start), end: UInt32(end))
  }
}
