import Foundation
import TableIO
import Testing

/// Every reference case of `evidence pool` that a batch can do, done as a batch of one group: the same numbers, bit for bit.
@Suite struct BatchReferenceTests {
  /// Options that only single analyses have.
  private static let single: Set = [
    "--mods", "--subgroup", "--permute", "--threshold", "--common-tau2", "--weights", "--tau2-ci", "--where", "--study",
  ]

  static let cases = ReferenceCase.all("pool").filter { item in
    item.arguments.count > 1 && item.arguments[1].hasSuffix(".csv") && item.arguments.contains("--measure")
      && item.document["exit"] == nil && BatchReferenceTests.single.isDisjoint(with: item.arguments)
  }

  @Test func thereAreCases() { #expect(Self.cases.count > 100) }

  @Test(arguments: BatchReferenceTests.cases) func aBatchOfOneGroupHasTheNumbersOfTheAnalysis(_ item: ReferenceCase)
    throws
  {
    let file = ReferenceCase.folder.appending(path: item.arguments[1])
    let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
    guard !lines.contains(where: { $0.contains("\"") }), lines.first?.contains(",") ?? false else { return }
    let header = lines.first.map { "batch_group," + $0 } ?? ""
    let table = ([header] + lines.dropFirst().map { "all," + $0 }).joined(separator: "\n") + "\n"
    let options = Array(item.arguments.dropFirst(2))
    let alone = try Program.run(item.arguments + ["--format", "json"], in: ReferenceCase.folder)
    let batch = try Program.run(
      ["batch", "-", "--by", "batch_group", "--format", "ndjson"] + options, in: ReferenceCase.folder, input: table)
    #expect(alone.status == 0 && batch.status == 0, "\(alone.error) \(batch.error)")
    let fit = try JSONReader.read(alone.output)
    let row = try JSONReader.read(batch.output)
    #expect(row["status"]?.string == "ok")
    #expect(row["k"]?.double == fit["k"]?.double)
    for name in ["estimate", "se", "ci_lower", "ci_upper", "p"] {
      #expect(row[name]?.double == fit["pooled"]?[name]?.double, "\(name)")
    }
    for name in ["tau2", "i2", "q", "q_p"] {
      #expect(row[name]?.double == fit["heterogeneity"]?[name]?.double, "\(name)")
    }
  }
}
