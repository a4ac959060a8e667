import Decompression
import Foundation

/// Inputs and outputs of batches in a folder of their own.
struct BatchFiles {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "evidence-batch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> URL { folder.appending(path: name) }

  /// Writes a file and gives its name back.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: path(name))
    return name
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: path(name))) }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  /// Runs `evidence batch` with some words.
  func batch(_ words: [String], input: String? = nil) throws -> Program.Result {
    try Program.run(["batch"] + words, in: folder, input: input)
  }

  /// Groups of 1 to 9 studies that follow a fixed pattern; a note makes the rows long.
  static func rows(groups: Int, note: Int = 0) -> [(id: String, line: String)] {
    let filler = String(repeating: "x", count: note)
    return (0..<groups).flatMap { group in
      (0...(group * 7 % 9)).map { study in
        let y = Double((group * 31 + study * 17) % 41 - 20) / 13
        let v = Double((group * 5 + study * 11) % 23 + 1) / 40
        let name = group % 10 == 3 ? "\"group, no. \(group)\"" : "g\(group)"
        return (name, "\(name),s\(study),\(filler),\(y),\(v)")
      }
    }
  }

  static let header = "id,study,note,yi,vi"

  static func table(groups: Int, note: Int = 0) -> String {
    ([header] + rows(groups: groups, note: note).map(\.line)).joined(separator: "\n") + "\n"
  }

  /// Eighths that follow a fixed pattern, row by row.
  static func pattern(rows: Int, columns: Int) -> [[Double]] {
    var table: [[Double]] = []
    for row in 0..<rows {
      var values: [Double] = []
      for column in 0..<columns {
        let step = (row * 7 + column * 13) % 31 - 15
        values.append(Double(step) / 8)
      }
      table.append(values)
    }
    return table
  }

  /// Variances that go with estimates.
  static func variances(of table: [[Double]]) -> [[Double]] {
    table.map { (row: [Double]) -> [Double] in row.map { (value: Double) -> Double in abs(value) / 4 + 0.0625 } }
  }

  /// A wide table with nine sets of columns, some cells empty.
  static func wide(rows: Int, note: Int = 0) -> String {
    let filler = String(repeating: "x", count: note)
    var text = "id,note," + (1...9).map { "yi_\($0),vi_\($0)" }.joined(separator: ",") + "\n"
    for row in 0..<rows {
      text += "w\(row),\(filler)"
      for study in 1...9 {
        let y = Double((row * 3 + study * 17) % 29 - 14) / 11
        let v = Double((row + study * 5) % 19 + 1) / 30
        text += (row + study) % 4 == 0 ? ",," : ",\(y),\(v)"
      }
      text += "\n"
    }
    return text
  }
}

/// Gzip files with stored blocks: not smaller, but whole gzip files.
enum StoredGzip {
  static func member(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(65535)
      rest = rest.dropFirst(65535)
      let length = UInt16(block.count)
      output.append(rest.isEmpty ? 1 : 0)
      for value in [length, ~length] { output += [UInt8(truncatingIfNeeded: value), UInt8(value >> 8)] }
      output += block
    } while !rest.isEmpty
    for value in [CRC32.checksum(bytes[...]), UInt32(truncatingIfNeeded: bytes.count)] {
      output += (0..<4).map { UInt8(truncatingIfNeeded: value >> UInt32(8 * $0)) }
    }
    return output
  }
}

/// NumPy arrays as `numpy.save` writes them.
enum NumPyFile {
  static func array(
    _ rows: [[Double]], descr: String = "<f8", fortran: Bool = false, version: UInt8 = 1, shape: String? = nil
  ) -> [UInt8] {
    let shape = shape ?? "(\(rows.count), \(rows.first?.count ?? 0))"
    var text = "{'descr': '\(descr)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }"
    while (text.utf8.count + 1 + (version == 1 ? 10 : 12)) % 64 != 0 { text += " " }
    text += "\n"
    var output: [UInt8] = [0x93] + Array("NUMPY".utf8) + [version, 0]
    output += (0..<(version == 1 ? 2 : 4)).map { UInt8(truncatingIfNeeded: text.utf8.count >> (8 * $0)) }
    output += Array(text.utf8)
    let columns = rows.first?.count ?? 0
    let values =
      fortran ? (0..<columns).flatMap { column in rows.map { $0[column] } } : rows.flatMap { $0 }
    for value in values { output += element(value, descr) }
    return output
  }

  private static func element(_ value: Double, _ descr: String) -> [UInt8] {
    let isBig = descr.hasPrefix(">")
    if descr.hasSuffix("4") {
      let bits = Float(value).bitPattern
      return withUnsafeBytes(of: isBig ? bits.bigEndian : bits.littleEndian) { Array($0) }
    }
    return withUnsafeBytes(of: isBig ? value.bitPattern.bigEndian : value.bitPattern.littleEndian) { Array($0) }
  }
}
