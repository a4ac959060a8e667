/// The inside of a quoted cell.
enum QuotedText {
  /// Appends bytes with doubled quotes halved.
  static func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    var skip = false
    for byte in bytes {
      if byte == UInt8(ascii: "\""), !skip {
        skip = true
        output.append(byte)
      } else if byte == UInt8(ascii: "\"") {
        skip = false
      } else {
        skip = false
        output.append(byte)
      }
    }
  }

  /// Halves doubled quotes of a range in place; returns its new end.
  static func halveQuotes(_ bytes: inout [UInt8], _ range: Range<Int>) -> Int {
    var (from, to) = (range.lowerBound, range.lowerBound)
    while from < range.upperBound {
      bytes[to] = bytes[from]
      from += bytes[from] == UInt8(ascii: "\"") ? 2 : 1
      to += 1
    }
    return to
  }
}
