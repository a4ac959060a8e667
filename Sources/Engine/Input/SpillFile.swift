/// Bytes that are written once and read later: in memory while they are few, in a temporary file otherwise.
struct SpillFile: Sendable {
  /// Bytes kept in memory.
  static let memory = 16 << 20

  private var file: TemporaryFile?
  private var tail: [UInt8] = []

  /// Bytes so far.
  var count: Int { (file?.count ?? 0) + tail.count }

  /// Adds bytes; where they begin.
  @discardableResult
  mutating func append(_ bytes: [UInt8]) throws(EvidenceError) -> Int {
    let start = count
    tail += bytes
    if tail.count > SpillFile.memory {
      let file: TemporaryFile
      if let begun = self.file { file = begun } else { file = try TemporaryFile() }
      try file.append(tail[...])
      self.file = file
      tail.removeAll(keepingCapacity: true)
    }
    return start
  }

  /// The bytes of a range, at most to the end.
  func bytes(_ range: Range<Int>) throws(EvidenceError) -> [UInt8] {
    let stored = file?.count ?? 0
    let range = range.clamped(to: 0..<count)
    guard range.lowerBound < stored, let file else {
      return Array(tail[(range.lowerBound - stored)..<(range.upperBound - stored)])
    }
    let end = min(range.upperBound, stored)
    var bytes = [UInt8](repeating: 0, count: end - range.lowerBound)
    let got = try fill(&bytes) { buffer throws(EvidenceError) in try file.read(at: range.lowerBound, into: buffer) }
    guard got == bytes.count else { throw EvidenceError(.noInput, "a temporary file was cut by another program") }
    return range.upperBound > stored ? bytes + tail[..<(range.upperBound - stored)] : bytes
  }
}
