public import CEvidence
import EffectSizes
import Engine
import EvidenceCLI
import Synthesis
import TableIO

/// A batch in C's hands.
final class BatchBox: Sendable {
  let batch: ColumnBatch
  let jobs: Int?
  /// Names of the columns, in the order of the batch's roles.
  let columnNames: [String]
  let hasPrediction: Bool
  /// What the caller is told of the batch.
  let description: JSONValue

  init(request: [UInt8]) throws(EvidenceError) {
    let words = try RequestWords.batch(json: request)
    let hosted = try HostedBatch(options: words.options)
    let columns = try BatchColumns(hosted.request, names: words.columns)
    batch = try ColumnBatch(hosted.request, roles: columns.roles)
    jobs = hosted.jobs
    columnNames = columns.columns.map { words.columns[$0] }
    hasPrediction = hosted.request.prediction != .none
    let roles = zip(columns.roles, columns.columns).map { role, column -> JSONValue in
      ["role": .string(role.rawValue), "column": .integer(column), "name": .string(words.columns[column])]
    }
    let results = ["k"] + ResultColumn.all(prediction: hasPrediction).map(\.name) + ["status"]
    description = [
      "measure": .string(columns.measure), "roles": .array(roles), "results": .array(results.map { .string($0) }),
    ]
  }

  static func at(_ pointer: OpaquePointer?) throws(EvidenceError) -> BatchBox {
    guard let pointer else { throw EvidenceError(.usage, "the batch is null") }
    return Unmanaged<BatchBox>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
  }
}

/// Makes a batch that the caller owns.
@c @implementation
public func evidence_batch_create(
  _ request: evidence_bytes, _ batch: UnsafeMutablePointer<OpaquePointer?>?,
  _ answer: UnsafeMutablePointer<evidence_answer>?
) -> Int32 {
  batch?.pointee = nil
  return Reply.fill(answer) { () throws(EvidenceError) in
    guard let batch else { throw EvidenceError(.usage, "the place for the batch is null") }
    let box = try BatchBox(request: try request.copied("the request"))
    batch.pointee = OpaquePointer(Unmanaged.passRetained(box).toOpaque())
    return Reply(json: box.description)
  }
}

/// Gives a batch back.
@c @implementation
public func evidence_batch_free(_ batch: OpaquePointer?) {
  guard let batch else { return }
  Unmanaged<BatchBox>.fromOpaque(UnsafeRawPointer(batch)).release()
}

/// Analyses groups of rows in the caller's columns.
@c @implementation
public func evidence_batch_run(
  _ batch: OpaquePointer?, _ groups: Int, _ offsets: UnsafePointer<Int64>?, _ rows: Int,
  _ columns: UnsafePointer<UnsafePointer<Double>?>?, _ column_count: Int, _ results: UnsafePointer<evidence_results>?,
  _ answer: UnsafeMutablePointer<evidence_answer>?
) -> Int32 {
  Reply.fill(answer) { () throws(EvidenceError) in
    let box = try BatchBox.at(batch)
    guard (0...CallerBytes.countLimit).contains(groups), (0...CallerBytes.countLimit).contains(rows) else {
      throw EvidenceError(.usage, "\(groups) groups of \(rows) rows are more than memory can hold")
    }
    guard let offsets else { throw EvidenceError(.usage, "the offsets are null") }
    guard let results else { throw EvidenceError(.usage, "the results are null") }
    guard column_count == box.batch.roles.count, let columns else {
      let roles = box.batch.roles.map(\.rawValue).joined(separator: ", ")
      throw EvidenceError(.usage, "\(columns == nil ? 0 : column_count) columns, but the batch takes \(roles)")
    }
    var buffers = [UnsafeBufferPointer<Double>]()
    for index in 0..<column_count {
      guard let start = columns[index] else {
        throw EvidenceError(.usage, "the column of \(box.batch.roles[index].rawValue) is null")
      }
      buffers.append(UnsafeBufferPointer(start: start, count: rows))
    }
    // Int and Int64 are the same 64 bits on every platform that the engine is built for.
    let places = UnsafeRawPointer(offsets).assumingMemoryBound(to: Int.self)
    let grouped = GroupedColumns(
      offsets: UnsafeBufferPointer(start: places, count: groups + 1), columns: buffers)
    let problems = try box.batch.run(grouped, into: GroupResults(results.pointee, count: groups), jobs: box.jobs)
    return Reply(json: ["problems": .array(problems.map(\.json))])
  }
}

extension GroupProblem {
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("group", .integer(group)), .init("status", .string(status.word)),
    ]
    if let row { members.append(.init("row", .integer(row))) }
    if !message.isEmpty { members.append(.init("message", .string(message))) }
    return .object(members)
  }
}

extension GroupResults {
  /// The caller's columns.
  fileprivate init(_ results: evidence_results, count: Int) {
    self.init()
    func column(_ start: UnsafeMutablePointer<Double>?) -> Column? {
      start.map { Column(start: $0, count: count) }
    }
    k = results.k.map { UnsafeMutableBufferPointer(start: $0, count: count) }
    status = results.status.map { UnsafeMutableBufferPointer(start: $0, count: count) }
    (estimate, standardError) = (column(results.estimate), column(results.se))
    (lower, upper, p) = (column(results.ci_lower), column(results.ci_upper), column(results.p))
    (tauSquared, iSquared) = (column(results.tau2), column(results.i2))
    (q, qP) = (column(results.q), column(results.q_p))
    (predictionLower, predictionUpper) = (column(results.pi_lower), column(results.pi_upper))
  }
}
