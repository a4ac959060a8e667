import Foundation
import TableIO
import Testing

/// `evidence reproduce` on review files, and review files as tables. The stored results were computed by
/// Tests/Reference/review-files.py.
@Suite struct ReviewCommandTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../ReviewFilesTests/Fixtures").standardized

  private func run(_ arguments: String...) throws -> Program.Result { try Program.run(arguments, in: Self.folder) }

  private func claims(_ file: String) throws -> [JSONValue] {
    let result = try run("reproduce", file, "--format", "json")
    #expect(result.status == 0, "\(result.error)")
    let report = try JSONReader.read(result.output)
    #expect(report["schema"]?.string == "evidence.reproduce/1")
    return try #require(report["claims"]?.array)
  }

  @Test func everyStoredResultOfAReviewComesOutButTheWrongOnes() throws {
    let all = try claims("trees.rm5")
    #expect(all.count > 300)
    let wrong = all.filter { $0["verdict"]?.string != "reproduces" }
    #expect(
      wrong.allSatisfy { claim in
        let name = claim["claim"]?.string ?? ""
        return name.hasPrefix("1.12 overall") || name.hasPrefix("1.13 overall")
      })
    let named = try #require(wrong.first { $0["claim"]?.string == "1.13 overall RR" })
    #expect(named["note"]?.string?.contains("it comes out by OR, Mantel–Haenszel, fixed effect") == true)
  }

  @Test(arguments: (1...9).map { "1.\($0) " } + ["1.11 ", "1.14 "]) func analysesOfEveryKindAreCompared(
    _ number: String
  ) throws {
    let kinds = try claims("trees.rm5").filter { $0["claim"]?.string?.hasPrefix(number) == true }
      .compactMap { $0["quantity_kind"]?.string }
    #expect(Set(kinds).isSuperset(of: ["estimate", "ci_lower", "ci_upper"]))
  }

  @Test func aDataPackageComesOutWithItsPredictionIntervals() throws {
    let all = try claims("trees-package.zip")
    #expect(all.count > 90)
    #expect(all.allSatisfy { $0["verdict"]?.string == "reproduces" })
    #expect(all.count { $0["quantity_kind"]?.string == "pi_upper" } == 2)
    #expect(all.contains { $0["claim"]?.string == "1.1 test of subgroup differences P" })
  }

  @Test func whatIsNotSupportedIsNamed() throws {
    let page = try run("reproduce", "trees.rm5")
    #expect(page.output.contains("1.16 (An unknown method): the statistical method BAYES is not supported"))
    #expect(page.output.contains("1.15 (What people said): other data cannot be pooled"))
    #expect(try run("reproduce", "trees.rm5", "--strict", "--quiet").status == 1)
    #expect(try run("reproduce", "trees-package.zip", "--strict", "--quiet").status == 0)
  }

  @Test func reportsInOtherFormatsHaveEveryClaim() throws {
    let csv = try CSVReader.read([UInt8](try run("reproduce", "trees-package.zip", "--format", "csv").output.utf8))
    #expect(csv.rowCount == (try claims("trees-package.zip")).count)
    #expect(csv.columnNames.first == "claim" && csv.columnNames.contains("verdict"))
    let markdown = try run("reproduce", "trees.rm5", "--format", "markdown").output
    #expect(markdown.contains("| 1.12 | A wrong number |"))
  }

  @Test func anAnalysisIsATableForEveryCommand() throws {
    let pooled = try JSONReader.read(
      try run("pool", "trees.rm5", "--analysis", "1.2", "--as", "revman5", "--format", "json").output)
    #expect(pooled["measure"]?.string == "OR" && pooled["k"]?.int == 7)
    let effects = try run("effects", "trees.rm5", "--analysis", "1.6", "--where", "subgroup == \"Children\"")
    #expect(effects.status == 0 && effects.output.contains("Cedar 1999") && !effects.output.contains("Alder"))
    let swapped = try run("datasets", "show", "trees.rm5", "--analysis", "1.5").output
    #expect(swapped.contains("Alder 1990,1990,36,40,33,42"))
    #expect(try run("datasets", "list", "trees.rm5").output.contains("OR, Mantel–Haenszel, random effects"))
    #expect(try run("pool", "trees.rm5").status == 64)
    #expect(try run("pool", "trees.rm5", "--analysis", "9.9").error.contains("1.1 (Relapse)"))
    #expect(try run("pool", "bcg", "--analysis", "1.1").status == 64)
    #expect(try run("pool", "trees.rm5", "--analysis", "1.15").status == 65)
  }

  @Test func anErrorInTheFileHasItsPlace() throws {
    let result = try run("reproduce", "bad/text-for-number.rm5", "--format", "json")
    #expect(result.status == 65)
    let error = try JSONReader.read(result.error)
    #expect(error.at("error.line")?.int == 26 && error.at("error.column")?.string == "EVENTS_1")
    #expect(try run("reproduce", "bad/no-analyses.rm5").status == 65)
    #expect(try run("reproduce", "README.md").status == 65)
    #expect(try run("reproduce", "absent.rm5").status == 66)
  }
}
