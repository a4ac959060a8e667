import TableIO
import Testing

/// What `evidence diagnose` prints and refuses beyond the numbers of the reference cases.
@Suite struct DiagnoseCommandTests {
  private func run(_ arguments: String...) throws -> Program.Result {
    try Program.run(["diagnose"] + arguments, in: ReferenceCase.folder)
  }

  @Test func withoutADiagnosticThePageOfAllIsPrinted() throws {
    let page = try run("bcg")
    #expect(page.status == 0)
    for text in [
      "Influential: none", "Leaving one study out, the estimate goes from 0.452 to 0.533", "all 8191 subsets",
    ] {
      #expect(page.output.contains(text), "\(text)")
    }
    #expect(try run("bcg", "--all").output == page.output)
  }

  @Test func whatTheModelDoesNotHaveIsLeftOutWithAWarning() throws {
    let page = try run("bcg", "--mods", "~ ablat", "--format", "json")
    let report = try JSONReader.read(page.output)
    #expect(report.at("influence.#")?.int == 13)
    #expect(report.at("leave_one_out") == nil)
    #expect(report["warnings"]?.array?.filter { $0.string?.contains("without moderators") == true }.count == 4)
  }

  @Test func aSeedGivesTheSameBytes() throws {
    let arguments = ["diagnose", "bcg", "--gosh", "300", "--format", "json", "--seed"]
    let first = try Program.run(arguments + ["5"], in: ReferenceCase.folder)
    #expect(first.status == 0)
    #expect(first.output == (try Program.run(arguments + ["5"], in: ReferenceCase.folder)).output)
    let other = try JSONReader.read(try Program.run(arguments + ["6"], in: ReferenceCase.folder).output)
    #expect(try JSONReader.read(first.output).at("gosh.rows") != other.at("gosh.rows"))
  }

  @Test func studiesAccumulateByDecreasingValues() throws {
    let report = try JSONReader.read(try run("bcg", "--cumulative", "--order=-year", "--format", "json").output)
    #expect(report.at("cumulative[0].study")?.string == "TPT Madras 1980")
    #expect(report.at("cumulative[12].k")?.int == 13)
    #expect(report.at("cumulative[0].tau2") == nil)
  }

  @Test func methodsThatPoolCountsAreRefittedFromCounts() throws {
    let all = try JSONReader.read(try run("bcg", "--method", "MH", "--cumulative", "--format", "json").output)
    let pooled = try Program.run(["pool", "bcg", "--method", "MH", "--format", "json"], in: ReferenceCase.folder)
    let estimate = try JSONReader.read(pooled.output).at("pooled.estimate")
    #expect(estimate != nil && all.at("cumulative[12].estimate") == estimate)
    #expect(try run("bcg", "--method", "MH", "--influence").status == 64)
  }

  @Test(arguments: [
    (["--subgroup", "alloc"], 64), (["--permute", "exact"], 64), (["--order", "year", "--baujat"], 64),
    (["--gosh", "0"], 64), (["--profile", "--method", "EE"], 64), (["--cumulative", "--order", "nosuch"], 65),
  ])
  func whatCannotBeIsRefused(options: [String], status: Int) throws {
    let result = try Program.run(["diagnose", "bcg"] + options, in: ReferenceCase.folder)
    #expect(Int(result.status) == status)
    #expect(result.output.isEmpty && !result.error.isEmpty)
  }
}
