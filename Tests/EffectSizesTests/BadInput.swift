import EffectSizes
import TestSupport
import Testing

@Suite struct BadInput {
  /// The problem of the only row, when there is one.
  private func problem(
    _ code: String, _ values: [(Role, Double)], _ options: EffectOptions = EffectOptions()
  ) throws -> RowProblem.Kind? {
    var columns = StudyColumns(count: 1)
    for (role, value) in values { columns[role] = [value] }
    let effects = try #require(Measure.named(code)).estimate(columns, options)
    #expect(effects.yi[0].isNaN == !effects.problems.isEmpty)
    return effects.problems.first?.kind
  }

  private func isImpossible(_ kind: RowProblem.Kind?, _ role: Role) -> Bool {
    if case .impossible(role, _, _)? = kind { return true }
    return false
  }

  @Test func impossibleCounts() throws {
    let events: [(Role, Double)] = [(.ai, 3), (.n1i, 10), (.ci, 4), (.n2i, 10)]
    func changed(_ role: Role, _ value: Double) throws -> RowProblem.Kind? {
      try problem("OR", events.filter { $0.0 != role } + [(role, value)])
    }
    #expect(try problem("OR", events) == nil)
    #expect(isImpossible(try changed(.ai, -1), .ai))
    #expect(isImpossible(try changed(.ai, 11), .n1i))
    #expect(isImpossible(try changed(.n2i, 0), .n2i))
    #expect(isImpossible(try changed(.n2i, .infinity), .n2i))
    #expect(isImpossible(try changed(.bi, 8), .n1i))
    #expect(try changed(.bi, 7) == nil)
    #expect(try changed(.n2i, .nan) == .missing([.n2i]))
    #expect(isImpossible(try problem("RR", [(.ai, 0), (.bi, 0), (.ci, 1), (.di, 2)]), .bi))
  }

  @Test func undefinedTables() throws {
    let none: [(Role, Double)] = [(.ai, 0), (.bi, 5), (.ci, 0), (.di, 7)]
    #expect(try problem("OR", none) == nil)
    #expect(try problem("OR", none, EffectOptions(to: .none)) != nil)
    #expect(try problem("RD", none, EffectOptions(to: .none)) == nil)
    guard case .notEstimable? = try problem("RD", none, EffectOptions(drop00: true)) else {
      Issue.record("a table without events is dropped")
      return
    }
  }

  @Test func impossibleMeans() throws {
    let means: [(Role, Double)] = [(.m1i, 3), (.sd1i, 1), (.n1i, 10), (.m2i, 2), (.sd2i, 1), (.n2i, 9)]
    func changed(_ code: String, _ role: Role, _ value: Double) throws -> RowProblem.Kind? {
      try problem(code, means.filter { $0.0 != role } + [(role, value)])
    }
    #expect(isImpossible(try changed("MD", .sd2i, -1), .sd2i))
    #expect(isImpossible(try changed("SMD", .n1i, 0), .n1i))
    #expect(try changed("SMD", .m2i, .nan) == .missing([.m2i]))
    #expect(isImpossible(try changed("SMD", .pi, 1.5), .pi))
    #expect(isImpossible(try changed("SMD", .pi, 0), .pi))
    #expect(isImpossible(try changed("SMD", .ri, -1.01), .ri))
    guard case .notEstimable? = try changed("ROM", .m1i, -3) else {
      Issue.record("means of different sign have no log ratio")
      return
    }
  }

  @Test func impossibleVariances() throws {
    #expect(isImpossible(try problem("GEN", [(.yi, 1), (.vi, -0.1)]), .vi))
    #expect(isImpossible(try problem("GEN", [(.yi, 1), (.sei, -0.1)]), .sei))
    #expect(try problem("GEN", [(.yi, 1), (.vi, 0), (.sei, 3)]) == nil)
    #expect(try problem("GEN", [(.yi, 1), (.vi, .nan), (.sei, 3)]) == nil)
    #expect(try problem("HR", [(.yi, .nan), (.vi, 1)]) == .missing([.yi]))
  }

  @Test func wholeTableErrors() throws {
    let measure = try #require(Measure.named("smd"))
    var columns = StudyColumns(count: 1)
    columns[.m1i] = [1]
    #expect(throws: EffectSizeError.self) { try measure.estimate(columns) }
    for role in [Role.sd1i, .n1i, .m2i, .sd2i, .n2i] { columns[role] = [5] }
    let unknown = #expect(throws: EffectSizeError.self) {
      try measure.estimate(columns, EffectOptions(vtype: "XX"))
    }
    #expect(unknown?.description.contains("LS, LS2, UB, AV") == true)
    #expect(throws: EffectSizeError.invalidAdd(-1)) { try measure.estimate(columns, EffectOptions(add: -1)) }
    #expect(throws: Never.self) { try measure.estimate(columns, EffectOptions(vtype: "ub")) }
    #expect(Measure.named("nothing") == nil)
  }

  @Test func noRows() throws {
    for measure in Measure.all {
      var columns = StudyColumns(count: 0)
      for role in try #require(measure.forms.first).roles { columns[role] = [] }
      let effects = try measure.estimate(columns)
      #expect(effects.yi.isEmpty && effects.vi.isEmpty && effects.problems.isEmpty)
    }
  }
}
