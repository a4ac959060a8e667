/// Writes separated values as UTF-8 (RFC 4180): cells are quoted only where they must be, quotes inside are doubled.
///
/// Numbers are the shortest text that reads back to the same double, with the decimal mark given; what is not finite and
/// what is missing are empty cells. The buffer is filled cell by cell: `cell(…)` as often as there are columns, then `endRow()`.
public struct CSVWriter: Sendable {
  /// What was written so far; may be emptied at the end of a row when it has been passed on.
  public var bytes: [UInt8] = []

  private let delimiter: UInt8
  private let decimalMark: UInt8
  private let lineEnding: [UInt8]
  private var isRowEmpty = true

  /// A writer; with a decimal comma the delimiter should not be one, or every fraction is quoted.
  public init(
    delimiter: UInt8 = UInt8(ascii: ","), decimalMark: UInt8 = UInt8(ascii: "."), lineEnding: String = "\n"
  ) {
    self.delimiter = delimiter
    self.decimalMark = decimalMark
    self.lineEnding = Array(lineEnding.utf8)
  }

  /// What was written so far as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Writes a cell of text.
  public mutating func cell(_ text: String) {
    separate()
    var text = text
    text.withUTF8 { appendText(UnsafeRawBufferPointer($0)) }
  }

  /// Writes a cell of text as it stands in a table.
  public mutating func cell(_ text: ArraySlice<UInt8>) {
    separate()
    text.withUnsafeBytes { appendText($0) }
  }

  /// Writes a number; an empty cell if there is none or it is not finite.
  public mutating func cell(_ value: Double?) {
    separate()
    guard let value, value.isFinite else { return }
    let start = bytes.count
    ShortestNumber.append(value, to: &bytes)
    guard decimalMark != UInt8(ascii: ".") else { return }
    guard let place = bytes[start...].firstIndex(of: UInt8(ascii: ".")) else { return }
    bytes[place] = decimalMark
    if decimalMark == delimiter {
      bytes.insert(UInt8(ascii: "\""), at: start)
      bytes.append(UInt8(ascii: "\""))
    }
  }

  /// Writes so many numbers, each as `cell(_:)` does it.
  public mutating func cells(_ count: Int, _ value: (Int) -> Double) {
    guard decimalMark == UInt8(ascii: ".") else {
      for index in 0..<count { cell(value(index)) }
      return
    }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count * (ShortestNumber.longest + 1)) { room in
      var end = 0
      for index in 0..<count {
        if index > 0 || !isRowEmpty {
          room[end] = delimiter
          end += 1
        }
        let number = value(index)
        if number.isFinite {
          end += ShortestNumber.write(number, to: UnsafeMutableBufferPointer(rebasing: room[end...]))
        }
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: room[..<end]))
    }
    isRowEmpty = isRowEmpty && count == 0
  }

  /// Writes a whole number; an empty cell if there is none.
  public mutating func cell(_ value: Int?) {
    separate()
    if let value { ShortestNumber.append(value, to: &bytes) }
  }

  /// Writes an empty cell.
  public mutating func emptyCell() {
    separate()
  }

  /// Writes a row of texts.
  public mutating func row(_ cells: [String]) {
    for text in cells { cell(text) }
    endRow()
  }

  /// Ends the row.
  public mutating func endRow() {
    bytes.append(contentsOf: lineEnding)
    isRowEmpty = true
  }

  private mutating func separate() {
    if !isRowEmpty { bytes.append(delimiter) }
    isRowEmpty = false
  }

  private mutating func appendText(_ text: UnsafeRawBufferPointer) {
    guard mustQuote(text) else { return bytes.append(contentsOf: text) }
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
      bytes.append(byte)
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Delimiters, quotes and newlines; blanks at an end, which readers might cut off; a `#` that might begin a comment.
  private func mustQuote(_ text: UnsafeRawBufferPointer) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    if first == 0x20 || last == 0x20 || first == UInt8(ascii: "#") { return true }
    return hasSpecial(text)
  }

  /// Delimiters, quotes and newlines, looked for eight bytes at a time: the last eight may be looked at twice.
  private func hasSpecial(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count >= 4 else { return text.contains { isSpecial($0) } }
    let last = text.count - 8
    if last < 0 {
      let (head, tail) = (
        text.loadUnaligned(as: UInt32.self), text.loadUnaligned(fromByteOffset: text.count - 4, as: UInt32.self)
      )
      return hasSpecial(UInt64(head) &<< 32 | UInt64(tail))
    }
    for at in stride(from: 0, to: last, by: 8) where hasSpecial(text.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    {
      return true
    }
    return hasSpecial(text.loadUnaligned(fromByteOffset: last, as: UInt64.self))
  }

  /// The same of eight bytes.
  @inline(__always)
  private func hasSpecial(_ bytes: UInt64) -> Bool {
    has(delimiter, bytes) | has(UInt8(ascii: "\""), bytes) | has(0x0A, bytes) | has(0x0D, bytes) != 0
  }

  /// A top bit where a byte is the one looked for; adding to seven bits cannot carry into the next byte.
  @inline(__always)
  private func has(_ byte: UInt8, _ bytes: UInt64) -> UInt64 {
    let (ones, rests): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x7F7F_7F7F_7F7F_7F7F)
    let other = bytes ^ (ones &* UInt64(byte))
    return ~(((other & rests) &+ rests) | other | rests)
  }

  private func isSpecial(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
  }
}

extension CSVWriter {
  /// Writes a whole table: names, then rows, as they were read.
  public mutating func table(_ table: Table) {
    row(table.columnNames)
    for row in 0..<table.rowCount {
      for column in table.columnNames.indices { cell(table.raw(row: row, column: column)) }
      endRow()
    }
  }
}
