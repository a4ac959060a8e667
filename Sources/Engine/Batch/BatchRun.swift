import Synthesis
import TableIO

/// Runs a batch: takes blocks of whole groups from a source, fits them on all cores, hands the lines over in order.
public struct BatchRun {
  /// Groups that a thread takes at a time: enough to make its overhead vanish, few enough to share the work evenly.
  static let chunkSize = 256

  private let request: BatchRequest
  private var source: any GroupSource
  private let writer: BatchWriter
  private var summary = BatchSummary()
  private var skippedGroups = 0

  /// Opens the input and finds its columns.
  /// - Throws: 64, 65 or 66.
  public init(_ request: BatchRequest) throws(EvidenceError) {
    try request.check()
    self.request = request
    source = try request.unsorted ? UnsortedSource(request) : LongSource(request)
    writer = BatchWriter(
      groupNames: source.shape.groupNames, resultNames: request.resultColumns, isNDJSON: request.ndjson,
      hasPrediction: request.pool.prediction != .none)
    _ = try BatchFitter(source.shape, request)
  }

  /// Leaves out groups at the beginning whose lines are written already.
  public mutating func skip(_ groups: Int) { skippedGroups = groups }

  /// Runs, giving the output away piece by piece; `progress` is told how far it is.
  public mutating func run(
    progress: (BatchProgress) -> Void = { _ in }, sink: ([UInt8]) throws(EvidenceError) -> Void
  ) throws(EvidenceError) -> BatchSummary {
    if skippedGroups == 0, (request.shard?.index ?? 1) == 1 { try sink(writer.head) }
    while let rows = try source.next() {
      try fit(rows, sink)
      progress(source.progress)
    }
    return summary
  }

  /// Fits groups on all cores and writes their lines in order.
  private mutating func fit(
    _ rows: BatchRows, _ sink: ([UInt8]) throws(EvidenceError) -> Void
  ) throws(EvidenceError) {
    let chosen = rows.runs.dropFirst(skippedGroups - min(summary.groups, skippedGroups))
    let chunks = Parallel.ranges(chosen.count, pieces: (chosen.count + BatchRun.chunkSize - 1) / BatchRun.chunkSize)
    let context = (shape: source.shape, request: request, writer: writer)
    let pieces = Parallel.map(chunks.count, jobs: request.jobs) { index -> (bytes: [UInt8], statuses: [String: Int]) in
      guard var fitter = try? BatchFitter(context.shape, context.request) else { return ([], [:]) }
      var results: [(key: [UInt8], result: BatchResult)] = []
      var statuses: [String: Int] = [:]
      let base = chosen.startIndex
      for group in chosen[base + chunks[index].lowerBound..<base + chunks[index].upperBound] {
        let result = fitter.fit(rows, group.rows, fault: group.fault)
        statuses[String(result.status.prefix { $0 != ":" }), default: 0] += 1
        results.append((group.key, result))
      }
      return (context.writer.lines(results), statuses)
    }
    summary.groups += rows.runs.count
    summary.rows += rows.runs.reduce(0) { $0 + $1.rows.count }
    for piece in pieces {
      try sink(piece.bytes)
      summary.statuses.merge(piece.statuses, uniquingKeysWith: +)
    }
    summary.good = summary.statuses["ok"] ?? 0
  }
}

extension BatchRequest {
  /// Refuses what a batch does not have.
  fileprivate func check() throws(EvidenceError) {
    guard !by.isEmpty else {
      throw EvidenceError(.usage, "batch needs --by COLUMN[,COLUMN], the columns that name a group")
    }
    if let option = unavailableOption {
      throw EvidenceError(
        .usage, "\(option) is not available in batch", hint: "use evidence pool for a single analysis")
    }
  }

  /// An option of single analyses that a batch does not have.
  private var unavailableOption: String? {
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
