import Foundation
import NumericCore
import Testing

/// A comma-separated fixture: a header line, then numbers and names.
struct FixtureTable {
  let header: [String]
  let rows: [[String]]

  init(_ name: String) throws {
    let url = try #require(Bundle.module.url(forResource: "Fixtures/" + name, withExtension: nil))
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
    header = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    rows = lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  /// The numbers of a row by column name; empty cells are left out.
  func numbers(_ row: [String]) -> [String: Double] {
    var result: [String: Double] = [:]
    for (name, cell) in zip(header, row) { result[name] = Double(cell) }
    return result
  }
}

/// The largest error seen, and where.
struct WorstCase {
  private(set) var error = 0.0
  private(set) var place = "none"

  mutating func record(_ got: Double, _ want: Double, _ place: @autoclosure () -> String) {
    let error = got == want ? 0 : abs(got - want) / abs(want)
    if !(error <= self.error) {
      self.error = error.isNaN ? .infinity : error
      self.place = place() + ": got \(got), want \(want)"
    }
  }

  /// Records an issue if the worst error is above `bound`; prints it either way.
  func expect(atMost bound: Double, _ what: String, sourceLocation: SourceLocation = #_sourceLocation) {
    print("\(what): worst relative error \(error) (\(place))")
    #expect(error <= bound, "\(what): worst \(place)", sourceLocation: sourceLocation)
  }
}

extension WorstCase {
  /// Records both tails of a distribution against a row of a table.
  mutating func recordTails(of distribution: any Distribution, at x: Double, _ row: [String: Double], _ place: String) {
    record(distribution.cdf(x), row["cdf"] ?? .nan, "cdf " + place)
    record(distribution.upperTail(x), row["upper_tail"] ?? .nan, "tail " + place)
  }

  /// Records the logarithms of both tails against a row of a table.
  mutating func recordLogTails(
    of distribution: any Distribution, at x: Double, _ row: [String: Double], _ place: String
  ) {
    record(distribution.logCDF(x), row["log_cdf"] ?? .nan, "log cdf " + place)
    record(distribution.logUpperTail(x), row["log_upper_tail"] ?? .nan, "log tail " + place)
  }
}
