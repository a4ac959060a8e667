/// Reads decimal numbers from bytes, correctly rounded (to the nearest double, ties to even).
///
/// Grammar: an optional sign (`+`, `-`, or U+2212), digits with at most one decimal mark (digits on one side at
/// least), an optional exponent. No blanks, no thousands separators, no hexadecimal, no words, nothing that overflows.
/// Up to 19 significant digits with a power of ten within ±27 are done here exactly in integers; the rest goes through
/// the standard library.
public enum NumberParser {
  /// The number a text holds from end to end, or nil. `decimalMark` is `.` or `,`; `·` (U+00B7) always counts as one.
  public static func parse(_ bytes: UnsafeRawBufferPointer, decimalMark: UInt8 = UInt8(ascii: ".")) -> Double? {
    parse(bytes, 0..<bytes.count, decimalMark: decimalMark)
  }

  /// The number that fills a range of a longer text, or nil. Bytes behind the range may be looked at, never used.
  @inline(__always)
  static func parse(_ text: UnsafeRawBufferPointer, _ range: Range<Int>, decimalMark: UInt8) -> Double? {
    if let value = PlainDecimal.parse(text, range, decimalMark: decimalMark) { return value }
    return parseAnySpelling(UnsafeRawBufferPointer(rebasing: text[range]), decimalMark: decimalMark)
  }

  @inline(never)
  private static func parseAnySpelling(_ bytes: UnsafeRawBufferPointer, decimalMark: UInt8) -> Double? {
    guard let scan = DecimalScan(bytes, decimalMark: decimalMark) else { return nil }
    if scan.isExact {
      if let value = DecimalRounding.double(scan.significand, powerOfTen: scan.exponent) {
        return scan.isNegative ? -value : value
      }
    }
    return throughLibrary(bytes, decimalMark: decimalMark)
  }

  /// The number in a slice of an array, or nil.
  public static func parse(_ bytes: ArraySlice<UInt8>, decimalMark: UInt8 = UInt8(ascii: ".")) -> Double? {
    bytes.withUnsafeBytes { parse($0, decimalMark: decimalMark) }
  }

  /// The number a text holds from end to end, with a decimal point; nil if it is none.
  public static func parse(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { parse(UnsafeRawBufferPointer($0)) }
  }

  /// The slow path: the text in plain ASCII spelling, given to the standard library.
  private static func throughLibrary(_ bytes: UnsafeRawBufferPointer, decimalMark: UInt8) -> Double? {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    for byte in bytes {
      switch byte {
      case decimalMark, 0xB7: plain.append(UInt8(ascii: "."))
      case 0x92: plain.append(UInt8(ascii: "-"))
      case 0xC2, 0xE2, 0x88: break
      default: plain.append(byte)
      }
    }
    guard let value = Double(Substring(decoding: plain, as: UTF8.self)), value.isFinite else { return nil }
    return value
  }
}

/// The parts of a decimal number: significand · 10^exponent.
struct DecimalScan {
  var isNegative = false
  /// The digits as an integer, complete if `isExact`.
  var significand: UInt64 = 0
  var exponent = 0
  /// Whether all significant digits are in `significand`.
  var isExact = true

  /// Splits a text that is a number from end to end; nil if it is none.
  @inline(__always)
  init?(_ bytes: UnsafeRawBufferPointer, decimalMark: UInt8) {
    let end = bytes.count
    guard end > 0 else { return nil }
    var at = 0
    switch bytes[0] {
    case UInt8(ascii: "-"):
      isNegative = true
      at = 1
    case UInt8(ascii: "+"): at = 1
    case 0xE2:
      guard end > 3, bytes[1] == 0x88, bytes[2] == 0x92 else { return nil }
      isNegative = true
      at = 3
    default: break
    }
    let wholeStart = at
    Self.gatherDigits(bytes, &at, into: &significand)
    var digitCount = at - wholeStart
    if at < end, bytes[at] == decimalMark || bytes[at] == 0xC2 {
      if bytes[at] == 0xC2 {
        guard at + 1 < end, bytes[at + 1] == 0xB7 else { return nil }
        at += 1
      }
      at += 1
      let fractionStart = at
      Self.gatherDigits(bytes, &at, into: &significand)
      exponent = fractionStart - at
      digitCount += at - fractionStart
    }
    guard digitCount > 0 else { return nil }
    if digitCount > 19 { isExact = Self.significantDigits(bytes, wholeStart, at) <= 19 }
    if at < end {
      guard bytes[at] | 0x20 == UInt8(ascii: "e"), let power = Self.power(bytes, from: at + 1) else { return nil }
      exponent += power
    }
  }

  /// Gathers digits from `at`; wraps beyond 19 digits, which the caller notices by their number.
  @inline(__always)
  private static func gatherDigits(_ bytes: UnsafeRawBufferPointer, _ at: inout Int, into value: inout UInt64) {
    while at < bytes.count {
      let digit = bytes[at] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = value &* 10 &+ UInt64(digit)
      at += 1
    }
  }

  /// The number of digits after leading zeros.
  private static func significantDigits(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int {
    var count = 0
    for at in start..<end {
      let digit = bytes[at] &- UInt8(ascii: "0")
      if digit < 10, digit > 0 || count > 0 { count += 1 }
    }
    return count
  }

  /// The exponent written from a place to the end; cut at ±99999, far beyond any double.
  private static func power(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var at = start
    var isNegative = false
    guard at < bytes.count else { return nil }
    switch bytes[at] {
    case UInt8(ascii: "-"):
      isNegative = true
      at += 1
    case UInt8(ascii: "+"): at += 1
    case 0xE2:
      guard at + 3 < bytes.count, bytes[at + 1] == 0x88, bytes[at + 2] == 0x92 else { return nil }
      isNegative = true
      at += 3
    default: break
    }
    guard at < bytes.count else { return nil }
    var value = 0
    while at < bytes.count {
      let digit = bytes[at] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = min(value * 10 + Int(digit), 99_999)
      at += 1
    }
    return isNegative ? -value : value
  }
}
