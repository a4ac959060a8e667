import TableIO

/// Groups of a table, separated values or NDJSON: a long one, a row a study, whose groups stand together; or a wide one.
///
/// Reads blocks, parses them in pieces on all cores, and moves the rows that a piece begins with to the group that goes on
/// there. Memory is that of a block (or of the largest group, if that is more), whatever the length of the input.
struct LongSource: GroupSource {
  /// Bytes read at a time, for each thread, in the end.
  static let blockSize = 8 << 20
  /// Bytes read at first: results come soon.
  private static let firstBlockSize = 1 << 18

  let shape: BatchShape
  private let schema: BatchSchema
  private let source: ByteSource
  private let jobs: Int
  /// The bytes in which the first rows of the groups wanted begin; `nil` for all.
  let part: Range<Int>?
  private var buffer: [UInt8]
  /// Byte in the input, and line, where the buffer begins.
  private var offset: Int
  private var line: Int
  private var isWhole: Bool
  private var block = LongSource.firstBlockSize
  private var isDone = false

  /// Opens the input and finds its columns.
  ///
  /// - Parameter measured: whether its length must be known, as a shard needs it.
  /// - Throws: 64, 65 or 66.
  init(_ request: BatchRequest, measured: Bool = false) throws(EvidenceError) {
    source = try ByteSource(request.pool.data.input, measured: measured || request.shard != nil)
    jobs = request.jobs
    var beginning: [UInt8] = []
    isWhole = try !source.read(LongSource.firstBlockSize, into: &beginning)
    schema = try LongSource.schema(request, source, &beginning, &isWhole)
    shape = schema.shape
    beginning.removeFirst(schema.bodyStart)
    buffer = beginning
    (offset, line) = (schema.bodyStart, schema.bodyLine)
    part = request.shard.flatMap { [size = source.size] shard in size.map(shard.range) }
  }

  /// Finds the columns, reading on where the header fills the beginning.
  private static func schema(
    _ request: BatchRequest, _ source: ByteSource, _ beginning: inout [UInt8], _ isWhole: inout Bool
  ) throws(EvidenceError) -> BatchSchema {
    while true {
      do { return try BatchSchema(request, beginning: beginning, isWhole: isWhole) } catch {
        guard error.code == .badData, !isWhole, beginning.count < 1 << 26 else { throw error }
      }
      isWhole = try !source.read(beginning.count, into: &beginning)
    }
  }

  var inputs: [InputIdentity] { [source.identity] }
  var progress: BatchProgress { source.progress }
  /// Length of the text, where it is known.
  var size: Int? { source.size }

  mutating func next() throws(EvidenceError) -> BatchRows? {
    guard var pieces = try nextPieces() else { return nil }
    var all = pieces.removeFirst()
    for piece in pieces { all.append(piece) }
    return all
  }

  mutating func nextPieces() throws(EvidenceError) -> [BatchRows]? {
    while !isDone {
      var pieces = try parse()
      // Without more input every group is complete; else the last one may go on in the next block.
      let cut = isWhole ? nil : pieces.popLastRun()
      try advance(behind: pieces, cut)
      if let part {
        if let first = pieces.first(where: { !$0.runs.isEmpty })?.runs.first, first.start >= part.upperBound {
          isDone = true
        }
        for index in pieces.indices { pieces[index].runs.removeAll { !part.contains($0.start) } }
      }
      pieces.removeAll { $0.runs.isEmpty }
      if !pieces.isEmpty { return pieces }
    }
    return nil
  }

  /// Goes on to the block behind the complete groups.
  private mutating func advance(
    behind pieces: [BatchRows], _ cut: (start: Int, line: Int)?
  ) throws(EvidenceError) {
    guard !isWhole else {
      offset += buffer.count
      isDone = true
      return
    }
    let isStuck = pieces.allSatisfy(\.runs.isEmpty)
    if let cut, !isStuck {
      line = cut.line
      buffer.removeFirst(cut.start - offset)
      offset = cut.start
    }
    // Blocks grow to their full size, and beyond it with a group that fills one.
    block = min(2 * block, LongSource.blockSize * jobs)
    isWhole = try !source.read(max(block, isStuck ? buffer.count : 0), into: &buffer)
  }

  /// The rows of the buffer, parsed in pieces on all cores; a group that several pieces share is in the first of them.
  private func parse() throws(EvidenceError) -> [BatchRows] {
    var pieces = buffer.withUnsafeBytes { bytes in
      let whole: RecordScanner.Ending = isWhole ? .text : .chunk
      let cuts = cuts(bytes)
      let parts = UnsafeShared(bytes)
      let parsed = Parallel.map(cuts.count, jobs: jobs) { [schema, offset] index in
        let range = cuts[index].range
        return schema.parse(
          UnsafeRawBufferPointer(rebasing: parts.bytes[range]), offset: offset + range.lowerBound,
          firstLine: cuts[index].firstLine, ending: index == cuts.count - 1 ? whole : .piece)
      }
      let cutsFit = parsed.dropLast().allSatisfy { $0.incompleteStart == nil && $0.fatal == nil }
      return cutsFit ? parsed : [schema.parse(bytes, offset: offset, firstLine: 1, ending: whole)]
    }
    var lines = line - 1
    for index in pieces.indices {
      pieces[index].lineBase = lines
      lines += pieces[index].lineCount
    }
    for index in pieces.indices {
      if var fatal = pieces[index].fatal {
        fatal.line = fatal.line.map { $0 + pieces[index].lineBase }
        throw fatal
      }
    }
    var first = 0
    for index in pieces.indices.dropFirst() {
      var piece = pieces[index]
      pieces[index].runs = []
      let isEmpty = pieces[first].takeBeginning(of: &piece)
      pieces[index] = piece
      if !isEmpty { first = index }
    }
    return pieces
  }

  /// Where the buffer is cut: into pieces that are small, so that all cores are busy to the end.
  private func cuts(_ bytes: UnsafeRawBufferPointer) -> [RecordSplitter.Piece] {
    let count = jobs == 1 ? 1 : min(4 * jobs, max(bytes.count >> 16, 1))
    let isSeparated = if case .separated = schema.format { true } else { false }
    if let cuts = RecordSplitter.splitUncounted(bytes, into: count, quotesMatter: isSeparated) { return cuts }
    var pieces = RecordSplitter.split(bytes, into: count)
    for index in pieces.indices { pieces[index].firstLine = 1 }
    return pieces
  }
}

extension [BatchRows] {
  /// Takes away the last run; where its first row begins, and on which line.
  fileprivate mutating func popLastRun() -> (start: Int, line: Int)? {
    guard let place = lastIndex(where: { !$0.runs.isEmpty }), let run = self[place].runs.popLast() else { return nil }
    return (run.start, self[place].line(run.rows.lowerBound))
  }
}

/// Bytes that threads only read while their owner waits for them.
private struct UnsafeShared: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }
}
