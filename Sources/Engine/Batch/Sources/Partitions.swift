/// Runs of rows spread over partitions by a hash of their group's key, so that a group is in one partition.
struct Partitions {
  /// Number of partitions that one is split into.
  static let count = 64
  /// Bytes of a partition that are gathered before they are written.
  private static let extent = 1 << 18
  /// A partition with more bytes is split again, if that helps.
  static let limit = 32 << 20
  /// Times that a partition may be split: beyond that its size is that of its largest group.
  static let depth = 5

  /// Where the bytes of a partition are.
  struct Extents {
    fileprivate(set) var written: [Range<Int>] = []
    fileprivate(set) var tail: [UInt8] = []
    /// Bytes of the partition.
    fileprivate(set) var count = 0
  }

  /// The partitions of this level.
  private(set) var parts = [Extents](repeating: Extents(), count: Partitions.count)
  /// How often the runs were spread before.
  let level: Int

  init(level: Int) { self.level = level }

  /// Adds a run that `write` makes.
  mutating func add(
    key: ArraySlice<UInt8>, to file: inout SpillFile, _ write: (inout [UInt8]) -> Void
  ) throws(EvidenceError) {
    let index = Int(Partitions.hash(key) >> UInt64(6 * level) & 63)
    let before = parts[index].tail.count
    write(&parts[index].tail)
    parts[index].count += parts[index].tail.count - before
    guard parts[index].tail.count >= Partitions.extent else { return }
    let start = try file.append(parts[index].tail)
    parts[index].written.append(start..<file.count)
    parts[index].tail.removeAll(keepingCapacity: true)
  }

  /// A hash whose every part is spread well (FNV-1a, then the finaliser of MurmurHash3); quoted from memory.
  static func hash(_ key: ArraySlice<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
    hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
    return hash ^ (hash >> 33)
  }
}

extension Partitions.Extents {
  /// Gives the bytes piece by piece; every piece has whole runs.
  func forEachPiece(
    of file: SpillFile, _ body: ([UInt8]) throws(EvidenceError) -> Void
  ) throws(EvidenceError) {
    for range in written { try body(try file.bytes(range)) }
    try body(tail)
  }

  /// All bytes.
  func bytes(of file: SpillFile) throws(EvidenceError) -> [UInt8] {
    var all: [UInt8] = []
    all.reserveCapacity(count)
    for range in written { all += try file.bytes(range) }
    return all + tail
  }
}
