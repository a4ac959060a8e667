/// The exact decimal digits of a double, rounded where asked.
///
/// A finite double is m·2^e with a whole m. For e < 0 it is m·5^(−e) / 10^(−e), for e ≥ 0 the whole number m·2^e: one big
/// integer either way, kept in limbs of nine decimal digits. Rounding looks at exact digits, so halves are true halves.
struct DecimalExpansion {
  /// Decimal digits 0…9, the highest first, without leading zeros; empty for zero.
  private(set) var digits: [UInt8]
  /// How many of the digits (or of zeros before them) stand behind the decimal point.
  private(set) var scale: Int
}

extension DecimalExpansion {
  /// The exact expansion of a finite number's size.
  init(_ value: Double) {
    let value = value.magnitude
    guard value > 0 else {
      self.init(digits: [], scale: 0)
      return
    }
    let significand = UInt64(value.significandBitPattern) | (value.isNormal ? 1 << 52 : 0)
    let zeros = significand.trailingZeroBitCount
    let exponent = (value.isNormal ? Int(value.exponentBitPattern) - 1075 : -1074) + zeros
    var limbs = Self.limbs(significand >> UInt64(zeros))
    // 5^13 and 2^30 are the largest powers that fit 32 bits.
    let (base, step): (UInt64, Int) = exponent < 0 ? (5, 13) : (2, 30)
    var power = abs(exponent)
    while power > 0 {
      let part = min(power, step)
      Self.multiply(&limbs, by: (0..<part).reduce(1) { product, _ in product * base })
      power -= part
    }
    self.init(digits: Self.digits(limbs), scale: max(0, -exponent))
  }

  private static func limbs(_ value: UInt64) -> [UInt64] {
    var rest = value
    var limbs: [UInt64] = []
    while rest > 0 {
      limbs.append(rest % 1_000_000_000)
      rest /= 1_000_000_000
    }
    return limbs
  }

  private static func multiply(_ limbs: inout [UInt64], by factor: UInt64) {
    var carry: UInt64 = 0
    for index in limbs.indices {
      let product = limbs[index] * factor + carry
      limbs[index] = product % 1_000_000_000
      carry = product / 1_000_000_000
    }
    while carry > 0 {
      limbs.append(carry % 1_000_000_000)
      carry /= 1_000_000_000
    }
  }

  private static func digits(_ limbs: [UInt64]) -> [UInt8] {
    var digits: [UInt8] = []
    digits.reserveCapacity(9 * limbs.count)
    for limb in limbs {
      var rest = limb
      for _ in 0..<9 {
        digits.append(UInt8(rest % 10))
        rest /= 10
      }
    }
    while digits.last == 0 { digits.removeLast() }
    digits.reverse()
    return digits
  }

  /// The power of ten of the highest digit; 0 for zero.
  var leadingPower: Int { digits.isEmpty ? 0 : digits.count - 1 - scale }

  /// Rounds to `decimals` digits behind the point (before it, if negative), halves to even.
  mutating func round(decimals: Int) {
    let dropped = scale - decimals
    guard dropped > 0 else { return }
    scale = decimals
    let kept = digits.count - dropped
    guard kept >= 0 else { return digits = [] }
    let rest = digits[kept...]
    let isUp: Bool
    if let first = rest.first, first == 5, rest.dropFirst().allSatisfy({ $0 == 0 }) {
      isUp = kept > 0 && digits[kept - 1] & 1 == 1
    } else {
      isUp = (rest.first ?? 0) >= 5
    }
    digits.removeLast(dropped)
    if isUp { increment() }
  }

  private mutating func increment() {
    for index in digits.indices.reversed() {
      if digits[index] < 9 {
        digits[index] += 1
        return
      }
      digits[index] = 0
    }
    digits.insert(1, at: 0)
  }

  /// The digits before the point ("0" at least) and the `decimals` behind it.
  func parts(decimals: Int) -> (whole: [UInt8], fraction: [UInt8]) {
    var all = digits
    if scale < 0 { all += Array(repeating: 0, count: all.isEmpty ? 0 : -scale) }
    let behind = max(scale, 0)
    if all.count <= behind { all = Array(repeating: 0, count: behind + 1 - all.count) + all }
    let split = all.count - behind
    let fraction = Array(all[split...]) + Array(repeating: 0, count: max(0, decimals - behind))
    return (Array(all[..<split]), fraction)
  }
}
