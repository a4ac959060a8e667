/// Turns a file's bytes into UTF-8, finding their coding out.
struct TextDecoding {
  /// Valid UTF-8 without a byte order mark.
  var bytes: [UInt8]
  var encoding: TableDialect.Encoding
  var warnings: [String] = []

  /// A byte order mark decides; else UTF-8 if valid; else Windows-1252 with a warning. NUL bytes mean a binary file.
  init(_ input: [UInt8]) throws(TableError) {
    if input.starts(with: [0xFF, 0xFE]) {
      encoding = .utf16LittleEndian
      bytes = try Self.utf16(input, lowByteFirst: true)
    } else if input.starts(with: [0xFE, 0xFF]) {
      encoding = .utf16BigEndian
      bytes = try Self.utf16(input, lowByteFirst: false)
    } else if input.starts(with: [0xEF, 0xBB, 0xBF]) {
      encoding = .utf8WithMark
      bytes = Array(input.dropFirst(3))
    } else {
      encoding = .utf8
      bytes = input
    }
    if let place = bytes.firstIndex(of: 0) { throw Self.binary(bytes, place) }
    guard let place = UTF8Check.firstFault(bytes) else { return }
    let line = Self.line(of: place, in: bytes)
    if encoding == .utf8WithMark {
      throw TableError(
        "the file begins with a UTF-8 byte order mark but is not UTF-8", line: line,
        hint: "save the file again as UTF-8")
    }
    encoding = .windows1252
    bytes = try Self.windows1252(bytes)
    warnings.append(
      "the file is not UTF-8 (first at line \(line)): read as Windows-1252; check the letters with accents")
  }

  private static func binary(_ bytes: [UInt8], _ place: Int) -> TableError {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      return TableError(
        "the file is a ZIP archive (a workbook?), not a text file", hint: "save the sheet as CSV and give that file")
    }
    return TableError(
      "the file holds a NUL byte: it is binary, not text", line: line(of: place, in: bytes),
      hint: "give a text file: CSV, JSON or NDJSON in UTF-8, or UTF-16 with a byte order mark")
  }

  /// The line a byte is on, from 1; CR, LF and CRLF end lines.
  static func line(of place: Int, in bytes: [UInt8]) -> Int {
    var line = 1
    for at in 0..<place where bytes[at] == 0x0A || (bytes[at] == 0x0D && bytes[at + 1] != 0x0A) { line += 1 }
    return line
  }

  private static func utf16(_ input: [UInt8], lowByteFirst: Bool) throws(TableError) -> [UInt8] {
    guard input.count % 2 == 0 else {
      throw TableError(
        "the file is UTF-16 with half a character at its end", hint: "the file may be cut; save it again")
    }
    let low = lowByteFirst ? 0 : 1
    let units = stride(from: 2, to: input.count, by: 2).lazy.map { (at: Int) -> UInt16 in
      UInt16(input[at + low]) | UInt16(input[at + 1 - low]) << 8
    }
    var output: [UInt8] = []
    output.reserveCapacity(input.count)
    let isBroken = transcode(
      units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true, into: { output.append($0) })
    if isBroken {
      let line = 1 + output.count { $0 == 0x0A }
      throw TableError("the file is not valid UTF-16", line: line, hint: "save the file again as UTF-8")
    }
    return output
  }

  /// Code points of the bytes 0x80…0x9F; 0 for the five that stand for nothing.
  private static let upperControls: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
    0x0178,
  ]

  private static func windows1252(_ input: [UInt8]) throws(TableError) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(input.count + input.count / 8)
    for (place, byte) in input.enumerated() {
      if byte < 0x80 {
        output.append(byte)
        continue
      }
      let code = byte < 0xA0 ? upperControls[Int(byte) - 0x80] : UInt32(byte)
      guard code != 0, let scalar = Unicode.Scalar(code) else {
        throw TableError(
          "the file is neither UTF-8 nor Windows-1252", line: line(of: place, in: input), value: "byte \(byte)",
          hint: "save the file again as UTF-8")
      }
      output.append(contentsOf: String(scalar).utf8)
    }
    return output
  }
}

/// Finds the first byte that is not part of valid UTF-8 (Unicode table 3-7).
enum UTF8Check {
  static func firstFault(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { firstFault($0) }
  }

  private static func firstFault(_ bytes: UnsafeRawBufferPointer) -> Int? {
    var at = 0
    let count = bytes.count
    while at < count {
      if at + 8 <= count, bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 {
        at += 8
        continue
      }
      let length = sequenceLength(bytes, at)
      if length == 0 { return at }
      at += length
    }
    return nil
  }

  /// The length of the character that begins at a place; 0 if none does.
  private static func sequenceLength(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> Int {
    let first = bytes[at]
    if first < 0x80 { return 1 }
    let (length, second): (Int, ClosedRange<UInt8>)
    switch first {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return 0
    }
    guard at + length <= bytes.count, second.contains(bytes[at + 1]) else { return 0 }
    for next in bytes[at + 2..<at + length] where next & 0xC0 != 0x80 { return 0 }
    return length
  }
}
