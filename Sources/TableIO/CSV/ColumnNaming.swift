/// Makes the names of the columns from the header: unnamed empty columns go, names must differ.
struct ColumnNaming {
  private let header: [String]

  init(_ header: [String]) {
    self.header = header
  }

  func apply(to content: inout TableContent) throws(TableError) {
    let kept = header.indices.filter { !header[$0].isEmpty || hasValue(content, $0) }
    if kept.count < header.count { keep(kept, &content) }
    content.columnNames = kept.map { Self.name(header[$0], $0) }
    for column in kept where header[column].isEmpty {
      content.warnings.append("column \(column + 1) has no name in the header; it is called \"column \(column + 1)\"")
    }
    try Self.check(content.columnNames, places: kept, line: content.dialect.headerLine)
  }

  private func hasValue(_ content: TableContent, _ column: Int) -> Bool {
    content.bytes.withUnsafeBytes { bytes in
      stride(from: column, to: content.cells.count, by: header.count).contains { index in
        let cell = content.cells[index]
        return !UnsafeRawBufferPointer(rebasing: bytes[Int(cell.start)..<Int(cell.end)]).trimmed().isEmpty
      }
    }
  }

  private func keep(_ kept: [Int], _ content: inout TableContent) {
    var cells: [Table.Cell] = []
    cells.reserveCapacity(content.lines.count * kept.count)
    for row in content.lines.indices {
      for column in kept { cells.append(content.cells[row * header.count + column]) }
    }
    content.cells = cells
    content.dialect.blankColumns = header.count - kept.count
  }

  /// A column's name; one without is called after its place.
  static func name(_ text: String, _ column: Int) -> String {
    text.isEmpty ? "column \(column + 1)" : text
  }

  /// Refuses two columns of one name; `places` are their places in the file.
  static func check(_ names: [String], places: [Int], line: Int?) throws(TableError) {
    var seen: [String: Int] = [:]
    for (name, column) in zip(names, places) {
      if let first = seen[name] {
        throw TableError(
          "two columns are named \"\(name)\" (columns \(first + 1) and \(column + 1))", line: line, column: name,
          expected: "a different name for each column", hint: "rename one of them")
      }
      seen[name] = column
    }
  }
}
