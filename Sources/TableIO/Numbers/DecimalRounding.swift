/// Correctly rounded decimal to binary for short numbers, in integer arithmetic.
enum DecimalRounding {
  /// 10^0 … 10^22, each exact as a double.
  static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// 5^0 … 5^27, all that fit 64 bits.
  static let powersOfFive: [UInt64] = {
    var powers: [UInt64] = [1]
    for _ in 1...27 { powers.append(powers[powers.count - 1] * 5) }
    return powers
  }()

  /// significand · 10^power rounded to nearest, ties to even; nil when the power is outside ±27 (and the number not 0).
  ///
  /// Up to 2^53 and ±22 both factors are exact doubles and one rounding remains (Clinger 1990). Otherwise w·10^p = w·5^p·2^p
  /// is a 128-bit product, or a quotient of 64 bits with its remainder, rounded once.
  @inline(__always)
  static func double(_ significand: UInt64, powerOfTen power: Int) -> Double? {
    if significand <= 1 << 53, power >= -22, power <= 22 {
      let value = Double(significand)
      return power < 0 ? value / powersOfTen[-power] : value * powersOfTen[power]
    }
    return wide(significand, power)
  }

  @inline(never)
  private static func wide(_ significand: UInt64, _ power: Int) -> Double? {
    if significand == 0 { return 0 }
    guard power >= -27, power <= 27 else { return nil }
    let shift = significand.leadingZeroBitCount
    let normal = significand << UInt64(shift)
    if power >= 0 {
      let product = normal.multipliedFullWidth(by: powersOfFive[power])
      return rounded(high: product.high, low: product.low, exponent: power - shift)
    }
    let five = powersOfFive[-power]
    let fiveShift = five.leadingZeroBitCount
    let divisor = five << UInt64(fiveShift)
    // normal / 2 < divisor, so the quotient of (normal · 2^63) fits 64 bits.
    let quotient = divisor.dividingFullWidth((normal >> 1, normal << 63))
    let low: UInt64 = quotient.remainder == 0 ? 0 : 1
    return rounded(high: quotient.quotient, low: low, exponent: power - shift + fiveShift - 63 - 64)
  }

  /// (high · 2^64 + low) · 2^exponent, rounded to 53 bits, ties to even. The results here are all normal numbers.
  private static func rounded(high: UInt64, low: UInt64, exponent: Int) -> Double {
    var (high, low, exponent) = (high, low, exponent)
    if high == 0 {
      (high, low, exponent) = (low, 0, exponent - 64)
    }
    let shift = UInt64(high.leadingZeroBitCount)
    if shift > 0 {
      high = high << shift | low >> (64 - shift)
      low <<= shift
      exponent -= Int(shift)
    }
    let rest = high & 0x7FF
    var kept = high >> 11
    if rest > 0x400 || (rest == 0x400 && (low != 0 || kept & 1 == 1)) { kept += 1 }
    return Double(sign: .plus, exponent: exponent + 64 + 11, significand: Double(kept))
  }
}
