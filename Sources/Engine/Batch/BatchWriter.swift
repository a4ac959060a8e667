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

  /// The lines of some groups.
  func lines(_ results: [(key: [UInt8], result: BatchResult)]) -> [UInt8] {
    if isNDJSON { return ndjson(results) }
    var writer = CSVWriter()
    for (key, result) in results {
      for part in parts(key) { writer.cell(part) }
      writer.cell(result.k)
      for value in numbers(result) { writer.cell(value) }
      writer.cell(result.status)
      writer.endRow()
    }
    return writer.bytes
  }

  private func ndjson(_ results: [(key: [UInt8], result: BatchResult)]) -> [UInt8] {
    let writer = JSONWriter(.compact)
    var bytes = [UInt8]()
    for (key, result) in results {
      var members = zip(groupNames, parts(key)).map { name, text in
        JSONValue.Member(name, .string(String(decoding: text, as: UTF8.self)))
      }
      members.append(.init("k", .integer(result.k)))
      members += zip(resultNames.dropFirst(), numbers(result)).map { .init($0, .orNull($1)) }
      members.append(.init("status", .string(result.status)))
      writer.append(.object(members), to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  private func numbers(_ r: BatchResult) -> [Double?] {
    let numbers = [r.estimate, r.standardError, r.lower, r.upper, r.p, r.tauSquared, r.iSquared, r.q, r.qP]
    return hasPrediction ? numbers + [r.predictionLower, r.predictionUpper] : numbers
  }

  private func parts(_ key: [UInt8]) -> [ArraySlice<UInt8>] {
    key.split(separator: BatchRows.separator, maxSplits: groupNames.count, omittingEmptySubsequences: false)
      .prefix(groupNames.count).map { $0 }
  }
}
