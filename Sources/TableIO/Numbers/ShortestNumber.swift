/// Numbers for programs: the shortest decimal text that reads back to the same double.
public enum ShortestNumber {
  /// Appends the number; whole numbers without ".0", exponents as `1e-05`. What is not finite is `nan`, `inf`, `-inf`.
  public static func append(_ value: Double, to output: inout [UInt8]) {
    if abs(value) < 0x1p53 {
      let whole = Int(value)
      if Double(whole) == value {
        if whole == 0, value.sign == .minus { output.append(UInt8(ascii: "-")) }
        return append(whole, to: &output)
      }
    }
    var stream = ByteStream()
    swap(&stream.bytes, &output)
    value.write(to: &stream)
    swap(&stream.bytes, &output)
    if output.last == UInt8(ascii: "0"), output[output.count - 2] == UInt8(ascii: "."), abs(value) >= 0x1p53 {
      output.removeLast(2)
    }
  }

  /// Appends a whole number.
  public static func append(_ value: Int, to output: inout [UInt8]) {
    if value < 0 { output.append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var at = 20
      repeat {
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        at -= 1
        digits[at] = UInt8(ascii: "0") + UInt8(digit)
        rest = quotient
      } while rest > 0
      output.append(contentsOf: digits[at...])
    }
  }

  /// The number as text.
  public static func text(_ value: Double) -> String {
    var output: [UInt8] = []
    append(value, to: &output)
    return String(decoding: output, as: UTF8.self)
  }
}

/// A stream that takes the standard library's digits straight into an array, without a string between.
private struct ByteStream: TextOutputStream {
  var bytes: [UInt8] = []

  mutating func write(_ string: String) {
    bytes.append(contentsOf: string.utf8)
  }

  mutating func _writeASCII(_ buffer: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: buffer)
  }
}
