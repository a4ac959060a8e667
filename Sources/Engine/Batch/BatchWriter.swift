import Synthesis
import TableIO

/// Writes the rows of a batch as CSV or NDJSON.
struct BatchWriter: Sendable {
  let groupNames: [String]
  let resultNames: [String]
  let isNDJSON: Bool
  let hasPrediction: Bool

  /// The first line of a CSV file; nothing for NDJSON.
  var head: [UInt8] {
    guard !isNDJSON else { return [] }
    var writer = CSVWriter()
    writer.row(groupNames + resultNames)
    return writer.bytes
  }

  /// The lines of some runs; `problems` are those of the groups that failed, by their place among the runs chosen.
  func lines(
    _ rows: BatchRows, _ chosen: Range<Int>, _ results: GroupResults, _ problems: [Int: GroupFailure]
  ) -> BatchLines {
    isNDJSON ? ndjson(rows, chosen, results, problems) : csv(rows, chosen, results, problems)
  }

  private func csv(
    _ rows: BatchRows, _ chosen: Range<Int>, _ results: GroupResults, _ problems: [Int: GroupFailure]
  ) -> BatchLines {
    let columns = numbers(results)
    let ok = Array(GroupStatus.ok.word.utf8)[...]
    var lines = BatchLines(rendering: { failure, lineBase in
      var cell = CSVWriter()
      cell.cell(failure.text(unit: rows.unit, lineBase: lineBase))
      return cell.bytes
    })
    var writer = CSVWriter()
    writer.bytes.reserveCapacity(chosen.count * (20 * columns.count + 40))
    for (index, run) in rows.runs[chosen].enumerated() {
      var (start, cells) = (run.key.lowerBound, 0)
      for place in run.key where rows.keys[place] == BatchRows.separator {
        writer.cell(rows.keys[start..<place])
        (start, cells) = (place + 1, cells + 1)
      }
      // A record may have been too short to have them all.
      while cells < groupNames.count {
        writer.emptyCell()
        cells += 1
      }
      writer.cell(Int(results.k?[index] ?? 0))
      writer.cells(columns.count) { columns[$0][index] }
      if let failure = problems[index] {
        writer.emptyCell()
        lines.leaveOut(failure, at: writer.bytes.count)
      } else {
        writer.cell(ok)
      }
      writer.endRow()
    }
    lines.bytes = writer.bytes
    return lines
  }

  private func ndjson(
    _ rows: BatchRows, _ chosen: Range<Int>, _ results: GroupResults, _ problems: [Int: GroupFailure]
  ) -> BatchLines {
    let columns = numbers(results)
    let writer = JSONWriter(.compact)
    var lines = BatchLines(rendering: { failure, lineBase in
      JSONWriter(.compact).bytes(.string(failure.text(unit: rows.unit, lineBase: lineBase)))
    })
    for (index, run) in rows.runs[chosen].enumerated() {
      var members = zip(groupNames, parts(rows.key(run))).map { name, text in
        JSONValue.Member(name, .string(String(decoding: text, as: UTF8.self)))
      }
      members.append(.init("k", .integer(Int(results.k?[index] ?? 0))))
      members += zip(resultNames.dropFirst(), columns).map { .init($0, .orNull($1[index].isNaN ? nil : $1[index])) }
      writer.append(.object(members), to: &lines.bytes)
      // The status comes last, before the brace.
      lines.bytes.removeLast()
      lines.bytes += #","status":"#.utf8
      if let failure = problems[index] {
        lines.leaveOut(failure, at: lines.bytes.count)
      } else {
        lines.bytes += #""ok""#.utf8
      }
      lines.bytes += "}\n".utf8
    }
    return lines
  }

  private func numbers(_ r: GroupResults) -> [GroupResults.Column] {
    let numbers = [r.estimate, r.standardError, r.lower, r.upper, r.p, r.tauSquared, r.iSquared, r.q, r.qP]
    return (hasPrediction ? numbers + [r.predictionLower, r.predictionUpper] : numbers).compactMap { $0 }
  }

  /// A group's key for people.
  func name(_ key: [UInt8]) -> String {
    parts(key[...]).map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ")
  }

  private func parts(_ key: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    key.split(separator: BatchRows.separator, maxSplits: groupNames.count, omittingEmptySubsequences: false)
      .prefix(groupNames.count).map { $0 }
  }
}

/// Why a group has no result: its status, the line to blame if it is one, and the reason.
struct GroupFailure: Sendable {
  var status: GroupStatus
  var line: Int?
  var message: String

  /// The cell of the status; `lineBase` lines come before those that `line` counts.
  func text(unit: String, lineBase: Int) -> String {
    let place = line.map { ": \(unit) \($0 + lineBase)" } ?? ""
    return status.word + place + (message.isEmpty ? "" : ": " + message)
  }
}

/// Lines of output that may name lines of the input whose number is known only when all pieces before are read.
struct BatchLines: Sendable {
  /// The text without the statuses left out.
  var bytes: [UInt8] = []
  private var leftOut: [(place: Int, failure: GroupFailure)] = []
  private let render: @Sendable (GroupFailure, Int) -> [UInt8]

  /// No lines; `rendering` writes the status of a failure, given the number of lines before the piece.
  init(rendering: @escaping @Sendable (GroupFailure, Int) -> [UInt8]) { render = rendering }

  /// Says that a status is to stand at a place of the text.
  mutating func leaveOut(_ failure: GroupFailure, at place: Int) { leftOut.append((place, failure)) }

  /// The whole text.
  func text(lineBase: Int) -> [UInt8] {
    guard !leftOut.isEmpty else { return bytes }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + 64 * leftOut.count)
    var done = 0
    for (place, failure) in leftOut {
      text += bytes[done..<place]
      text += render(failure, lineBase)
      done = place
    }
    return text + bytes[done...]
  }
}
