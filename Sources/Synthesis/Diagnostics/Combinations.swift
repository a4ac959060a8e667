import NumericCore

/// The ways of taking some of n things: all in lexicographic order, or a seeded sample of those.
///
/// The combination at a place is a function of place and seed alone, so results do not depend on how work is shared.
/// Source: Knuth (2011), The Art of Computer Programming 4A, section 7.2.1.3.
public struct Combinations: Sendable {
  /// Number of things, and how many are taken.
  public let things, taken: Int
  /// Number of combinations that are run through, and whether they are all.
  public let count: Int
  /// Whether they are all there are.
  public let isAll: Bool
  private let seed: UInt64

  /// All combinations where they are at most so many, else that many random ones, each drawn independently.
  public init(of things: Int, taking taken: Int, atMost limit: Int, seed: UInt64) {
    self.things = things
    self.taken = taken
    self.seed = seed
    let total = Combinations.binomial(things, taken, upTo: limit)
    isAll = total <= limit
    count = isAll ? total : limit
  }

  /// The combination at a place, rising.
  public func at(_ place: Int) -> [Int] {
    isAll ? unranked(place) : sampled(place)
  }

  private func unranked(_ place: Int) -> [Int] {
    var rank = place
    var chosen = [Int]()
    var next = 0
    while chosen.count < taken {
      let rest = Combinations.binomial(things - next - 1, taken - chosen.count - 1, upTo: .max)
      if rank < rest { chosen.append(next) } else { rank -= rest }
      next += 1
    }
    return chosen
  }

  /// Floyd's sample without replacement (Bentley and Floyd 1987).
  private func sampled(_ place: Int) -> [Int] {
    var generator = Philox(seed: seed, stream: UInt64(place))
    var chosen = Set<Int>()
    for top in (things - taken)..<things {
      let pick = Int(generator.whole(below: UInt64(top + 1)))
      chosen.insert(chosen.contains(pick) ? top : pick)
    }
    return chosen.sorted()
  }

  /// n over k, or a number above the limit.
  private static func binomial(_ n: Int, _ k: Int, upTo limit: Int) -> Int {
    guard k >= 0, k <= n else { return 0 }
    var result = 1
    for i in 0..<min(k, n - k) {
      let (product, overflow) = result.multipliedReportingOverflow(by: n - i)
      if overflow { return .max }
      result = product / (i + 1)
      if result > limit, limit < .max { return result }
    }
    return result
  }
}
