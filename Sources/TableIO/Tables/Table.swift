/// A table as read: named columns, and cells as ranges of one buffer of UTF-8 (no string is made until one is asked for).
///
/// Rows and columns are counted from 0. A place outside the table is a broken promise of the caller and stops the program.
public struct Table: Sendable {
  /// The names of the columns, trimmed, in the file's order; all different.
  public let columnNames: [String]
  /// The number of data rows.
  public let rowCount: Int
  /// How the file was read.
  public let dialect: TableDialect
  /// What the user should know about the reading, a sentence each.
  public let warnings: [String]

  /// The names in lower case.
  private let lowerCaseNames: [String]
  let bytes: [UInt8]
  /// Row after row.
  let cells: [Cell]
  let lines: [UInt32]
  /// The decimal mark of each column.
  let marks: [UInt8]

  /// A cell's place in the buffer.
  struct Cell: Sendable {
    var start: UInt32
    var end: UInt32

    static let empty = Cell(start: 0, end: 0)
  }

  init(_ content: TableContent) {
    columnNames = content.columnNames
    lowerCaseNames = content.columnNames.map { $0.lowercased() }
    rowCount = content.lines.count
    dialect = content.dialect
    warnings = content.warnings
    bytes = content.bytes
    cells = content.cells
    lines = content.lines
    marks = content.marks
  }

  /// A table from texts that something else than a table held; `lines` says where in the file each row was found.
  ///
  /// Every row has a text per column. Numbers are written with a decimal point.
  public init(columnNames: [String], rows: [[String]], lines: [Int], format: TableDialect.Format) {
    precondition(rows.count == lines.count && rows.allSatisfy { $0.count == columnNames.count }, "a cell per column")
    var content = TableContent(dialect: TableDialect(format: format), bytes: [])
    content.columnNames = columnNames
    content.lines = lines.map(UInt32.init)
    content.marks = columnNames.map { _ in UInt8(ascii: ".") }
    for text in rows.joined() {
      let start = UInt32(content.bytes.count)
      content.bytes += text.utf8
      content.cells.append(Cell(start: start, end: UInt32(content.bytes.count)))
    }
    self.init(content)
  }

  /// The line of the file where a row begins, from 1; a CSV header on the first line is line 1.
  public func line(ofRow row: Int) -> Int {
    Int(lines[row])
  }

  /// The column of exactly this name, else the only one that differs in letter case alone, else nil.
  public func columnIndex(named name: String) -> Int? {
    if let exact = columnNames.firstIndex(of: name) { return exact }
    let alike = columnIndices(matching: name)
    return alike.count == 1 ? alike[0] : nil
  }

  /// All columns of this name, whatever their letter case.
  public func columnIndices(matching name: String) -> [Int] {
    let lower = name.lowercased()
    return lowerCaseNames.indices.filter { lowerCaseNames[$0] == lower }
  }

  /// The cell's text without blanks around it.
  public func text(row: Int, column: Int) -> String {
    withCell(row, column) { String(decoding: $0.trimmed(), as: UTF8.self) }
  }

  /// The cell's bytes as they stand in the file (quotes and escapes resolved), blanks included.
  public func raw(row: Int, column: Int) -> ArraySlice<UInt8> {
    let cell = cells[index(row, column)]
    return bytes[Int(cell.start)..<Int(cell.end)]
  }

  /// Whether the cell holds nothing or one of the codes for a missing value.
  public func isMissing(row: Int, column: Int) -> Bool {
    withCell(row, column) { MissingCode.matches($0.trimmed()) }
  }

  /// The texts of a column.
  public func texts(column: Int) -> [String] {
    (0..<rowCount).map { text(row: $0, column: column) }
  }

  func index(_ row: Int, _ column: Int) -> Int {
    precondition(column >= 0 && column < columnNames.count, "no such column")
    return row * columnNames.count + column
  }

  private func withCell<Result>(_ row: Int, _ column: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    raw(row: row, column: column).withUnsafeBytes(body)
  }
}

/// The parts of a table, gathered by a reader.
struct TableContent {
  var columnNames: [String] = []
  var dialect: TableDialect
  var warnings: [String] = []
  var bytes: [UInt8]
  var cells: [Table.Cell] = []
  var lines: [UInt32] = []
  var marks: [UInt8] = []

  init(dialect: TableDialect, bytes: [UInt8]) {
    self.dialect = dialect
    self.bytes = bytes
  }
}
