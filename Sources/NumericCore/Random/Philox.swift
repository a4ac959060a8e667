/// A counter-based generator of random numbers, Philox4x32 with 10 rounds.
///
/// A draw is a function of (seed, stream, position) alone, so streams are independent, any stream can begin anywhere,
/// and results do not depend on how work is shared among threads. The same numbers come on every platform.
/// Source: Salmon, Moraes, Dror & Shaw (2011), section 3.3.
public struct Philox: RandomNumberGenerator, Sendable {
  private let seed: UInt64
  private let stream: UInt64
  /// The number of the next block within the stream.
  private var position: UInt64 = 0
  /// The second half of the last block, while it is unused.
  private var spare: UInt64?

  /// The generator at the beginning of a stream.
  public init(seed: UInt64, stream: UInt64 = 0) {
    self.seed = seed
    self.stream = stream
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    if let bits = spare {
      spare = nil
      return bits
    }
    let (first, second) = Philox.block(position: position, stream: stream, seed: seed)
    position &+= 1
    spare = second
    return first
  }

  /// The bijection itself: 128 bits of counter and 64 of key to 128 random bits, as halves of 64.
  ///
  /// In the words of the paper, counter words 0 and 1 are the position, 2 and 3 the stream, low half first, and the
  /// key words are the seed.
  public static func block(position: UInt64, stream: UInt64, seed: UInt64) -> (UInt64, UInt64) {
    var (c0, c1) = (UInt32(truncatingIfNeeded: position), UInt32(truncatingIfNeeded: position >> 32))
    var (c2, c3) = (UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32))
    var (k0, k1) = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    for _ in 0..<10 {
      let first = UInt64(c0) &* 0xD251_1F53
      let second = UInt64(c2) &* 0xCD9E_8D57
      c0 = UInt32(truncatingIfNeeded: second >> 32) ^ c1 ^ k0
      c2 = UInt32(truncatingIfNeeded: first >> 32) ^ c3 ^ k1
      c1 = UInt32(truncatingIfNeeded: second)
      c3 = UInt32(truncatingIfNeeded: first)
      k0 = k0 &+ 0x9E37_79B9
      k1 = k1 &+ 0xBB67_AE85
    }
    return (UInt64(c1) << 32 | UInt64(c0), UInt64(c3) << 32 | UInt64(c2))
  }
}
