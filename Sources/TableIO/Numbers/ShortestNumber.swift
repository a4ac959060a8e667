private import CDragonbox

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

  /// The number as text.
  public static func text(_ value: Double) -> String {
    var output: [UInt8] = []
    append(value, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// The room that writing a number takes; its text is shorter.
  static let longest = 48

  /// Writes the number to the beginning of a buffer with `longest` bytes; how many it takes.
  static func write(_ value: Double, to room: UnsafeMutableBufferPointer<UInt8>) -> Int {
    let magnitude = value.magnitude
    guard magnitude < .infinity else { return write(value.isNaN ? "nan" : value < 0 ? "-inf" : "inf", to: room) }
    var text = NumberBytes(room: UnsafeMutableRawBufferPointer(room))
    text.putMinus(Int(truncatingIfNeeded: value.bitPattern &>> 63))
    if magnitude <= 0x1p53 {
      let whole = Int(magnitude)
      if Double(whole) == magnitude {
        text.put(whole.magnitude)
        return text.count
      }
    }
    let digits = ShortestDigits(magnitude)
    if digits.point < -3 || magnitude > 0x1p53 {
      text.put(digits, wholeDigits: 1)
      text.putExponent(digits.point - 1)
    } else if digits.point <= 0 {
      text.put(fraction: digits)
    } else {
      text.put(digits, wholeDigits: digits.point)
    }
    return text.count
  }

  /// The same for a whole number.
  static func write(_ value: Int, to room: UnsafeMutableBufferPointer<UInt8>) -> Int {
    var text = NumberBytes(room: UnsafeMutableRawBufferPointer(room))
    text.putMinus(value < 0 ? 1 : 0)
    text.put(value.magnitude)
    return text.count
  }

  private static func write(_ word: StaticString, to room: UnsafeMutableBufferPointer<UInt8>) -> Int {
    for place in 0..<word.utf8CodeUnitCount { room[place] = word.utf8Start[place] }
    return word.utf8CodeUnitCount
  }
}

/// The shortest decimal of a positive number as text: 17 digits in two words and a half, of which some are wanted.
private struct ShortestDigits {
  /// The first digit and the next seven, and the nine after those; the first in memory in the lowest byte.
  let first, second: UInt64
  let last: UInt8
  /// How many digits are not zeros at the end.
  let count: Int
  /// How many digits stand before the point: 1 for 1.2, 0 for 0.12, −1 for 0.012.
  let point: Int

  /// "00000000".
  private static let zeros: UInt64 = 0x3030_3030_3030_3030
  /// The least number of 17 digits.
  private static let least: UInt64 = 10_000_000_000_000_000

  @inline(__always)
  init(_ magnitude: Double) {
    let decimal = evidence_shortest_decimal(magnitude)
    var significand = decimal.significand
    var exponent = Int(decimal.exponent)
    // Mostly there are 16 or 17 digits, as often the one as the other: a choice of factors, not of ways.
    let isShort = significand < Self.least
    significand &*= isShort ? 10 : 1
    exponent &-= isShort ? 1 : 0
    while significand < Self.least {
      significand &*= 10
      exponent &-= 1
    }
    let (front, back) = significand.quotientAndRemainder(dividingBy: 1_000_000_000)
    let (middle, end) = back.quotientAndRemainder(dividingBy: 10)
    first = Self.text(front)
    second = Self.text(middle)
    last = UInt8(truncatingIfNeeded: end &+ 0x30)
    point = exponent &+ 17
    let tail = second &>> 8 | UInt64(last) &<< 56
    if tail != Self.zeros {
      count = 17 &- (tail ^ Self.zeros).leadingZeroBitCount / 8
    } else if second != Self.zeros {
      count = 9
    } else {
      count = 8 &- (first ^ Self.zeros).leadingZeroBitCount / 8
    }
  }

  /// Eight digits of a number below 10⁸: halves, quarters and digits side by side in one word, division being multiplication by a
  /// reciprocal that is exact in the range.
  @inline(__always)
  private static func text(_ value: UInt64) -> UInt64 {
    let fours = value / 10_000 | (value % 10_000) << 32
    let hundreds = (fours &* 10486) >> 20 & 0x0000_007F_0000_007F
    let twos = hundreds | (fours &- 100 &* hundreds) << 16
    let tens = (twos &* 103) >> 10 & 0x000F_000F_000F_000F
    return (tens | (twos &- 10 &* tens) << 8) &+ zeros
  }
}

/// The text of a number being written. Words are stored whole, over what comes behind.
private struct NumberBytes {
  let room: UnsafeMutableRawBufferPointer
  var count = 0

  @inline(__always)
  mutating func put(_ byte: UInt8) {
    room[count] = byte
    count &+= 1
  }

  /// One minus or none; signs come in any order, so no branch is taken on them.
  @inline(__always)
  mutating func putMinus(_ signs: Int) {
    room[count] = UInt8(ascii: "-")
    count &+= signs
  }

  /// A whole number.
  @inline(__always)
  mutating func put(_ value: UInt) {
    let start = count
    var rest = value
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      put(UInt8(truncatingIfNeeded: digit &+ 0x30))
      rest = quotient
    } while rest > 0
    var (low, high) = (start, count &- 1)
    while low < high {
      (room[low], room[high]) = (room[high], room[low])
      (low, high) = (low &+ 1, high &- 1)
    }
  }

  @inline(__always)
  private func store(_ word: UInt64, at place: Int) {
    room.storeBytes(of: word.littleEndian, toByteOffset: place, as: UInt64.self)
  }

  @inline(__always)
  private func store(_ digits: ShortestDigits, at place: Int) {
    store(digits.first, at: place)
    store(digits.second, at: place &+ 8)
    room[place &+ 16] = digits.last
  }

  /// "0.00012": a point, zeros, digits.
  @inline(__always)
  mutating func put(fraction digits: ShortestDigits) {
    store(0x3030_3030_3030_2E30, at: count)
    let start = count &+ 2 &- digits.point
    store(digits, at: start)
    count = start &+ digits.count
  }

  /// "12.34": digits with a point behind some of them, or no point when there are no others.
  @inline(__always)
  mutating func put(_ digits: ShortestDigits, wholeDigits: Int) {
    // All digits one place to the right, then the first ones once more in their own.
    store(digits, at: count &+ 1)
    if wholeDigits < 8 {
      let bits = UInt64(truncatingIfNeeded: wholeDigits &* 8)
      let before = digits.first & ((1 &<< bits) &- 1)
      let behind = (digits.first &<< 8) & ~((0x100 &<< bits) &- 1)
      store(before | 0x2E &<< bits | behind, at: count)
    } else {
      for place in count..<count &+ wholeDigits { room[place] = room[place &+ 1] }
      room[count &+ wholeDigits] = UInt8(ascii: ".")
    }
    count &+= digits.count &+ (digits.count > wholeDigits ? 1 : 0)
  }

  /// "e-05": at least two digits.
  mutating func putExponent(_ power: Int) {
    put(UInt8(ascii: "e"))
    put(UInt8(ascii: power < 0 ? "-" : "+"))
    if power.magnitude < 10 { put(UInt8(ascii: "0")) }
    put(power.magnitude)
  }
}
