import TableIO

/// Groups of a long table, a row a study, whose rows stand together: separated values or NDJSON.
///
/// Reads blocks, cuts them at group borders, parses them on all cores. Memory is that of a block (or of the largest group,
/// if that is more), whatever the length of the input.
struct LongSource: GroupSource {
  /// Bytes read at a time, for each thread.
  static let blockSize = 8 << 20

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
  private var isDone = false

  /// Opens the input and finds its columns.
  /// - Throws: 64, 65 or 66.
  init(_ request: BatchRequest) throws(EvidenceError) {
    source = try ByteSource(request.pool.data.input, measured: request.shard != nil)
    jobs = request.jobs
    var beginning: [UInt8] = []
    isWhole = try !source.read(LongSource.blockSize * jobs, into: &beginning)
    schema = try BatchSchema(request, beginning: beginning, isWhole: isWhole)
    shape = schema.shape
    beginning.removeFirst(schema.bodyStart)
    buffer = beginning
    (offset, line) = (schema.bodyStart, schema.bodyLine)
    part = request.shard.flatMap { [size = source.size] shard in size.map(shard.range) }
  }

  var inputs: [InputIdentity] { [source.identity] }
  var progress: BatchProgress { source.progress }
  /// Length of the text, where it is known.
  var size: Int? { source.size }

  mutating func next() throws(EvidenceError) -> BatchRows? {
    while !isDone {
      var rows = parse()
      if let fatal = rows.fatal { throw fatal }
      // Without more input every group is complete; else the last one may go on in the next block.
      let cut = isWhole ? nil : rows.runs.popLast()
      try advance(behind: rows, cut)
      if let part {
        if let first = rows.runs.first, first.start >= part.upperBound { isDone = true }
        rows.runs.removeAll { !part.contains($0.start) }
      }
      if !rows.runs.isEmpty { return rows }
    }
    return nil
  }

  /// Goes on to the block behind the complete groups.
  private mutating func advance(behind rows: BatchRows, _ cut: BatchRows.Run?) throws(EvidenceError) {
    guard !isWhole else {
      offset += buffer.count
      isDone = true
      return
    }
    if let cut, !rows.runs.isEmpty {
      line = Int(rows.lines[cut.rows.lowerBound])
      buffer.removeFirst(cut.start - offset)
      offset = cut.start
    }
    // A group that fills the block makes the block grow.
    isWhole = try !source.read(max(LongSource.blockSize * jobs, rows.runs.isEmpty ? buffer.count : 0), into: &buffer)
  }

  /// The rows of the buffer, parsed in pieces on all cores.
  private func parse() -> BatchRows {
    let parser = BatchParser(schema: schema)
    return buffer.withUnsafeBytes { bytes in
      let whole: RecordScanner.Ending = isWhole ? .text : .chunk
      let pieces = pieces(bytes)
      let parts = UnsafeShared(bytes)
      let parsed = Parallel.map(pieces.count, jobs: jobs) { [offset, line] index in
        let piece = pieces[index]
        return parser.parse(
          UnsafeRawBufferPointer(rebasing: parts.bytes[piece.range]), offset: offset + piece.range.lowerBound,
          firstLine: line + piece.firstLine - 1, ending: index == pieces.count - 1 ? whole : .piece)
      }
      let cutsFit = parsed.dropLast().allSatisfy { $0.incompleteStart == nil && $0.fatal == nil }
      guard cutsFit, var rows = parsed.first else {
        return parser.parse(bytes, offset: offset, firstLine: line, ending: whole)
      }
      for part in parsed.dropFirst() { rows.append(part) }
      return rows
    }
  }

  private func pieces(_ bytes: UnsafeRawBufferPointer) -> [RecordSplitter.Piece] {
    switch schema.format {
    case .separated: RecordSplitter.split(bytes, into: jobs)
    case .lines: RecordSplitter.splitLines(bytes, into: jobs)
    }
  }
}

/// Bytes that threads only read while their owner waits for them.
private struct UnsafeShared: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }
}
