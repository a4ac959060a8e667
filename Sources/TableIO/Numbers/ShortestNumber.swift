/// Numbers for programs: the shortest decimal text that reads back to the same double.
public enum ShortestNumber {
  /// Appends the number; whole numbers without ".0", exponents as `1e-05`. What is not finite is `nan`, `inf`, `-inf`.
  public static func append(_ value: Double, to output: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longest) { room in
      output.append(contentsOf: UnsafeBufferPointer(rebasing: room[..<write(value, to: room)]))
    }
  }

  /// Appends a whole number.
  public static func append(_ value: Int, to output: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longest) { room in
      output.append(contentsOf: UnsafeBufferPointer(rebasing: room[..<write(value, to: room)]))
    }
  }

  /// The most bytes that a number takes.
  static let longest = 32

  /// Writes the number to the beginning of a buffer with `longest` bytes; how many it takes.
  @inline(__always)
  static func write(_ value: Double, to room: UnsafeMutableBufferPointer<UInt8>) -> Int {
    if abs(value) < 0x1p53 {
      let whole = Int(value)
      if Double(whole) == value {
        guard whole == 0, value.sign == .minus else { return write(whole, to: room) }
        (room[0], room[1]) = (UInt8(ascii: "-"), UInt8(ascii: "0"))
        return 2
      }
    }
    var stream = ByteStream(room: room)
    value.write(to: &stream)
    let count = stream.count
    let isWhole = abs(value) >= 0x1p53 && room[count - 1] == UInt8(ascii: "0") && room[count - 2] == UInt8(ascii: ".")
    return isWhole ? count - 2 : count
  }

  /// The same for a whole number.
  static func write(_ value: Int, to room: UnsafeMutableBufferPointer<UInt8>) -> Int {
    var count = 0
    var rest = value.magnitude
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      room[count] = UInt8(ascii: "0") + UInt8(digit)
      count += 1
      rest = quotient
    } while rest > 0
    if value < 0 {
      room[count] = UInt8(ascii: "-")
      count += 1
    }
    for place in 0..<count / 2 { room.swapAt(place, count - 1 - place) }
    return count
  }

  /// The number as text.
  public static func text(_ value: Double) -> String {
    var output: [UInt8] = []
    append(value, to: &output)
    return String(decoding: output, as: UTF8.self)
  }
}

/// A stream that takes the standard library's digits straight into memory, without a string between.
private struct ByteStream: TextOutputStream {
  let room: UnsafeMutableBufferPointer<UInt8>
  var count = 0

  mutating func write(_ string: String) {
    for byte in string.utf8 { put(byte) }
  }

  mutating func _writeASCII(_ buffer: UnsafeBufferPointer<UInt8>) {
    UnsafeMutableRawBufferPointer(room).copyMemory(from: UnsafeRawBufferPointer(buffer))
    count = buffer.count
  }

  private mutating func put(_ byte: UInt8) {
    room[count] = byte
    count += 1
  }
}
