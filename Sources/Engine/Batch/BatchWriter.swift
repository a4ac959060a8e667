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

  /// The lines of some groups; `texts` are the statuses of those that failed, by their place.
  func lines(_ groups: ArraySlice<BatchRows.Run>, _ results: GroupResults, _ texts: [Int: String]) -> [UInt8] {
    if isNDJSON { return ndjson(groups, results, texts) }
    let columns = numbers(results)
    var writer = CSVWriter()
    for (index, group) in groups.enumerated() {
      var (start, cells) = (0, 0)
      for place in group.key.indices where group.key[place] == BatchRows.separator {
        writer.cell(group.key[start..<place])
        (start, cells) = (place + 1, cells + 1)
      }
      // A record may have been too short to have them all.
      while cells < groupNames.count {
        writer.emptyCell()
        cells += 1
      }
      writer.cell(Int(results.k?[index] ?? 0))
      for column in columns { writer.cell(column[index]) }
      writer.cell(texts[index] ?? GroupStatus.ok.word)
      writer.endRow()
    }
    return writer.bytes
  }

  private func ndjson(
    _ groups: ArraySlice<BatchRows.Run>, _ results: GroupResults, _ texts: [Int: String]
  ) -> [UInt8] {
    let columns = numbers(results)
    let writer = JSONWriter(.compact)
    var bytes = [UInt8]()
    for (index, group) in groups.enumerated() {
      var members = zip(groupNames, parts(group.key)).map { name, text in
        JSONValue.Member(name, .string(String(decoding: text, as: UTF8.self)))
      }
      members.append(.init("k", .integer(Int(results.k?[index] ?? 0))))
      members += zip(resultNames.dropFirst(), columns).map { .init($0, .orNull($1[index].isNaN ? nil : $1[index])) }
      members.append(.init("status", .string(texts[index] ?? GroupStatus.ok.word)))
      writer.append(.object(members), to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  private func numbers(_ r: GroupResults) -> [GroupResults.Column] {
    let numbers = [r.estimate, r.standardError, r.lower, r.upper, r.p, r.tauSquared, r.iSquared, r.q, r.qP]
    return (hasPrediction ? numbers + [r.predictionLower, r.predictionUpper] : numbers).compactMap { $0 }
  }

  /// A group's key for people.
  func name(_ key: [UInt8]) -> String {
    parts(key).map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ")
  }

  private func parts(_ key: [UInt8]) -> [ArraySlice<UInt8>] {
    key.split(separator: BatchRows.separator, maxSplits: groupNames.count, omittingEmptySubsequences: false)
      .prefix(groupNames.count).map { $0 }
  }
}
