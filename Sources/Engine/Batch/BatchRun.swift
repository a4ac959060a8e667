import EffectSizes
import Synthesis
import TableIO

/// Runs a batch: takes pieces of whole groups from a source, fits them on all cores, hands the lines over in order.
public struct BatchRun {
  private let request: BatchRequest
  private var source: any GroupSource
  private let writer: BatchWriter
  private let batch: ColumnBatch
  /// Where groups name their methods.
  private let methods: MethodFitters?
  private var summary = BatchSummary()
  private var returning = ReturningGroups()
  /// Groups that an interrupted run has written and that are still to come.
  private var skipped = 0
  private var goesOn = false
  /// Lines of the input before the piece whose results come next.
  private var lines = 0

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
    let roles = source.shape.roles
    batch = try ColumnBatch(request.pool, roles: roles)
    methods = request.methodColumn.flatMap { request.groupColumns.firstIndex(of: $0) }.map {
      MethodFitters(request.pool, roles: roles, part: $0)
    }
    lines = source.lineBase
  }

  /// What work this is.
  public var identity: BatchIdentity { BatchIdentity(request, inputs: source.inputs) }

  /// Whether the output begins with a header: CSV, and not a later part of a shard.
  public var hasHead: Bool { !request.ndjson && (request.shard?.index ?? 1) == 1 }

  /// Leaves out the groups at the beginning whose results an interrupted run has written.
  public mutating func skip(_ written: WrittenGroups) {
    (skipped, goesOn) = (written.groups, written.groups > 0)
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
    if !goesOn, hasHead { try sink(writer.head) }
    let conveyor = Conveyor<BatchWorker.Input, BatchWorker.Output>(jobs: request.jobs) { [batch, methods, writer] in
      var worker = BatchWorker(batch, methods: methods, writer)
      return { worker.work($0) }
    }
    while let piece = try source.next() {
      guard let input = try unwritten(piece) else { continue }
      conveyor.put(input)
      if conveyor.isFull, let output = conveyor.take() { try finish(output, sink) }
      progress(source.progress, summary.groups)
    }
    while let output = conveyor.take() { try finish(output, sink) }
    progress(source.progress, summary.groups)
    summary.returning = returning.count
    summary.returningExample = returning.example.map(writer.name)
    return summary
  }

  /// What is to be done with a piece; `nil` if an interrupted run has written all its groups.
  private mutating func unwritten(_ piece: GroupPiece) throws(EvidenceError) -> BatchWorker.Input? {
    // Text keeps the places of its rows; other sources give no more than their part.
    let part = if case .text = piece { source.part } else { nil as Range<Int>? }
    guard skipped > 0 else { return BatchWorker.Input(piece: piece, part: part) }
    let rows = piece.read()
    let chosen = rows.runs(in: part)
    if chosen.count > skipped || rows.fatal != nil {
      defer { skipped = 0 }
      return BatchWorker.Input(piece: piece, part: part, skipped: skipped)
    }
    skipped -= chosen.count
    try count(rows, chosen)
    return nil
  }

  private mutating func finish(
    _ output: BatchWorker.Output, _ sink: ([UInt8]) throws(EvidenceError) -> Void
  ) throws(EvidenceError) {
    if let lines = output.lines { try sink(lines.text(lineBase: self.lines)) }
    try count(output.rows, output.chosen)
    for status in GroupStatus.allCases {
      let count = output.statuses[Int(status.rawValue)]
      if count > 0 { summary.statuses[status.word, default: 0] += count }
    }
  }

  /// Takes note of the rows and groups of a piece.
  private mutating func count(_ rows: BatchRows, _ chosen: Range<Int>) throws(EvidenceError) {
    if let fatal = rows.fatal { throw fatal.moved(byLines: lines) }
    lines += rows.lineCount
    summary.groups += chosen.count
    for run in rows.runs[chosen] {
      summary.rows += run.rows.count
      if source.expectsGroupsTogether { returning.note(rows.key(run)) }
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
        ("--by", !by.isEmpty), ("--method-column", methodColumn != nil), ("--unsorted", unsorted), ("--wide", wide),
        ("--map", !pool.data.map.isEmpty),
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
