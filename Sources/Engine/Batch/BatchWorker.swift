import Synthesis

/// What one thread does with pieces of a table: reads the rows, fits the groups, writes their lines.
struct BatchWorker {
  /// A piece, and how many of its groups an interrupted run has written.
  struct Input: Sendable {
    var piece: GroupPiece
    /// The groups wanted are those that begin here; `nil` for all.
    var part: Range<Int>?
    var skipped = 0
  }

  /// Lines, and how many groups ended how.
  struct Output: Sendable {
    var lines: BatchLines?
    /// Number of groups by the raw value of their status.
    var statuses = [Int](repeating: 0, count: GroupStatus.allCases.count)
    /// The rows' groups; their numbers are gone.
    var rows: BatchRows
    /// The runs that the piece was asked for.
    var chosen: Range<Int>
  }

  private var fitter: GroupFitter
  private var methods: MethodFitters?
  private let writer: BatchWriter
  private var results = GroupResultStorage(count: 0)
  private var offsets: [Int] = []

  /// A worker; with `methods` each group names its own.
  init(_ batch: ColumnBatch, methods: MethodFitters?, _ writer: BatchWriter) {
    fitter = batch.fitter
    self.methods = methods
    self.writer = writer
  }

  /// The lines of the groups of a piece.
  mutating func work(_ input: Input) -> Output {
    var rows = input.piece.read()
    let chosen = rows.runs(in: input.part)
    var output = Output(rows: rows, chosen: chosen)
    let fitted = chosen.dropFirst(input.skipped)
    if !fitted.isEmpty, rows.fatal == nil {
      let problems = fit(rows, fitted)
      let statuses = results.columns.status
      for index in 0..<fitted.count { output.statuses[Int(statuses?[index] ?? 0)] += 1 }
      output.lines = writer.lines(rows, fitted, results.columns, problems)
    }
    rows.values = []
    output.rows = rows
    return output
  }

  /// Fits groups that follow one another; what went wrong, by their place among those.
  private mutating func fit(_ rows: BatchRows, _ chosen: Range<Int>) -> [Int: GroupFailure] {
    if results.count < chosen.count { results = GroupResultStorage(count: chosen.count) }
    offsets.removeAll(keepingCapacity: true)
    for run in rows.runs[chosen] { offsets.append(run.rows.lowerBound) }
    offsets.append(rows.runs[chosen.upperBound - 1].rows.upperBound)
    let found = rows.withColumns { columns in
      offsets.withUnsafeBufferPointer { offsets in
        let groups = GroupedColumns(offsets: offsets, columns: columns)
        return methods?.fit(rows, chosen, groups, into: results.columns)
          ?? fitter.fit(groups, 0..<chosen.count, 0..<chosen.count, into: results.columns)
      }
    }
    var problems: [Int: GroupFailure] = [:]
    for problem in found {
      problems[problem.group] = GroupFailure(
        status: problem.status, line: problem.row.map { rows.lines.line(of: $0) }, message: problem.message)
    }
    for (run, fault) in rows.faults where chosen.contains(run) {
      let group = run - chosen.lowerBound
      results.columns.fail(group, .badValue)
      problems[group] = GroupFailure(status: .badValue, line: fault.line, message: fault.message)
    }
    return problems
  }
}
