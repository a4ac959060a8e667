import NumericCore

/// Random numbers of one replicate: the stream depends on the seed and the replicate alone, so that order and number of
/// threads never matter.
///
/// SplitMix64 (Steele, Lea and Flood 2014), normals by inversion.
struct ReplicateGenerator {
  private var state: UInt64

  /// The stream of a replicate.
  init(seed: UInt64, replicate: Int) {
    state = seed
    let first = next()
    state = first ^ (UInt64(truncatingIfNeeded: replicate) &* 0xd134_2543_de82_ef95)
    _ = next()
  }

  private mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Uniform on (0, 1), never an end.
  mutating func uniform() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }

  /// Standard normal.
  mutating func normal() -> Double { (try? Normal.quantile(uniform())) ?? 0 }

  /// A whole number in 0..<n.
  mutating func index(below n: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(n)).high) }
}
