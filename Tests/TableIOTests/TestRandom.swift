import TableIO

/// A small seeded generator (SplitMix64) for property tests.
struct TestRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  mutating func below(_ limit: Int) -> Int {
    Int.random(in: 0..<limit, using: &self)
  }

  /// A finite double of any size, from random bits.
  mutating func anyDouble() -> Double {
    while true {
      let value = Double(bitPattern: next())
      if value.isFinite { return value }
    }
  }

  /// A short text with the characters that give readers trouble.
  mutating func text() -> String {
    let pieces = [
      "a", "B", " ", ",", ";", "\t", "|", "\"", "\n", "\r\n", "é", "−", "😀", "0", "1.5", "'", "#", "{", "\\",
    ]
    return (0..<below(6)).map { _ in pieces[below(pieces.count)] }.joined()
  }

  mutating func json(depth: Int) -> JSONValue {
    switch below(depth > 0 ? 8 : 6) {
    case 0: .null
    case 1: .bool(below(2) == 0)
    case 2: .integer(Int(truncatingIfNeeded: next()))
    case 3, 4: .string(text())
    case 5: .number(Double(below(1000)) + 0.5)
    case 6: .array((0..<below(4)).map { _ in json(depth: depth - 1) })
    default: .object((0..<below(4)).map { _ in JSONValue.Member(text(), json(depth: depth - 1)) })
    }
  }
}
