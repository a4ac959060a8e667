import NumericCore

/// Which subsets of k studies are looked at.
public enum SubsetScheme: Sendable, Equatable {
  /// All 2ᵏ − 1, by size, and within a size in the order of a binary counter whose lowest digit is the first study.
  case all
  /// So many non-empty ones drawn independently, each equally likely.
  case sampled(count: Int, seed: UInt64)

  /// The most studies of which all subsets are looked at.
  public static let mostStudies = 24

  /// All subsets where they are at most so many and the studies at most 24, else that many random ones.
  public init(atMost limit: Int, studies: Int, seed: UInt64) {
    let fits = studies <= Self.mostStudies && (1 << studies) - 1 <= limit
    self = fits ? .all : .sampled(count: limit, seed: seed)
  }

  /// Number of subsets.
  public func count(studies: Int) -> Int {
    switch self {
    case .all: (1 << studies) - 1
    case .sampled(let count, _): count
    }
  }
}

/// The members of the subsets of a scheme, from any place on.
///
/// A random subset is a function of seed and place alone, so results do not depend on how work is shared among cores.
public struct SubsetSequence: Sendable {
  /// What is run through.
  public let scheme: SubsetScheme
  /// Number of studies.
  public let studies: Int

  /// The subsets of so many studies by a scheme; `all` is for at most 24.
  public init(_ scheme: SubsetScheme, studies: Int) {
    self.scheme = scheme
    self.studies = studies
  }

  /// Runs through a range of places; the body gets place and members in increasing order.
  public func forEach(in range: Range<Int>, _ body: (Int, [Int]) -> Void) {
    guard !range.isEmpty else { return }
    switch scheme {
    case .all:
      var mask = mask(at: range.lowerBound)
      for place in range {
        body(place, Self.members(mask))
        mask = next(mask)
      }
    case .sampled(_, let seed):
      for place in range { body(place, sample(place, seed)) }
    }
  }

  /// The subset at a place as binary digits: the size by whole blocks, then the combinatorial number system
  /// (Knuth 2011, The Art of Computer Programming 4A, 7.2.1.3, eq. 20).
  func mask(at place: Int) -> UInt64 {
    var rank = place
    var size = 1
    while size <= studies, rank >= Self.binomial(studies, size) {
      rank -= Self.binomial(studies, size)
      size += 1
    }
    var mask: UInt64 = 0
    for chosen in stride(from: min(size, studies), to: 0, by: -1) {
      var top = chosen - 1
      while Self.binomial(top + 1, chosen) <= rank { top += 1 }
      rank -= Self.binomial(top, chosen)
      mask |= 1 << UInt64(top)
    }
    return mask
  }

  /// The next larger number with as many ones (Gosper's hack), or the first of the next size.
  func next(_ mask: UInt64) -> UInt64 {
    let lowest = mask & (0 &- mask)
    let ripple = mask + lowest
    let following = (((ripple ^ mask) >> 2) / lowest) | ripple
    if following < 1 << UInt64(studies) { return following }
    return (1 << UInt64(mask.nonzeroBitCount + 1)) - 1
  }

  private static func members(_ mask: UInt64) -> [Int] {
    var members = [Int]()
    members.reserveCapacity(mask.nonzeroBitCount)
    var rest = mask
    while rest != 0 {
      members.append(rest.trailingZeroBitCount)
      rest &= rest - 1
    }
    return members
  }

  /// A bit per study, drawn anew should all be 0.
  private func sample(_ place: Int, _ seed: UInt64) -> [Int] {
    var generator = Philox(seed: seed, stream: UInt64(place))
    while true {
      var members = [Int]()
      var bits: UInt64 = 0
      for study in 0..<studies {
        if study & 63 == 0 { bits = generator.next() }
        if bits & 1 == 1 { members.append(study) }
        bits >>= 1
      }
      if !members.isEmpty { return members }
    }
  }

  private static func binomial(_ n: Int, _ k: Int) -> Int {
    guard k >= 0, k <= n else { return 0 }
    var result = 1
    for i in 0..<min(k, n - k) { result = result * (n - i) / (i + 1) }
    return result
  }
}
