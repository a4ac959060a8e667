/// The quick way for the usual spelling: `-`, digits, a mark, digits; at most 19 digits, no exponent.
enum PlainDecimal {
  /// The number that fills a range of a text, or nil for any other spelling (which may be a number all the same).
  @inline(__always)
  static func parse(_ text: UnsafeRawBufferPointer, _ range: Range<Int>, decimalMark: UInt8) -> Double? {
    guard !range.isEmpty else { return nil }
    let isNegative = text[range.lowerBound] == UInt8(ascii: "-")
    let start = range.lowerBound &+ (isNegative ? 1 : 0)
    let count = range.upperBound &- start
    let value =
      count <= 8 && start &+ 8 <= text.count
      ? short(text, start, count, decimalMark) : long(text, start..<max(start, range.upperBound), decimalMark)
    guard let value else { return nil }
    // The sign without a branch: signs of effects are as good as random.
    return Double(bitPattern: value.bitPattern | (isNegative ? 1 << 63 : 0))
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let zeros: UInt64 = 0x3030_3030_3030_3030

  /// Up to eight bytes in one word: zeros put before them, the mark taken out, the digits joined.
  @inline(__always)
  private static func short(_ text: UnsafeRawBufferPointer, _ start: Int, _ count: Int, _ mark: UInt8) -> Double? {
    if count < 1 { return nil }
    let loaded = UInt64(littleEndian: text.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    let gap = UInt64(truncatingIfNeeded: 64 &- 8 &* count)
    var word = loaded &<< gap | zeros & ((1 &<< gap) &- 1)
    let other = word ^ (ones &* UInt64(mark))
    let hits = (other &- ones) & ~other & (ones &<< 7)
    var fraction = 0
    if hits != 0 {
      if count == 1 { return nil }
      let place = UInt64(truncatingIfNeeded: hits.trailingZeroBitCount & 56)
      fraction = 7 &- Int(truncatingIfNeeded: place &>> 3)
      let below: UInt64 = (1 &<< place) &- 1
      word = word & ~(below &<< 8 | 0xFF) | (word & below) &<< 8 | 0x30
    }
    guard let digits = eightDigits(word) else { return nil }
    // Both are exact doubles: one rounding remains.
    return Double(Int64(truncatingIfNeeded: digits)) / DecimalRounding.powersOfTen[fraction]
  }

  /// Any length; the last eight digits of the fraction at once where the text is long enough.
  @inline(never)
  private static func long(_ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ mark: UInt8) -> Double? {
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
      guard let digits = eightDigits(word) else { return nil }
      return DecimalRounding.double(significand &* 100_000_000 &+ digits, powerOfTen: -fraction)
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

  /// Eight ASCII digits, the first in the lowest byte, as a number; nil if one is no digit.
  ///
  /// Pairs, then fours, then all are joined, each step by one multiplication (Lemire 2018).
  @inline(__always)
  private static func eightDigits(_ word: UInt64) -> UInt64? {
    let values = word &- zeros
    guard (values | (values &+ 0x7676_7676_7676_7676)) & (ones &<< 7) == 0 else { return nil }
    let pairs = values &* 10 &+ (values &>> 8)
    let low = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
    let high = ((pairs &>> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
    return (low &+ high) &>> 32
  }
}
