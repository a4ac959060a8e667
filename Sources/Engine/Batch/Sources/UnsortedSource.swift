import NumericCore
import TableIO

/// Groups of a long table whose rows may stand apart, in the order of their first rows.
///
/// The rows are spread over partitions by a hash of their group's key; small inputs stay in memory, others go to a temporary
/// file. Then the rows of each partition are gathered into groups, and the groups of all partitions are merged in the
/// order of their first rows. Memory is that of a few blocks of input and of a partition for each thread (64 MB), or of the largest
/// group, if that is more. The temporary files need about 60 bytes a row, twice.
struct UnsortedSource: GroupSource {
  /// Rows of a block.
  private static let blockRows = 1 << 16

  private var rows: LongSource
  private let jobs: Int
  let part: Range<Int>?
  private var merge: GroupMerge?

  /// Opens the input and finds its columns.
  init(_ request: BatchRequest) throws(EvidenceError) {
    rows = try LongSource(request.whole, measured: request.shard != nil)
    jobs = request.jobs
    part = request.shard.flatMap { [size = rows.size] shard in size.map(shard.range) }
  }

  var shape: BatchShape { rows.shape }
  var inputs: [InputIdentity] { rows.inputs }
  var progress: BatchProgress { rows.progress }

  mutating func next() throws(EvidenceError) -> GroupPiece? {
    var merge: GroupMerge
    if let begun = self.merge { merge = begun } else { merge = try gather() }
    self.merge = nil  // a second owner would be copied on every change
    defer { self.merge = merge }
    var block = BatchRows(roleCount: shape.roles.count)
    while block.count < Self.blockRows, try merge.next(into: &block) {}
    return block.runs.isEmpty ? nil : .rows(block)
  }

  /// Reads the whole input and gathers its groups.
  private mutating func gather() throws(EvidenceError) -> GroupMerge {
    var file = SpillFile()
    var partitions = Partitions(level: 0)
    let conveyor = Conveyor<GroupPiece, BatchRows>(jobs: jobs) { { $0.read() } }
    var lines = rows.lineBase
    func spread(_ piece: BatchRows) throws(EvidenceError) {
      if let fatal = piece.fatal { throw fatal.moved(byLines: lines) }
      for (index, run) in piece.runs.enumerated() {
        try partitions.add(key: piece.key(run), to: &file) {
          SpilledRun.write(index, of: piece, lineBase: lines, to: &$0)
        }
      }
      lines += piece.lineCount
    }
    while let piece = try rows.next() {
      conveyor.put(piece)
      if conveyor.isFull, let done = conveyor.take() { try spread(done) }
    }
    while let done = conveyor.take() { try spread(done) }
    var groups = SpillFile()
    var parts: [Range<Int>] = []
    try gather(partitions, &file, into: &groups, &parts)
    return try GroupMerge(groups, parts)
  }

  /// Gathers the groups of partitions, the large ones spread further before.
  private func gather(
    _ partitions: Partitions, _ file: inout SpillFile, into groups: inout SpillFile, _ parts: inout [Range<Int>]
  ) throws(EvidenceError) {
    let isLarge = { (part: Partitions.Extents) in part.count > Partitions.limit && partitions.level < Partitions.depth }
    let small = partitions.parts.filter { $0.count > 0 && !isLarge($0) }
    for wave in stride(from: 0, to: small.count, by: jobs) {
      let some = small[wave..<min(wave + jobs, small.count)]
      let made = Parallel.map(some.count, jobs: jobs) { [file, part] index in
        Result { () throws(EvidenceError) in
          UnsortedSource.groups(try some[wave + index].bytes(of: file), part)
        }
      }
      for result in made {
        let start = try groups.append(try result.get())
        parts.append(start..<groups.count)
      }
    }
    for part in partitions.parts.filter(isLarge) {
      var finer = Partitions(level: partitions.level + 1)
      var spread = SpillFile()
      try part.forEachPiece(of: file) { bytes throws(EvidenceError) in
        var place = 0
        while let run = SpilledRun(bytes, at: place) {
          try finer.add(key: run.key(bytes), to: &spread) { $0 += bytes[place..<place + run.length] }
          place += run.length
        }
      }
      try gather(finer, &spread, into: &groups, &parts)
    }
  }

  /// The groups of a partition, in the order of their first rows; with a shard, those that begin in its part.
  private static func groups(_ bytes: [UInt8], _ part: Range<Int>?) -> [UInt8] {
    var places: [ArraySlice<UInt8>: Int] = [:]
    var members: [[Int]] = []
    var firsts: [Int] = []
    var place = 0
    while let run = SpilledRun(bytes, at: place) {
      if let index = places[run.key(bytes)] {
        members[index].append(place)
      } else {
        places[run.key(bytes)] = members.count
        members.append([place])
        firsts.append(run.start)
      }
      place += run.length
    }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    for (index, runs) in members.enumerated() where part?.contains(firsts[index]) ?? true {
      SpilledRun.write(runs, of: bytes, to: &output)
    }
    return output
  }
}
