import Engine
import TableIO

/// A flat table as CSV.
enum ArrowText {
  /// The columns as CSV with every digit of their numbers; nulls and NaN are empty cells.
  static func csv(_ root: ArrowColumn) throws(EvidenceError) -> [UInt8] {
    let columns = try root.children()
    guard !columns.isEmpty else { throw EvidenceError(.usage, "Arrow: the table has no columns") }
    for column in columns where column.type.childCount != 0 {
      throw EvidenceError(
        .usage, "Arrow: column \(column.name) is nested", hint: "commands read flat tables, batches nested rows")
    }
    var writer = CSVWriter()
    writer.row(columns.map(\.name))
    for row in root.position(0)..<root.position(root.length) {
      for column in columns { try column.write(row, to: &writer) }
      writer.endRow()
    }
    return writer.bytes
  }
}

extension ArrowColumn {
  fileprivate func write(_ row: Int, to writer: inout CSVWriter) throws(EvidenceError) {
    guard isValid(row) else { return writer.emptyCell() }
    switch type {
    case .boolean: writer.cell(bit(row) ? "true" : "false")
    case .int8: writer.cell(integer(row, Int8.self))
    case .uint8: writer.cell(integer(row, UInt8.self))
    case .int16: writer.cell(integer(row, Int16.self))
    case .uint16: writer.cell(integer(row, UInt16.self))
    case .int32: writer.cell(integer(row, Int32.self))
    case .uint32: writer.cell(integer(row, UInt32.self))
    case .int64: writer.cell(integer(row, Int64.self))
    case .uint64: writer.cell(values(of: UInt64.self).map { "\($0[row])" } ?? "")
    case .float32: writer.cell(values(of: Float.self).map { Double($0[row]) })
    case .float64: writer.cell(values(of: Double.self).map { $0[row] })
    case .utf8: writer.cell(try text(row, Int32.self)[...])
    case .largeUTF8: writer.cell(try text(row, Int64.self)[...])
    case .list, .largeList, .fixedSizeList, .structure: writer.emptyCell()
    }
  }

  private func integer<Value: FixedWidthInteger & BitwiseCopyable>(_ row: Int, _ type: Value.Type) -> Int? {
    values(of: type).flatMap { Int(exactly: $0[row]) }
  }

  private func text<Offset: FixedWidthInteger & BitwiseCopyable>(
    _ row: Int, _ type: Offset.Type
  ) throws(EvidenceError) -> [UInt8] {
    guard let offsets = values(of: type) else { return [] }
    let (start, end) = (Int(offsets[row]), Int(offsets[row + 1]))
    guard start >= 0, end >= start, end <= CallerBytes.lengthLimit else {
      throw EvidenceError(.usage, "Arrow: the text in row \(row) of \(name) runs from \(start) to \(end)")
    }
    guard end > start else { return [] }
    guard let bytes = values(2, of: UInt8.self) else {
      throw EvidenceError(.usage, "Arrow: buffer 2 of \(name) is null, but its texts are not empty")
    }
    return Array(UnsafeBufferPointer(start: bytes + start, count: end - start))
  }
}
