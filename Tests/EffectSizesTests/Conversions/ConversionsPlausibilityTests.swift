import EffectSizes
import Testing

@Suite struct ConversionsPlausibilityTests {
  private func findings(_ columns: ReportedColumns, _ row: Int) -> [String] {
    PlausibilityNote.all.flatMap { $0.findings(columns) }.filter { $0.row == row }.map(\.text)
  }

  private func table(_ columns: [Role: [Double]]) -> ReportedColumns {
    var result = ReportedColumns(count: columns.values.first?.count ?? 0)
    for (role, values) in columns { result[ReportedWord(role)] = values }
    return result
  }

  @Test func deviationLikeError() {
    let columns = table([
      .sd1i: [4, 4.1, 0.6, 4.3], .sd2i: [4.2, 3.9, 4.1, 4.4], .n1i: [50, 48, 49, 60], .n2i: [52, 47, 50, 61],
    ])
    #expect(findings(columns, 2).contains { $0.contains("sd1i") && $0.contains("standard error") })
    for row in [0, 1, 3] { #expect(findings(columns, row).isEmpty) }
  }

  @Test func percentages() {
    let columns = table([.ai: [12, 23.7, 37.5], .n1i: [40, 60, 40], .ci: [3, 4, 5], .n2i: [40, 60, 40]])
    #expect(findings(columns, 0).isEmpty)
    #expect(findings(columns, 1).contains { $0.contains("no count gives it") })
    #expect(findings(columns, 2).contains { $0.contains("it would be 15") })
  }

  @Test func signs() {
    let columns = table([.m1i: [5, 5], .m2i: [4, 4], .di: [-0.3, 0.3], .sd1i: [1, 1], .sd2i: [1, 1]])
    #expect(findings(columns, 0).contains { $0.contains("opposite") })
    #expect(findings(columns, 1).isEmpty)
  }
}
