/// Notices groups whose rows stand apart, in a table that was to have them together.
///
/// Remembers hashes of the groups' keys in half a megabyte: all of them up to 32 768 groups, beyond that those of a sample that is
/// halved whenever it grows too large. A table that is not sorted by group is noticed by any sample.
struct ReturningGroups: Sendable {
  private static let capacity = 1 << 16
  private var table = [UInt64](repeating: 0, count: capacity)
  private var used = 0
  /// Hashes with one of these bits are not in the sample.
  private var mask: UInt64 = 0

  /// Returns seen so far; with a sample, of groups in it.
  private(set) var count = 0
  /// The key of the first that was seen.
  private(set) var example: [UInt8]?

  /// Takes the group that begins now.
  mutating func note(_ key: ArraySlice<UInt8>) {
    let hash = max(Partitions.hash(key), 1)
    guard hash & mask == 0 else { return }
    if insert(hash) {
      used += 1
      if used > Self.capacity / 2 { halve() }
    } else {
      count += 1
      example = example ?? Array(key)
    }
  }

  /// Puts a hash in its place; false if it is there.
  private mutating func insert(_ hash: UInt64) -> Bool {
    var place = Int(hash >> 48)
    while table[place] != 0 {
      if table[place] == hash { return false }
      place = (place + 1) % Self.capacity
    }
    table[place] = hash
    return true
  }

  private mutating func halve() {
    mask = mask << 1 | 1
    let kept = table.filter { $0 != 0 && $0 & mask == 0 }
    table = [UInt64](repeating: 0, count: Self.capacity)
    used = kept.count
    for hash in kept { _ = insert(hash) }
  }
}
