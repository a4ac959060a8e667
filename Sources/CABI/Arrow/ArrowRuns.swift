public import CEvidence
import Engine
import EvidenceCLI
import Synthesis

/// Analyses nested rows.
@c @implementation
public func evidence_batch_run_arrow(
  _ batch: OpaquePointer?, _ schema: UnsafeMutablePointer<ArrowSchema>?, _ array: UnsafeMutablePointer<ArrowArray>?,
  _ result_schema: UnsafeMutablePointer<ArrowSchema>?, _ result_array: UnsafeMutablePointer<ArrowArray>?,
  _ answer: UnsafeMutablePointer<evidence_answer>?
) -> Int32 {
  let table = ArrowTable(moving: schema, array)
  result_schema?.initialize(to: ArrowSchema())
  result_array?.initialize(to: ArrowArray())
  return Reply.fill(answer) { () throws(EvidenceError) in
    let box = try BatchBox.at(batch)
    guard let result_schema, let result_array else { throw EvidenceError(.usage, "a place for the result is null") }
    let columns = try withExtendedLifetime(table) { () throws(EvidenceError) in
      try box.results(of: ArrowGroups(try table.root(), names: box.columnNames))
    }
    result_schema.initialize(to: ArrowSchema(table: columns))
    result_array.initialize(to: ArrowArray(table: columns, rows: columns.first?.length ?? 0))
    return Reply()
  }
}

/// Runs a command on a table.
@c @implementation
public func evidence_command_run_arrow(
  _ command: OpaquePointer?, _ schema: UnsafeMutablePointer<ArrowSchema>?, _ array: UnsafeMutablePointer<ArrowArray>?,
  _ answer: UnsafeMutablePointer<evidence_answer>?
) -> Int32 {
  let table = ArrowTable(moving: schema, array)
  return Reply.fill(answer) { () throws(EvidenceError) in
    let box = try CommandBox.at(command)
    let text = try withExtendedLifetime(table) { () throws(EvidenceError) in try ArrowText.csv(try table.root()) }
    return Reply(box.command.run(inputs: ["-": text]))
  }
}

extension BatchBox {
  /// The results of groups, as columns to hand over.
  fileprivate func results(of groups: ArrowGroups) throws(EvidenceError) -> [ExportedColumn] {
    let count = max(groups.offsets.count - 1, 0)
    let memory = ResultMemory(count: count, prediction: hasPrediction)
    let problems: [GroupProblem]
    do throws(EvidenceError) {
      let run = groups.offsets.withUnsafeBufferPointer { offsets in
        Result { () throws(EvidenceError) in
          try batch.run(GroupedColumns(offsets: offsets, columns: groups.columns), into: memory.results, jobs: jobs)
        }
      }
      problems = try run.get()
    } catch {
      memory.deallocate()
      throw error
    }
    let texts = Dictionary(problems.map { ($0.group, $0.text) }) { first, _ in first }
    let words = ExportedColumn(name: "status", count: count, usual: GroupStatus.ok.word, exceptions: texts)
    guard let words else {
      memory.deallocate()
      throw EvidenceError(.usage, "the reasons of so many failures do not fit one table", hint: "hand over fewer rows")
    }
    let doubles = zip(ResultColumn.all(prediction: hasPrediction), memory.doubles).map { column, values in
      ExportedColumn(name: column.name, doubles: values)
    }
    return [ExportedColumn(name: "k", integers: memory.k)] + doubles + [words]
  }
}

/// Memory for results that will be handed over.
private struct ResultMemory {
  let k: UnsafeMutableBufferPointer<Int32>
  let doubles: [GroupResults.Column]
  var results = GroupResults()

  init(count: Int, prediction: Bool) {
    k = ArrowMemory.buffer(Int32.self, count)
    let columns = ResultColumn.all(prediction: prediction)
    doubles = columns.map { _ in ArrowMemory.buffer(Double.self, count) }
    results.k = k
    for (column, memory) in zip(columns, doubles) { results[keyPath: column.place] = memory }
  }

  func deallocate() {
    k.baseAddress.map { UnsafeMutableRawPointer($0).deallocate() }
    for column in doubles { column.baseAddress.map { UnsafeMutableRawPointer($0).deallocate() } }
  }
}

extension GroupProblem {
  /// Status and reason as `evidence batch` prints them; a row counts from 1 in the group's list.
  fileprivate var text: String { message.isEmpty ? status.word : "\(status.word): \(message)" }
}
