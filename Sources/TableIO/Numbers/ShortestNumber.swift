/// Numbers for programs: the shortest decimal text that reads back to the same double.
public enum ShortestNumber {
  /// Appends the number; whole numbers without ".0", exponents as `1e-05`. What is not finite is `nan`, `inf`, `-inf`.
  public static func append(_ value: Double, to output: inout [UInt8]) {
    if let whole = Int(exactly: value), abs(whole) < 1 << 53, whole != 0 || value.sign == .plus {
      return append(whole, to: &output)
    }
    let text = value.description.utf8
    output.append(contentsOf: text.hasSuffix(".0") ? text.dropLast(2) : text[...])
  }

  /// Appends a whole number.
  public static func append(_ value: Int, to output: inout [UInt8]) {
    if value < 0 { output.append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    let start = output.count
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      output.append(UInt8(ascii: "0") + UInt8(digit))
      rest = quotient
    } while rest > 0
    output[start...].reverse()
  }

  /// The number as text.
  public static func text(_ value: Double) -> String {
    var output: [UInt8] = []
    append(value, to: &output)
    return String(decoding: output, as: UTF8.self)
  }
}

extension String.UTF8View {
  fileprivate func hasSuffix(_ suffix: String) -> Bool {
    count >= suffix.utf8.count && self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }
}
