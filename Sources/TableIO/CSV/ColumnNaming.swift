/// Makes the names of the columns from the header: unnamed empty columns go, names must differ.
struct ColumnNaming {
  private let header: [String]

  init(_ header: [String]) {
    self.header = header
  }

  func apply(to content: inout TableContent) throws(TableError) {
    let kept = header.indices.filter { !header[$0].isEmpty || hasValue(content, $0) }
    if kept.count < header.count { keep(kept, &content) }
    for column in kept {
      let name = header[column]
      if !name.isEmpty {
        content.columnNames.append(name)
        continue
      }
      content.columnNames.append("column \(column + 1)")
      content.warnings.append("column \(column + 1) has no name in the header; it is called \"column \(column + 1)\"")
    }
    try checkNames(content, kept)
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

  private func checkNames(_ content: TableContent, _ kept: [Int]) throws(TableError) {
    var places: [String: Int] = [:]
    for (name, column) in zip(content.columnNames, kept) {
      if let first = places[name] {
        throw TableError(
          "two columns are named \"\(name)\" (columns \(first + 1) and \(column + 1))",
          line: content.dialect.headerLine,
          column: name, expected: "a different name for each column", hint: "rename one of them")
      }
      places[name] = column
    }
  }
}
