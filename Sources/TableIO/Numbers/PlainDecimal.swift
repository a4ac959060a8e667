/// The quick way for the usual spelling: `-`, digits, a mark, digits; at most 19 digits, no exponent.
enum PlainDecimal {
  /// The number that fills a range of a text, or nil for any other spelling (which may be a number all the same).
  @inline(__always)
  static func parse(_ text: UnsafeRawBufferPointer, _ range: Range<Int>, decimalMark: UInt8) -> Double? {
    if let short = prefix(text, at: range.lowerBound, decimalMark: decimalMark), short.end == range.upperBound {
      return short.value
    }
    return long(text, range, decimalMark: decimalMark)
  }

  /// A number of at most eight digits and a mark at the beginning of a text's rest, and where it ends: at what is no digit. `nil` for
  /// others and near the end of the text.
  @inline(__always)
  static func prefix(_ text: UnsafeRawBufferPointer, at: Int, decimalMark: UInt8) -> (value: Double, end: Int)? {
    guard at &+ 10 <= text.count else { return nil }
    let isNegative = text[at] == UInt8(ascii: "-")
    let start = at &+ (isNegative ? 1 : 0)
    let word = UInt64(littleEndian: text.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    let others = nonDigits(word)
    if others == 0 { return nil }
    let point = others.trailingZeroBitCount &>> 3
    let hasPoint = text[start &+ point] == decimalMark
    let behind = hasPoint ? others & (others &- 1) : others
    if behind == 0, isDigit(text[start &+ 8]) { return nil }
    let count = behind.trailingZeroBitCount &>> 3
    guard count > (hasPoint ? 1 : 0) else { return nil }
    let gap = UInt64(truncatingIfNeeded: 64 &- 8 &* count)
    let digits = word &<< gap | zeros & ((1 &<< gap) &- 1)
    // The part before the point moves over it.
    let place = UInt64(truncatingIfNeeded: 8 &* point) &+ gap
    let below: UInt64 = (1 &<< place) &- 1
    let joined = digits & ~(below &<< 8 | 0xFF) | (digits & below) &<< 8 | 0x30
    let whole = Double(Int64(truncatingIfNeeded: eightDigits(hasPoint ? joined : digits)))
    // Both are exact doubles: one rounding remains.
    let value = whole / DecimalRounding.powersOfTen[hasPoint ? count &- 1 &- point : 0]
    // The sign without a branch: signs of effects are as good as random.
    return (Double(bitPattern: value.bitPattern | (isNegative ? 1 << 63 : 0)), start &+ count)
  }

  @inline(__always)
  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") <= 9 }

  /// The top bit of each byte that is no digit; exact, since adding to seven bits cannot carry into the next byte.
  @inline(__always)
  private static func nonDigits(_ word: UInt64) -> UInt64 {
    let values = word ^ zeros
    return (values | ((values & (ones &* 0x7F)) &+ (ones &* 0x76))) & (ones &<< 7)
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let zeros: UInt64 = 0x3030_3030_3030_3030

  /// The number of any length that fills a range; the last eight digits of the fraction at once where the text is long enough.
  @inline(never)
  static func long(_ text: UnsafeRawBufferPointer, _ signed: Range<Int>, decimalMark mark: UInt8) -> Double? {
    guard let first = text[signed].first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    let magnitude = magnitude(text, (signed.lowerBound + (isNegative ? 1 : 0))..<signed.upperBound, mark)
    return isNegative ? magnitude.map { -$0 } : magnitude
  }

  private static func magnitude(_ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ mark: UInt8) -> Double? {
    if range.count > 20 { return nil }
    var at = range.lowerBound
    var significand: UInt64 = 0
    gather(text, &at, range.upperBound, &significand)
    let whole = at - range.lowerBound
    if at == range.upperBound { return whole >= 1 && whole <= 19 ? Double(significand) : nil }
    guard text[at] == mark else { return nil }
    at += 1
    let fraction = range.upperBound - at
    guard whole + fraction >= 1, whole + fraction <= 19 else { return nil }
    if fraction > 8 {
      gather(text, &at, range.upperBound - 8, &significand)
      guard at == range.upperBound - 8 else { return nil }
      let word = UInt64(littleEndian: text.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      guard nonDigits(word) == 0 else { return nil }
      return DecimalRounding.double(significand &* 100_000_000 &+ eightDigits(word), powerOfTen: -fraction)
    }
    gather(text, &at, range.upperBound, &significand)
    return at == range.upperBound ? DecimalRounding.double(significand, powerOfTen: -fraction) : nil
  }

  /// Appends digits one by one up to `end` or to what is no digit.
  @inline(__always)
  private static func gather(_ text: UnsafeRawBufferPointer, _ at: inout Int, _ end: Int, _ value: inout UInt64) {
    while at < end {
      let digit = text[at] &- UInt8(ascii: "0")
      if digit > 9 { return }
      value = value &* 10 &+ UInt64(digit)
      at += 1
    }
  }

  /// Eight ASCII digits, the first in the lowest byte, as a number.
  ///
  /// Pairs, then fours, then all are joined, each step by one multiplication (Lemire 2018).
  @inline(__always)
  private static func eightDigits(_ word: UInt64) -> UInt64 {
    let values = word &- zeros
    let pairs = values &* 10 &+ (values &>> 8)
    let low = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
    let high = ((pairs &>> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
    return (low &+ high) &>> 32
  }
}
