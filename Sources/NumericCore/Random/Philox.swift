/// A counter-based generator of random numbers, Philox4x32 with 10 rounds.
///
/// A draw is a function of (seed, stream, position) alone, so streams are independent, any stream can begin anywhere,
/// and results do not depend on how work is shared among threads. The same numbers come on every platform.
/// Source: Salmon, Moraes, Dror & Shaw (2011), section 3.3.
public struct Philox: RandomNumberGenerator, Sendable {
  private let key: SIMD2<UInt32>
  /// Words 0 and 1: the number of the block within the stream; words 2 and 3: the stream.
  private var block: UInt64 = 0
  private let stream: UInt64
  private var output = SIMD4<UInt32>()
  /// How many 64-bit halves of `output` are left.
  private var left = 0

  /// The generator at the beginning of a stream.
  public init(seed: UInt64, stream: UInt64 = 0) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    self.stream = stream
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    if left == 0 {
      output = Philox.block(
        counter: SIMD4(
          UInt32(truncatingIfNeeded: block), UInt32(truncatingIfNeeded: block >> 32),
          UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32)),
        key: key)
      block &+= 1
      left = 2
    }
    left -= 1
    return left == 1
      ? UInt64(output[1]) << 32 | UInt64(output[0]) : UInt64(output[3]) << 32 | UInt64(output[2])
  }

  /// The bijection itself: 128 bits of counter and 64 of key to 128 random bits.
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var (c, k) = (counter, key)
    for _ in 0..<10 {
      let first = UInt64(c[0]) * 0xD251_1F53
      let second = UInt64(c[2]) * 0xCD9E_8D57
      c = SIMD4(
        UInt32(second >> 32) ^ c[1] ^ k[0], UInt32(truncatingIfNeeded: second),
        UInt32(first >> 32) ^ c[3] ^ k[1], UInt32(truncatingIfNeeded: first))
      k = SIMD2(k[0] &+ 0x9E37_79B9, k[1] &+ 0xBB67_AE85)
    }
    return c
  }
}
