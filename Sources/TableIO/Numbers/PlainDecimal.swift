/// The quick way for the usual spelling: `-`, digits, a mark, digits; at most 19 digits, no exponent.
enum PlainDecimal {
  /// The number, or nil for any other spelling (which may be a number all the same).
  @inline(__always)
  static func parse(_ bytes: UnsafeRawBufferPointer, decimalMark: UInt8) -> Double? {
    let count = bytes.count
    guard count > 0, count <= 20 else { return nil }
    let isNegative = bytes[0] == UInt8(ascii: "-")
    let start = isNegative ? 1 : 0
    var at = start
    var significand: UInt64 = 0
    while at < count {
      let digit = bytes[at] &- UInt8(ascii: "0")
      if digit > 9 { break }
      significand = significand &* 10 &+ UInt64(digit)
      at += 1
    }
    var fraction = 0
    if at < count {
      guard bytes[at] == decimalMark else { return nil }
      at += 1
      fraction = count - at
      guard appendFraction(bytes, at, &significand) else { return nil }
      guard count > start + 1 else { return nil }
    } else if at == start {
      return nil
    }
    if count - start > 19 { return nil }
    guard let value = DecimalRounding.double(significand, powerOfTen: -fraction) else { return nil }
    // The sign without a branch: signs of effects are as good as random.
    return Double(bitPattern: value.bitPattern | (isNegative ? 1 << 63 : 0))
  }

  /// Appends the digits from `start` to the end, the last eight at once where the text is long enough.
  @inline(__always)
  private static func appendFraction(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ value: inout UInt64) -> Bool {
    var at = start
    let end = bytes.count >= 8 ? max(start, bytes.count - 8) : bytes.count
    while at < end {
      let digit = bytes[at] &- UInt8(ascii: "0")
      if digit > 9 { return false }
      value = value &* 10 &+ UInt64(digit)
      at += 1
    }
    let rest = bytes.count - at
    if rest == 0 { return true }
    // Eight bytes up to the end; those before the fraction are made zeros.
    let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self))
    let kept = ~UInt64(0) << UInt64(64 - 8 * rest)
    guard let digits = eightDigits((word & kept) | (0x3030_3030_3030_3030 & ~kept)) else { return false }
    value = value &* wholePowersOfTen[rest] &+ digits
    return true
  }

  /// Eight ASCII digits, the first in the lowest byte, as a number; nil if one is no digit.
  ///
  /// Pairs, then fours, then all are joined, each step by one multiplication (Lemire 2018).
  @inline(__always)
  private static func eightDigits(_ word: UInt64) -> UInt64? {
    let values = word &- 0x3030_3030_3030_3030
    guard (values | (values &+ 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 == 0 else { return nil }
    let pairs = values &* 10 &+ (values >> 8)
    let low = (pairs & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
    let high = ((pairs >> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
    return (low &+ high) >> 32
  }

  private static let wholePowersOfTen: [UInt64] = [
    1, 10, 100, 1000, 10000, 100_000, 1_000_000, 10_000_000, 100_000_000,
  ]
}
