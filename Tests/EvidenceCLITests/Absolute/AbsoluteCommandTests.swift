import TableIO
import Testing

/// What `evidence nnt` and `evidence sof` say, and how they refuse.
@Suite struct AbsoluteCommandTests {
  private func run(_ line: String, input: String? = nil) throws -> Program.Result {
    try Program.run(line.split(separator: " ").map(String.init), in: ReferenceCase.folder, input: input)
  }

  private func json(_ line: String, input: String? = nil) throws -> JSONValue {
    let result = try run(line + " --format json", input: input)
    #expect(result.status == 0, "\(line): \(result.error)")
    return try JSONReader.read(result.output)
  }

  @Test(arguments: [
    ("nnt --or=0.4 --ci=0.2,0.8 --baseline-risk 1.3", 64, "1.3"),
    ("nnt --or=0.4 --ci=0.2,0.8 --baseline-risk=-0.1", 64, "-0.1"),
    ("nnt --or=0.4 --ci=0.2,0.8 --baseline-risk some", 64, "some"),
    ("nnt --or=0.4 --ci=0.2,0.8 --baseline-risk 30/20", 64, "30"),
    ("nnt --or=0.4 --ci=0.2,0.8 --baseline-risk 0.3-0.1", 64, "0.3"),
    ("nnt --or=0.4 --ci=0.2,0.8 --baseline-risk controls", 64, "data"),
    ("nnt --or=0.4 --ci=0.8,0.2 --baseline-risk 0.3", 64, "above"),
    ("nnt --or=0.4 --ci=0.5,0.8 --baseline-risk 0.3", 64, "does not hold"),
    ("nnt --or=-0.4 --ci=-0.5,0.8 --baseline-risk 0.3", 64, "positive"),
    ("nnt --or=0.4 --ci=0.2 --baseline-risk 0.3", 64, "two numbers"),
    ("nnt --or=0.4 --ci=0.2,0.8", 64, "baseline risk"),
    ("nnt --or=0.4 --rr=0.5 --ci=0.2,0.8 --baseline-risk 0.3", 64, "one effect"),
    ("nnt --or=0.4 --ci=0.2,0.8 --baseline-risk 0.3 --event maybe", 64, "good"),
    ("nnt --or=0.4 --ci=0.2,0.8 --baseline-risk 0.3 --conversion kraemer-kupfer", 64, "OR"),
    ("nnt --md=1 --ci=0.2,1.8 --baseline-risk 0.3", 64, "--sd"),
    ("nnt --or=0.4 --ci=0.2,0.8 --baseline-risk 0.3 --baseline-survival 0.7", 64, "twice"),
    ("nnt --or=0.4 --ci=0.2,0.8 --baseline-risk 0.3 --interval wald", 64, "--interval"),
    ("nnt", 64, "file"), ("nnt data/bcg.csv --interval nothing --map ai=tpos,bi=tneg,ci=cpos,di=cneg", 64, "newcombe"),
    ("nnt data/bcg.csv --method DL", 64, "--pool"), ("nnt data/bcg.csv --baseline-risk 0.1", 64, "--pool"),
    ("nnt data/bcg.csv --ci 0.2,0.8", 64, "typed"),
    ("nnt data/bcg.csv --or=0.4 --baseline-risk 0.3", 64, "no place"),
    ("nnt --or=0.4 --baseline-risk 0.3 --analysis 1.2", 64, "no place"),
    ("nnt data/normand1999.csv --measure MD --pool --baseline-risk 0.1", 64, "--sd"),
    ("nnt data/nothing.csv", 66, "nothing.csv"),
    ("sof --rr 0.5 --ci 0.4,0.6 --baseline-risk 0.1 --certainty sure", 64, "moderate"),
    ("sof --rr 0.5 --ci 0.4,0.6 --baseline-risk 0.1 --per 7", 64, "1000"),
  ])
  func refuses(_ call: (line: String, code: Int32, words: String)) throws {
    let result = try run(call.line)
    #expect(result.status == call.code, "\(call.line): \(result.error)")
    #expect(result.error.contains(call.words), "\(call.line): \(result.error)")
    #expect(result.output.isEmpty)
  }

  @Test func badCountsNameTheirLine() throws {
    let result = try run(
      "nnt - --format json", input: "study,ai,n1i,ci,n2i\nA,1,10,2,10\nB,12,10,3,10\n")
    #expect(result.status == 65)
    let error = try JSONReader.read(result.error)
    #expect(error.at("error.line")?.int == 3)
  }

  @Test func rowsWithoutCountsAreListed() throws {
    let report = try json("nnt -", input: "study,ai,n1i,ci,n2i\nA,1,10,2,10\nB,,10,3,10\nC,0,10,0,10\n")
    #expect(report.at("rows.#")?.int ?? report.at("rows")?.array?.count == 2)
    #expect(report.at("rows[1].nnt")?.double == nil && report.at("rows[1].row")?.int == 3)
    #expect(report.at("excluded[0].study")?.string == "B")
  }

  @Test func textShowsInfinityAndNamesTheMethod() throws {
    let text = try run("nnt --rd=-0.08 --ci=-0.0833333,0.025 --whole").output
    #expect(text.contains("NNTB 13 to ∞ to NNTH 40"), "\(text)")
    let table = try run("nnt mbt/suicide-attempts").output
    #expect(table.contains("NNTB 1.7") && table.contains("Newcombe hybrid score (1998, method 10)"), "\(table)")
    #expect(try run("nnt mbt/scm-primary").output.contains("NNTB 3.3"))
    #expect(try run("nnt mbt/eight-year").output.contains("NNTB 2.0"))
  }

  /// A column of directions says which events are wanted, row by row.
  @Test func directionsByRow() throws {
    let table = "study,outcome,direction,ai,n1i,ci,n2i\nT,attempts,bad,5,22,14,19\nT,functioning,good,10,22,2,19\n"
    let text = try run("nnt -", input: table).output
    #expect(text.contains("T: attempts") && text.contains("NNTB 2.0") && text.contains("NNTB 2.9"), "\(text)")
    let asked = try json("nnt - --event bad", input: table)
    #expect(asked.at("rows[1].kind")?.string == "NNTH")
  }

  @Test func baselineForms() throws {
    let list = try json("nnt --rr 0.5 --ci 0.4,0.6 --baseline-risk 0.1,20%,12/60,0.1-0.3,0.2[0.1-0.3],0.1:0.3:0.1")
    let risks = try #require(list.at("rows")?.array).compactMap { $0.at("baseline_risk")?.double }
    #expect(risks.count == 8)
    #expect(risks[1] == 0.2 && risks[2] == 0.2 && risks[4] == 0.2 && risks[5...] == [0.1, 0.2, 0.3])
    #expect(abs(risks[3] - 0.1791) < 1e-4)
    #expect(list.at("rows[2].other_intervals[0].method")?.string == "fixed")
    let survival = try json("nnt --hr 0.5 --ci 0.4,0.6 --baseline-survival 0.8,48/60")
    for row in 0...1 { #expect(abs((survival.at("rows[\(row)].baseline_risk")?.double ?? 0) - 0.2) < 1e-12) }
    let moved = try json("nnt --hr 0.5 --ci 0.4,0.6 --baseline-risk 0.2 --baseline-time 12 --horizon 24")
    #expect(abs((moved.at("rows[0].baseline_risk")?.double ?? 0) - 0.36) < 1e-12)
    let change = try json("nnt --md 1 --ci 0.5,1.5 --sd 2 --mid 2 --event good")
    #expect(abs((change.at("rows[0].baseline_risk")?.double ?? 0) - 0.15865525393145707) < 1e-12)
  }

  @Test func pooledRowsPredictionsAndSubgroups() throws {
    let line = "nnt data/bcg.csv --map ai=tpos,bi=tneg,ci=cpos,di=cneg --measure OR --pool"
    let range = try json(line + " --baseline-risk controls:range")
    #expect(range.at("rows")?.array?.count == 3 && range.at("prediction")?.array?.count == 3)
    #expect(range.at("rows[0].rd_ci_upper")?.double ?? 0 < 0)
    #expect(range.at("prediction[0].ci.through_infinity") == .bool(true))
    let groups = try json(line + " --subgroup alloc --baseline-risk 0.1")
    #expect(groups.at("subgroups")?.array?.count == 3)
    #expect(groups.at("subgroups[0].rows")?.array?.count == 1)
    let pooled = try json(line + " --baseline-risk controls:pooled --baseline-uncertainty all --draws 2000 --seed 5")
    let ways = pooled.at("rows[0].other_intervals")?.array?.compactMap { $0.at("method")?.string }
    #expect(ways == ["delta", "monte-carlo", "fixed"])
    let csv = try run(line + " --baseline-risk 0.1 --subgroup alloc --format csv").output
    #expect(csv.split(separator: "\n").count > 5 && csv.hasPrefix("subgroup,scope,row,baseline,"))
  }

  @Test func baselinesFromATableOfTheirOwn() throws {
    let table = "group,xi,ni\nA,12,60\nB,30,100\nC,9,30\n"
    let effect = "nnt --or 0.5 --ci 0.3,0.8 --baseline-table -"
    let pooled = try json(effect, input: table)
    #expect((0.2...0.3).contains(pooled.at("rows[0].baseline_risk")?.double ?? 0))
    #expect(pooled.at("rows[0].baseline_ci_lower")?.double ?? 1 < 0.25)
    let median = try json(effect + " --baseline-risk controls", input: table)
    #expect(median.at("rows[0].baseline_risk")?.double == 0.3)
    let bad = try run(effect, input: "group,xi,ni\nA,70,60\n")
    #expect(bad.status == 65)
  }

  @Test func estimatesComputedElsewhere() throws {
    let table = "study,yi,vi\nA,-0.7,0.1\nB,-0.4,0.05\n"
    let odds = try json("nnt - --measure GEN --pool --method EE --estimates OR --baseline-risk 0.3", input: table)
    let direct = try json("nnt --or=0.6065306597126334 --ci=0.4,0.9 --baseline-risk 0.3")
    let (got, want) = (
      odds.at("rows[0].risk_difference")?.double ?? 0, direct.at("rows[0].risk_difference")?.double ?? 1
    )
    #expect(abs(got - want) < 1e-12)
    #expect(try run("nnt - --measure GEN --pool --baseline-risk 0.3", input: table).status == 64)
  }

  @Test func curves() throws {
    let drawn = try run("nnt --or 0.4 --ci 0.2,0.8 --baseline-risk 0.1,0.3 --format svg").output
    #expect(drawn.hasPrefix("<svg") || drawn.hasPrefix("<?xml"))
    #expect(drawn.contains("NNTB 6.5"))
    let grid = try run("nnt --or 0.4 --ci 0.2,0.8 --baseline-risk 0.1:0.9:0.1 --format svg").output
    #expect(grid.contains("Risk without treatment") && grid != drawn)
    #expect(try run("nnt mbt/suicide-attempts --format svg").status == 64)
    #expect(try run("nnt --rd=-0.05 --ci=-0.1,-0.01 --baseline-risk 0.3 --format svg").status == 64)
  }

  @Test func findingsOfMeans() throws {
    let units = try json("sof data/normand1999.csv --measure MD")
    #expect(units.at("rows")?.array?.isEmpty == true)
    #expect(units.at("mean_difference.text")?.string?.contains("lower (") == true)
    let standardized = try run("sof data/normand1999.csv --measure SMD --sd 10").output
    #expect(standardized.contains("on a scale with SD 10"), "\(standardized)")
    let risks = try json("sof data/normand1999.csv --measure SMD --baseline-risk 0.3")
    #expect(risks.at("rows")?.array?.count == 1)
    #expect(try run("sof data/normand1999.csv --measure MD --sd 10").status == 64)
  }

  @Test func findings() throws {
    let row = try json("sof mbt/suicide-attempts --method DL --certainty low --outcome attempts --intervention MBT")
    #expect(row.at("schema")?.string == "evidence.sof/1")
    #expect(row.at("participants")?.int == 218 && row.at("studies")?.int == 3)
    #expect(row.at("relative_effect.text")?.string == "RR 0.10 (0.04 to 0.30)")
    #expect(row.at("rows[0].comparator_risk.text")?.string == "254 per 1000")
    #expect(row.at("rows[0].difference.text")?.string == "228 fewer per 1000 (from 245 fewer to 177 fewer)")
    #expect(row.at("statement")?.string?.hasPrefix("MBT may reduce attempts: 228 fewer") == true)
    let crossing = try run("sof --rr 0.9 --ci 0.55,1.2 --baseline-risk 0.1 --outcome a|b --format markdown").output
    #expect(crossing.contains("10 fewer per 1000 (45 fewer to 20 more)") && crossing.contains("a\\|b"))
    let page = try run("sof --rr 0.9 --ci 0.55,1.2 --baseline-risk 0.001 --outcome a<b --format html").output
    #expect(page.contains("a&lt;b") && page.contains("10 per 10 000"))
  }
}
