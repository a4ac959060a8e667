/// Random bits that depend on a seed and a stream number alone, so that draw n is the same whatever thread makes it.
struct CounterGenerator {
  private var state: UInt64

  /// The generator of one stream.
  init(seed: UInt64, stream: UInt64) {
    state = Self.mix(Self.mix(seed) ^ (stream &* 0x9E37_79B9_7F4A_7C15))
  }

  /// The next 64 bits (SplitMix64, Steele, Lea and Flood 2014).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// A number below the bound, each with the same probability (Lemire 2019).
  mutating func next(upperBound: UInt64) -> UInt64 {
    var (high, low) = next().multipliedFullWidth(by: upperBound)
    if low < upperBound {
      let threshold = (0 &- upperBound) % upperBound
      while low < threshold { (high, low) = next().multipliedFullWidth(by: upperBound) }
    }
    return high
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
