import EffectSizes
import TableIO
import Testing

@testable import Engine

@Suite struct ColumnBindingTests {
  private func bind(
    _ header: String, _ measure: String, map: [Role: String] = [:]
  ) throws -> [Role: String] {
    let table = try CSVReader.read(Array("\(header)\n".utf8), .comma)
    let forms = try #require(Measure.named(measure)).forms.map(\.roles)
    let binding = try ColumnBinding.find(
      forms: forms, others: forms.flatMap { $0 }, map: map, in: table, measure: measure, file: "test.csv")
    return binding.columns.mapValues { table.columnNames[$0] }
  }

  @Test func rolesByNameInAnyCase() throws {
    #expect(
      try bind("study,AI,N1I,Ci,n2I", "OR") == [.ai: "AI", .n1i: "N1I", .ci: "Ci", .n2i: "n2I"])
  }

  @Test(arguments: [
    "event.e,n.e,event.c,n.c", "Ee,Ne,Ec,Nc", "events_e,n_e,events_c,n_c", "EVENTS_1,TOTAL_1,EVENTS_2,TOTAL_2",
  ])
  func spellingsOfCounts(header: String) throws {
    let names = header.split(separator: ",").map(String.init)
    #expect(try bind("study," + header, "RR") == [.ai: names[0], .n1i: names[1], .ci: names[2], .n2i: names[3]])
  }

  @Test func setOfNamesWhereSeIsAStandardDeviation() throws {
    let found = try bind("study,Ne,Me,Se,Nc,Mc,Sc", "MD")
    #expect(found[.sd1i] == "Se" && found[.m2i] == "Mc")
  }

  @Test func theMapWins() throws {
    let found = try bind("ai,n1i,ci,n2i,other", "OR", map: [.ai: "other"])
    #expect(found[.ai] == "other")
  }

  @Test func twoCandidatesAreRefused() {
    #expect(throws: EvidenceError.self) { try bind("study,te,estimate,se", "GEN") }
  }

  @Test func missingColumnsAreNamed() throws {
    let error = #expect(throws: EvidenceError.self) { try bind("study,ai,n1i,ci", "OR") }
    #expect(error?.message.contains("n2i") == true)
    #expect(error?.code == .badData)
  }
}
