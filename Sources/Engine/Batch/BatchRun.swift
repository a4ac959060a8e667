import Synthesis
import TableIO

/// Runs a batch: reads blocks, cuts them at group borders, fits the groups on all cores, hands the lines over in order.
///
/// Memory is that of a few blocks (or of the largest group, if that is more), whatever the length of the input; with
/// `unsorted`, of all rows.
public struct BatchRun {
  /// Bytes read at a time, for each thread.
  static let blockSize = 8 << 20
  /// Groups that a thread takes at a time: enough to make its overhead vanish, few enough to share the work evenly.
  static let chunkSize = 256

  private var request: BatchRequest
  private let source: ByteSource
  private var schema: BatchSchema
  private var writer: BatchWriter
  private var buffer: [UInt8] = []
  /// Byte in the input, and line, where the buffer begins.
  private var offset = 0
  private var line = 1
  private var isWhole = false
  private var summary = BatchSummary()

  /// Opens the input and finds its columns.
  /// - Throws: 64, 65 or 66.
  public init(_ request: BatchRequest) throws(EvidenceError) {
    guard !request.by.isEmpty else {
      throw EvidenceError(.usage, "batch needs --by COLUMN[,COLUMN], the columns that name a group")
    }
    if let option = request.unavailableOption {
      throw EvidenceError(
        .usage, "\(option) is not available in batch", hint: "use evidence pool for a single analysis")
    }
    self.request = request
    source = try ByteSource(request.pool.data.input)
    isWhole = try !source.read(BatchRun.blockSize * request.jobs, into: &buffer)
    schema = try BatchSchema(request, beginning: buffer, isWhole: isWhole)
    writer = BatchWriter(
      groupNames: schema.by.map { [names = schema.columnNames] in names[$0] }, resultNames: request.resultColumns,
      isNDJSON: request.ndjson, hasPrediction: request.pool.prediction != .none)
    buffer.removeFirst(schema.bodyStart)
    (offset, line) = (schema.bodyStart, schema.bodyLine)
    _ = try BatchFitter(schema, request)
  }

  /// Leaves out groups at the beginning whose lines are written already.
  public mutating func skip(_ groups: Int) { request.skippedGroups = groups }

  /// Runs, giving the output away piece by piece; `progress` is told the bytes read so far.
  public mutating func run(
    progress: (Int, Int?) -> Void = { _, _ in }, sink: ([UInt8]) throws(EvidenceError) -> Void
  ) throws(EvidenceError) -> BatchSummary {
    if request.skippedGroups == 0, (request.shard?.index ?? 1) == 1 { try sink(writer.head) }
    if request.unsorted {
      try runUnsorted(progress, sink)
    } else {
      while try step(sink) { progress(offset, source.size) }
    }
    return summary
  }

  /// Does the complete groups of one block; false after the last.
  private mutating func step(_ sink: ([UInt8]) throws(EvidenceError) -> Void) throws(EvidenceError) -> Bool {
    let rows = parse()
    if let fatal = rows.fatal { throw fatal }
    // Without more input every group is complete; else the last one may go on in the next block.
    let complete = isWhole ? rows.runs.count : rows.runs.count - 1
    if complete > 0 { try fit(rows, Array(rows.runs[..<complete]), sink) }
    if isWhole { return false }
    if let last = rows.runs.last, complete > 0 {
      let consumed = last.start - offset
      line = Int(rows.lines[last.rows.lowerBound])
      summary.rows += last.rows.lowerBound
      buffer.removeFirst(consumed)
      offset += consumed
    }
    // A group that fills the block makes the block grow.
    isWhole = try !source.read(max(BatchRun.blockSize * request.jobs, complete > 0 ? 0 : buffer.count), into: &buffer)
    return true
  }

  /// The rows of the buffer, parsed in pieces on all cores.
  private func parse() -> BatchRows {
    let parser = BatchParser(schema: schema)
    return buffer.withUnsafeBytes { bytes in
      let whole: RecordScanner.Ending = isWhole ? .text : .chunk
      let pieces = pieces(bytes)
      let parts = UnsafeShared(bytes)
      let parsed = Parallel.map(pieces.count, jobs: request.jobs) { [offset, line] index in
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
    case .separated: RecordSplitter.split(bytes, into: request.jobs)
    case .lines: RecordSplitter.splitLines(bytes, into: request.jobs)
    }
  }

  /// Fits groups on all cores and writes their lines in order.
  private mutating func fit(
    _ rows: BatchRows, _ groups: [BatchRows.Run], _ sink: ([UInt8]) throws(EvidenceError) -> Void
  ) throws(EvidenceError) {
    let chosen = groups.enumerated().filter { index, group in
      summary.groups + index >= request.skippedGroups && isInShard(group.start)
    }.map(\.element)
    let chunks = Parallel.ranges(chosen.count, pieces: (chosen.count + BatchRun.chunkSize - 1) / BatchRun.chunkSize)
    let context = (schema: schema, request: request, writer: writer)
    let pieces = Parallel.map(chunks.count, jobs: request.jobs) { index -> (bytes: [UInt8], statuses: [String: Int]) in
      guard var fitter = try? BatchFitter(context.schema, context.request) else { return ([], [:]) }
      var results: [(key: [UInt8], result: BatchResult)] = []
      var statuses: [String: Int] = [:]
      for group in chosen[chunks[index]] {
        let result = fitter.fit(rows, group.rows, fault: group.fault)
        statuses[String(result.status.prefix { $0 != ":" }), default: 0] += 1
        results.append((group.key, result))
      }
      return (context.writer.lines(results), statuses)
    }
    summary.groups += groups.count
    if isWhole { summary.rows += rows.count }
    for piece in pieces {
      try sink(piece.bytes)
      summary.statuses.merge(piece.statuses, uniquingKeysWith: +)
    }
    summary.good = summary.statuses["ok"] ?? 0
  }

  private func isInShard(_ start: Int) -> Bool {
    guard let shard = request.shard, let size = source.size else { return true }
    return start >= size * (shard.index - 1) / shard.count && start < size * shard.index / shard.count
  }

  /// Gathers the rows of each group, in order of the groups' first rows, before fitting.
  private mutating func runUnsorted(
    _ progress: (Int, Int?) -> Void, _ sink: ([UInt8]) throws(EvidenceError) -> Void
  ) throws(EvidenceError) {
    while !isWhole {
      isWhole = try !source.read(max(BatchRun.blockSize, buffer.count), into: &buffer)
      progress(offset + buffer.count, source.size)
    }
    let rows = parse()
    if let fatal = rows.fatal { throw fatal }
    buffer = []
    var place: [[UInt8]: Int] = [:]
    var order: [BatchRows.Run] = []
    var members: [[Int]] = []
    for run in rows.runs {
      if let index = place[run.key] {
        members[index] += run.rows
        order[index].fault = order[index].fault ?? run.fault
      } else {
        place[run.key] = order.count
        order.append(run)
        members.append(Array(run.rows))
      }
    }
    var gathered = BatchRows(roleCount: schema.roles.count)
    for index in order.indices {
      let start = gathered.count
      for role in gathered.values.indices { gathered.values[role] += members[index].map { rows.values[role][$0] } }
      gathered.lines += members[index].map { rows.lines[$0] }
      order[index].rows = start..<gathered.count
    }
    try fit(gathered, order, sink)
  }
}

/// Bytes that threads only read while their owner waits for them.
private struct UnsafeShared: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }
}

extension BatchRequest {
  /// An option of single analyses that a batch does not have.
  fileprivate var unavailableOption: String? {
    if pool.moderators != nil { return "--mods" }
    if pool.subgroupColumn != nil { return "--subgroup" }
    if pool.permutation != nil { return "--permute" }
    if pool.threshold != nil { return "--threshold" }
    if pool.commonTauSquared { return "--common-tau2" }
    if pool.weightsColumn != nil { return "--weights" }
    if pool.tauSquaredInterval != nil { return "--tau2-ci" }
    if pool.data.condition != nil { return "--where" }
    if pool.data.studyColumn != nil { return "--study" }
    return nil
  }
}
