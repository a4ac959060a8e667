import Synthesis

/// Fits the groups of parsed rows and writes their lines: what one thread does with a piece of a table.
struct BatchPiece: Sendable {
  private let batch: ColumnBatch
  private let writer: BatchWriter

  /// Lines, and how many groups ended how.
  struct Output: Sendable {
    var bytes: [UInt8] = []
    /// Number of groups by the raw value of their status.
    var statuses = [Int](repeating: 0, count: GroupStatus.allCases.count)
  }

  init(_ batch: ColumnBatch, _ writer: BatchWriter) {
    self.batch = batch
    self.writer = writer
  }

  /// The lines of groups that follow one another in the rows.
  func lines(_ rows: BatchRows, _ groups: ArraySlice<BatchRows.Run>) -> Output {
    var output = Output()
    guard let last = groups.last else { return output }
    let results = GroupResultStorage(count: groups.count)
    var problems = fit(rows, groups.map(\.rows.lowerBound) + [last.rows.upperBound], results)
    for (index, group) in groups.enumerated() {
      guard let fault = group.fault else { continue }
      results.columns.fail(index, .badValue)
      problems[index] = "\(GroupStatus.badValue.word): \(rows.unit) \(fault.line + rows.lineBase): \(fault.message)"
    }
    for index in 0..<groups.count { output.statuses[Int(results.columns.status?[index] ?? 0)] += 1 }
    output.bytes = writer.lines(groups, results.columns, problems)
    return output
  }

  /// Runs the batch over the columns; the texts of the groups that failed, by their place.
  private func fit(_ rows: BatchRows, _ offsets: [Int], _ results: GroupResultStorage) -> [Int: String] {
    let problems = rows.withColumns { columns in
      offsets.withUnsafeBufferPointer { offsets in
        batch.run(GroupedColumns(offsets: offsets, columns: columns), into: results.columns)
      }
    }
    var texts: [Int: String] = [:]
    for problem in problems {
      var text = problem.status.word
      if let row = problem.row { text += ": \(rows.unit) \(rows.line(row))" }
      if !problem.message.isEmpty { text += ": " + problem.message }
      texts[problem.group] = text
    }
    return texts
  }
}
