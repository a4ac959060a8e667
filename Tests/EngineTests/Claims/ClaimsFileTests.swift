import Engine
import Testing

@Suite struct ClaimsFileTests {
  private func error(_ body: () throws -> ClaimsFile) -> EvidenceError? {
    do {
      _ = try body()
      return nil
    } catch { return error as? EvidenceError }
  }

  @Test func badFilesAreNamedWithTheirPlace() {
    let row = ["b,t,1,19,12,19,,"]
    let cases: [(EvidenceError?, Int, String)] = [
      (error { try MadeClaims.file(["a,NNT,2,,x,,,"], counts: row) }, 2, "data_row"),
      (error { try MadeClaims.file(["a,NNT,2,,b,,,", "a,NNT,2,,b,,,"], counts: row) }, 3, "claim"),
      (error { try MadeClaims.file([",NNT,2,,b,,,"], counts: row) }, 2, "claim"),
      (error { try MadeClaims.file(["a,mean,2,,b,,,none"], counts: row) }, 2, "items"),
      (
        error { try MadeClaims.file(["a,2,b"], counts: row, header: "claim,stated_value,data_row") }, 1, "quantity_kind"
      ),
      (error { try MadeClaims.file(["a,NNT,2,,b,,,"], counts: ["b,t,20,19,12,19,,"]) }, 2, "events_new"),
      (error { try MadeClaims.file(["a,NNT,2,,b,,,"], counts: ["b,t,x,19,12,19,,"]) }, 2, "events_new"),
      (error { try MadeClaims.file(["a,NNT,2,,b,,,"], counts: row + row) }, 3, "row"),
      (error { try MadeClaims.file(["a,t,2,,c,,,"], means: ["c,t,s,end,1,-2,9,1,2,9"]) }, 2, "sd_new"),
    ]
    for (index, (error, line, column)) in cases.enumerated() {
      #expect(error?.code == .badData, "case \(index)")
      #expect(error?.line == line && error?.column == column, "case \(index): \(error?.placedMessage ?? "none")")
    }
    #expect(error { try MadeClaims.file(["a,NNT,2,,b,,,"]) }?.code == .noInput)
    #expect(error { try ClaimsFile.read("/no/such/folder") }?.code == .noInput)
  }

  @Test func statementsAreTestedAgainstThemselves() throws {
    func verdict(_ kind: String, _ stated: String) throws -> Verdict {
      MadeClaims.judged(try MadeClaims.file(["a,\(kind),\"\(stated)\",,,,,"]))[0].verdict
    }
    #expect(try verdict("t", "t(28) = 2.20, p = .036") == .reproduces)
    #expect(try verdict("t", "t(28) = 2.20, p = .36") == .impossible)
    #expect(try verdict("OR", "0.90 (0.09-0.78)") == .impossible)
    #expect(try verdict("OR", "0.26 (0.09-0.78)") == .notEnoughData)
    #expect(try verdict("IRR", "0.54 and 46% fewer") == .reproduces)
    #expect(try verdict("IRR", "0.54 and 54% fewer") == .doesNotReproduce)
    #expect(try verdict("something else", "12.3") == .notEnoughData)
  }

  @Test func wholeNumbersAreTestedWhenTheClaimSaysSo() throws {
    let means = ["c,t,s,end,3.48,1.10,20,3.45,1.10,20"]
    func verdict(_ stated: String, _ arm: String, items: String) throws -> Verdict {
      MadeClaims.judged(try MadeClaims.file(["a,mean and SD,\(stated),\(arm),c,,,\(items)"], means: means))[0].verdict
    }
    #expect(try verdict("3.48 (1.10)", "new", items: "1") == .impossible)
    #expect(try verdict("3.48 (1.10)", "new", items: "") == .notEnoughData)
    #expect(try verdict("3.45 (1.10)", "control", items: "1") == .notEnoughData)
    #expect(try verdict("3.55 (1.10)", "control", items: "") == .doesNotReproduce)
  }

  /// Counts from percentages are all tried: 43% of 63 and 73% of 71 are 27 and 52 alone, but 9% of 120 is 11 alone or 10 …
  @Test func countsFromPercentagesAreExhausted() throws {
    let judged = try MadeClaims.verdict("RR", "1.71 [1.24, 2.35]", row: "b", counts: ["b,t,,71,,63,73,43"])
    #expect(judged.verdict == .reproduces && judged.rangeLower == judged.rangeUpper)
    let wide = try MadeClaims.verdict("RR", "0.53", row: "b", counts: ["b,t,,240,,230,5,9"])
    #expect(wide.rangeKind?.contains("exhaustive") == true)
    #expect(try #require(wide.rangeLower) < #require(wide.rangeUpper))
  }

  @Test func changesBetweenTwoRowsAreCompared() throws {
    let means = ["c0,t,s,baseline,10.0,2.0,20,11.0,2.0,20", "c1,t,s,end,6.0,2.5,20,9.0,2.5,20"]
    let raw = try MadeClaims.verdict("mean difference", "-2.0", row: "c0;c1", means: means)
    #expect(raw.verdict == .reproduces)
    let standardized = try MadeClaims.verdict("SMD", "-1.00", row: "c0;c1", means: means)
    #expect(standardized.verdict == .reproduces && standardized.formula?.contains("before") == true)
  }
}
