import TableIO

/// A NumPy array of two axes in a file, read a block of rows at a time.
final class ArrayFile {
  let name: String
  let header: NPYHeader
  let identity: InputIdentity
  private let file: FileBytes

  /// Number of rows.
  var rows: Int { header.shape[0] }
  /// Number of columns.
  var columns: Int { header.shape[1] }

  /// Opens an array; a pipe or a gzip file is copied to a temporary file first.
  /// - Throws: 66 when there is nothing to read; 65 for what is no array of two axes of floating-point numbers.
  init(_ name: String) throws(EvidenceError) {
    self.name = name
    let file = try FileBytes(name)
    try file.makeSeekable()
    identity = try file.identity()
    if GzipReader.recognizes(try file.peek(3)) { try file.inflate() }
    do throws(TableError) {
      // Reading fails later with its own message, if it does.
      header = try NPYHeader(((try? file.bytes(at: 0, count: NPYHeader.longest + 12)) ?? [])[...])
    } catch {
      let expected = error.expected.map { "; expected \($0)" } ?? ""
      throw EvidenceError(.badData, error.message + expected, file: name)
    }
    self.file = file
    guard header.shape.count == 2 else {
      throw EvidenceError(
        .badData, "the array has shape \(NPYHeader.text(header.shape)); expected two axes, analyses × studies",
        file: name, hint: "reshape it: numpy.save(\"yi.npy\", array.reshape(-1, studies))")
    }
    let needed = header.dataStart + header.dataSize
    guard let size = file.size, size >= needed else {
      throw EvidenceError(
        .badData,
        "the file has \(file.size ?? 0) bytes; expected \(needed) for an array of shape \(NPYHeader.text(header.shape))",
        file: name, hint: "the file was cut; write it again")
    }
  }

  /// Numbers of some rows, row by row.
  func values(_ range: Range<Int>) throws(EvidenceError) -> [Double] {
    var values = [Double](repeating: 0, count: range.count * columns)
    let size = header.element.size
    if header.isFortranOrder {
      for column in 0..<columns {
        let place = header.dataStart + (column * rows + range.lowerBound) * size
        try store(file.bytes(at: place, count: range.count * size), in: &values, from: column, by: columns)
      }
    } else {
      let place = header.dataStart + range.lowerBound * columns * size
      try store(file.bytes(at: place, count: values.count * size), in: &values, from: 0, by: 1)
    }
    return values
  }

  private func store(
    _ bytes: [UInt8], in values: inout [Double], from first: Int, by step: Int
  ) throws(EvidenceError) {
    let element = header.element
    bytes.withUnsafeBytes { buffer in
      for index in 0..<buffer.count / element.size {
        values[first + index * step] = ArrayFile.number(buffer, index, element)
      }
    }
  }

  @inline(__always)
  private static func number(_ buffer: UnsafeRawBufferPointer, _ index: Int, _ element: NPYHeader.Element) -> Double {
    if element.size == 8 {
      let bits = buffer.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
      return Double(bitPattern: element.isBigEndian ? bits.byteSwapped : bits)
    }
    let bits = buffer.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
    return Double(Float(bitPattern: element.isBigEndian ? bits.byteSwapped : bits))
  }
}
