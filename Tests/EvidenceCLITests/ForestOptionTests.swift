import Foundation
import TableIO
import TestSupport
import Testing

/// What `evidence forest` shows: risk of bias, outcomes, panels, columns, orders; and how it refuses.
@Suite struct ForestOptionTests {
  private func run(_ line: [String], input: String? = nil) throws -> Program.Result {
    try Program.run(["forest"] + line + ["--quiet"], in: ReferenceCase.folder, input: input)
  }

  private func json(_ line: [String], input: String? = nil) throws -> JSONValue {
    let result = try run(line + ["--format", "json"], input: input)
    #expect(result.status == 0, "\(line): \(result.error)")
    return try JSONReader.read(result.output)
  }

  private func rows(_ document: JSONValue, _ type: String) -> [JSONValue] {
    (document.at("rows")?.array ?? []).filter { $0["row_type"]?.string == type }
  }

  @Test func judgementsOfATableStandBesideTheirStudies() throws {
    let document = try json(["bcg", "--rob-table", "../figures/rob.csv"])
    let studies = rows(document, "study")
    #expect(studies[0]["Random sequence generation"]?.string == "Low" && studies[0]["Overall"]?.string == "High")
    #expect(studies[12]["Overall"] == nil, "Comstock et al 1976 has no row in the table")
    let columns = document.at("extra_columns")?.array ?? []
    #expect(columns.map { $0["heading"]?.string ?? "" } == ["A", "B", "C", "D", "E"])
    #expect(columns.allSatisfy { $0["kind"]?.string == "risk-of-bias" && $0["group"]?.string == "Risk of bias" })
    let footers = (document.at("footers")?.array ?? []).compactMap(\.string)
    #expect(footers.contains { $0.hasPrefix("Risk of bias: A\u{A0}Random sequence generation; B\u{A0}Allocation") })
    let warned = try Program.run(
      ["forest", "bcg", "--rob-table", "../figures/rob.csv"], in: ReferenceCase.folder)
    #expect(warned.error.contains("no judgements of Comstock et al 1976"))
  }

  @Test func judgementsOfColumnsSortBySeverity() throws {
    let table = """
      study,yi,vi,D1
      a,0.1,0.04,high
      b,0.2,0.05,low
      c,0.3,0.06,some concerns
      d,0.4,0.07,low
      """
    let document = try json(["-", "--rob", "D1", "--sort", "D1"], input: table)
    #expect(rows(document, "study").compactMap { $0["label"]?.string } == ["b", "d", "c", "a"])
    #expect(document.at("extra_columns[0].heading")?.string == "D1")
    let wrong = try run(
      ["-", "--rob", "D1", "--format", "csv"], input: table.replacingOccurrences(of: "high", with: "dire"))
    #expect(wrong.status == 65 && wrong.error.contains("line 2") && wrong.error.contains("dire"), "\(wrong.error)")
  }

  @Test func outcomesAreAnalysesOfTheirOwn() throws {
    let document = try json(["bcg", "--outcome", "alloc"])
    let pooled = rows(document, "overall")
    #expect(pooled.map { $0["subgroup"]?.string ?? "" } == ["random", "alternate", "systematic"])
    for row in pooled {
      let name = row["subgroup"]?.string ?? ""
      let alone = try json(["bcg", "--where", "alloc == \"\(name)\""])
      #expect(row["estimate"] == rows(alone, "overall")[0]["estimate"], "\(name)")
    }
    let only = try json(["bcg", "--outcome", "alloc", "--only-pooled", "--group-order", "systematic,random"])
    #expect(rows(only, "study").isEmpty)
    #expect(rows(only, "subgroup").compactMap { $0["label"]?.string } == ["systematic", "random", "alternate"])
    #expect(rows(only, "subgroup")[1]["studies"]?.string == "7")
  }

  @Test func panelsAreDrawnAgainFromTheirData() throws {
    let both = try run(["bcg", "--measure", "RR,RD", "--format", "json"]).output
    let document = try JSONReader.read(both)
    #expect(document.at("schema")?.string == "evidence.forest-panels/1")
    #expect(document.at("panels[1].title")?.string == "Risk difference")
    let picture = try run(["bcg", "--measure", "RR,RD", "--format", "svg"]).output
    #expect(try run(["--data", "-", "--format", "svg"], input: both).output == picture)
    #expect(try run(["--data", "-", "--format", "json"], input: both).output == both)
    let table = try CSVReader.read([UInt8](try run(["bcg", "--measure", "RR,RD", "--format", "csv"]).output.utf8))
    #expect(table.columnNames.first == "plot" && table.rowCount > 30)
  }

  @Test func columnsStandAsListed() throws {
    let listed = ["label", "year", "arms", "plot", "effect"]
    let document = try json(["bcg", "--columns", "label,year=Year,arms,plot,effect"])
    #expect((document.at("columns")?.array ?? []).compactMap(\.string) == listed)
    #expect(document.at("extra_columns[0].heading")?.string == "Year")
    let usual = try json(["bcg", "--columns", "year"])
    #expect((usual.at("columns")?.array ?? []).contains { $0.string == "weight" })
  }

  @Test func studiesWithoutEstimateKeepTheirPlace() throws {
    let document = try json(["../figures/zeros.csv", "--measure", "OR", "--drop00"])
    let labels = (document.at("rows")?.array ?? []).prefix(5).compactMap { $0["row_type"]?.string }
    #expect(labels == ["study_ne", "study_ne", "study", "study", "study"])
    // In Peto's pool tables without events have neither an estimate nor a weight.
    let empty = rows(try json(["yusuf1985", "--method", "PETO", "--drop00"]), "study_ne")
    #expect(!empty.isEmpty && empty.allSatisfy { $0["weight_pct_common"] == nil })
  }

  @Test func decimalsFollowTheStandardErrors() throws {
    #expect(try json(["bcg"]).at("digits")?.double == 2)
    #expect(try json(["bcg", "--measure", "RD"]).at("digits")?.double == 3)
    #expect(try json(["bcg", "--measure", "RD", "--digits", "1"]).at("digits")?.double == 1)
  }

  @Test func stepsAndOutcomesReadAPipeOnce() throws {
    let table = "study,yi,vi,group\na,0.1,0.04,x\nb,0.2,0.05,x\nc,0.3,0.06,y\nd,0.5,0.02,y\n"
    #expect(rows(try json(["-", "--sequence", "cumulative"], input: table), "study").count == 4)
    #expect(rows(try json(["-", "--outcome", "group"], input: table), "overall").count == 2)
  }

  @Test func bothModelsAreShownInSubgroupsToo() throws {
    let document = try json(["bcg", "--subgroup", "alloc", "--both"])
    #expect(rows(document, "subgroup").compactMap { $0["model"]?.string }.filter { $0 == "common" }.count == 3)
    let common = rows(document, "overall")[0]
    #expect(common["weight_pct_random"] == nil && common["weight_pct_common"] != nil)
  }

  @Test(arguments: [
    ("bcg --only-pooled", 64, "--subgroup"), ("bcg --both --method MH", 64, "MH"),
    ("bcg --subgroup alloc --group-order random,nobody", 64, "alternate"),
    ("bcg --group-order random", 64, "--outcome"),
    ("bcg --outcome alloc --subgroup alloc", 64, "--outcome"), ("bcg --outcome nothing", 65, "nothing"),
    ("bcg --rob alloc", 65, "random"), ("bcg --rob nothing", 65, "nothing"),
    ("bcg --rob-table nothing.csv", 66, "nothing.csv"), ("bcg --rob-table data/bcg.csv", 65, "judgements"),
    ("bcg --rob-table ../figures/wide.csv", 65, "no study"), ("bcg --ticks one", 64, "--ticks"),
    ("bcg --columns nothing", 65, "nothing"), ("bcg --style nature", 64, "bmj"), ("bcg --format bmp", 64, "svg"),
    ("--data data/bcg.csv", 65, "data/bcg.csv"), ("--data data/bcg.csv --where year>1950", 64, "--where does not"),
    ("--data data/bcg.csv --analysis 1.2", 64, "--analysis does not"),
  ])
  func refuses(_ call: (line: String, code: Int32, words: String)) throws {
    let result = try run(call.line.split(separator: " ").map(String.init))
    #expect(result.status == call.code && result.error.contains(call.words), "\(call.line): \(result.error)")
    #expect(result.output.isEmpty)
  }
}
