import EffectSizes
import Synthesis
import TableIO

/// Runs a batch: takes blocks of whole groups from a source, fits them on all cores, hands the lines over in order.
public struct BatchRun {
  /// Groups that a thread takes at a time: enough to make its overhead vanish, few enough to share the work evenly.
  static let chunkSize = 1024

  private let request: BatchRequest
  private var source: any GroupSource
  private let writer: BatchWriter
  private let piece: BatchPiece
  private var summary = BatchSummary()
  private var written = WrittenGroups()
  private var returning = ReturningGroups()

  /// Opens the input and finds its columns.
  /// - Throws: 64, 65 or 66.
  public init(_ request: BatchRequest) throws(EvidenceError) {
    try request.check()
    self.request = request
    source = try request.openSource()
    try request.check(groupNames: source.shape.groupNames)
    writer = BatchWriter(
      groupNames: source.shape.groupNames, resultNames: request.resultColumns, isNDJSON: request.ndjson,
      hasPrediction: request.pool.prediction != .none)
    piece = BatchPiece(try ColumnBatch(request.pool, roles: source.shape.roles), writer)
  }

  /// What work this is.
  public var identity: BatchIdentity { BatchIdentity(request, inputs: source.inputs) }

  /// Whether the output begins with a header: CSV, and not a later part of a shard.
  public var hasHead: Bool { !request.ndjson && (request.shard?.index ?? 1) == 1 }

  /// Leaves out the groups at the beginning whose results an interrupted run has written.
  public mutating func skip(_ written: WrittenGroups) {
    self.written = written
    summary.statuses = written.statuses
  }

  /// The manifest of a part of a shard, when it is done; `nil` for a whole.
  public func manifest(_ summary: BatchSummary, output: OutputDigest) -> ShardManifest? {
    ShardManifest(identity, range: source.part, summary: summary, options: request.optionsInWords, output: output)
  }

  /// Runs, giving the output away piece by piece; `progress` is told how much is read and how many groups are done.
  public mutating func run(
    progress: (BatchProgress, Int) -> Void = { _, _ in }, sink: ([UInt8]) throws(EvidenceError) -> Void
  ) throws(EvidenceError) -> BatchSummary {
    if written.groups == 0, hasHead { try sink(writer.head) }
    while let pieces = try source.nextPieces() {
      try fit(pieces, sink)
      progress(source.progress, summary.groups)
    }
    summary.returning = returning.count
    summary.returningExample = returning.example.map(writer.name)
    return summary
  }

  /// Fits groups on all cores and writes their lines in order.
  private mutating func fit(
    _ pieces: [BatchRows], _ sink: ([UInt8]) throws(EvidenceError) -> Void
  ) throws(EvidenceError) {
    var chunks: [(rows: BatchRows, groups: ArraySlice<BatchRows.Run>)] = []
    for rows in pieces {
      let chosen = rows.runs.dropFirst(written.groups - min(summary.groups, written.groups))
      for range in Parallel.ranges(chosen.count, pieces: (chosen.count + Self.chunkSize - 1) / Self.chunkSize) {
        let start = chosen.startIndex
        chunks.append((rows, chosen[(start + range.lowerBound)..<(start + range.upperBound)]))
      }
      summary.groups += rows.runs.count
      for run in rows.runs {
        summary.rows += run.rows.count
        returning.note(run.key)
      }
    }
    let outputs = Parallel.map(chunks.count, jobs: request.jobs) { [piece, chunks] index in
      piece.lines(chunks[index].rows, chunks[index].groups)
    }
    for output in outputs {
      try sink(output.bytes)
      for status in GroupStatus.allCases {
        let count = output.statuses[Int(status.rawValue)]
        if count > 0 { summary.statuses[status.word, default: 0] += count }
      }
    }
  }
}

extension BatchRequest {
  /// Refuses what a batch does not have.
  fileprivate func check() throws(EvidenceError) {
    if let option = pool.unavailableInBatches {
      throw EvidenceError(
        .usage, "\(option) is not available in batch", hint: "use evidence pool for a single analysis")
    }
    if let spread {
      let others = [
        ("--by", !by.isEmpty), ("--unsorted", unsorted), ("--wide", wide), ("--map", !pool.data.map.isEmpty),
        ("--input-format", pool.data.inputFormat != nil),
      ]
      if let option = others.first(where: \.1)?.0 {
        throw EvidenceError(
          .usage, "\(option) does not go with --\(spread.role.rawValue) FILE",
          hint: "the rows of arrays are analyses, called by their number; their columns are studies")
      }
      return
    }
    guard !by.isEmpty else {
      throw EvidenceError(.usage, "batch needs --by COLUMN[,COLUMN], the columns that name a group")
    }
    if wide, unsorted {
      throw EvidenceError(.usage, "--unsorted does not go with --wide, where every row is a group")
    }
  }

  /// Refuses names that would stand twice in the output.
  fileprivate func check(groupNames: [String]) throws(EvidenceError) {
    for (place, name) in groupNames.enumerated() {
      if groupNames[..<place].contains(name) {
        throw EvidenceError(.usage, "--by names the column \"\(name)\" twice")
      }
      if resultColumns.contains(name) {
        throw EvidenceError(
          .usage, "--by names a column \"\(name)\", as a column of the results is called",
          hint: "rename the column in the input")
      }
    }
  }

  /// Opens the input.
  fileprivate func openSource() throws(EvidenceError) -> any GroupSource {
    if let spread { return try ArraySource(self, spread: spread) }
    return try unsorted ? UnsortedSource(self) : LongSource(self)
  }
}
