import EffectSizes
import TestSupport
import Testing

/// What holds for whole families, whatever the numbers.
@Suite struct Properties {
  private static let tables: [[Double]] = [
    [4, 16, 9, 11], [1, 30, 3, 27], [22, 8, 15, 15], [7, 93, 12, 88], [40, 60, 30, 10],
  ]
  private static let means: [[Double]] = [
    [10, 3, 12, 8, 2.2, 14], [12, 2.5, 15, 9, 4, 19], [7.5, 1.1, 40, 7.9, 1.3, 44],
  ]
  private static let cellRoles: [Role] = [.ai, .bi, .ci, .di]
  private static let meanRoles: [Role] = [.m1i, .sd1i, .n1i, .m2i, .sd2i, .n2i]

  private func columns(_ roles: [Role], _ rows: [[Double]]) -> StudyColumns {
    var result = StudyColumns(count: rows.count)
    for (position, role) in roles.enumerated() { result[role] = rows.map { $0[position] } }
    return result
  }

  private func estimate(
    _ code: String, _ columns: StudyColumns, _ options: EffectOptions = EffectOptions()
  ) throws -> EffectColumns {
    try #require(Measure.named(code)).estimate(columns, options)
  }

  private func expectSame(_ first: EffectColumns, _ second: EffectColumns, sign: Double = 1, _ what: String) {
    let undefined = first.yi.filter { !$0.isFinite }.count
    #expect(undefined == 0, "\(what)")
    for row in first.yi.indices {
      expectClose(second.yi[row], sign * first.yi[row], relative: 1e-11, absolute: 1e-13, "\(what) yi[\(row)]")
      expectClose(second.vi[row], first.vi[row], relative: 1e-11, absolute: 1e-13, "\(what) vi[\(row)]")
    }
  }

  @Test(arguments: [
    "RR", "OR", "RD", "AS", "PETO", "PHI", "ZPHI", "YUQ", "YUY", "RTET", "ZTET", "PBIT", "OR2DN", "OR2DL",
  ])
  func swappingGroupsFlipsTheSignOfTables(_ code: String) throws {
    let there = try estimate(code, columns(Self.cellRoles, Self.tables))
    let back = try estimate(code, columns([.ci, .di, .ai, .bi], Self.tables))
    expectSame(there, back, sign: -1, code)
  }

  @Test(arguments: ["MD", "SMD", "SMDH", "ROM", "VR", "CVR", "RPB", "ZPB", "RBIS", "D2ORN", "D2ORL"])
  func swappingGroupsFlipsTheSignOfMeans(_ code: String) throws {
    let there = try estimate(code, columns(Self.meanRoles, Self.means))
    let back = try estimate(code, columns([.m2i, .sd2i, .n2i, .m1i, .sd1i, .n1i], Self.means))
    expectSame(there, back, sign: -1, code)
  }

  @Test func swappingGroupsTurnsTheAreaRound() throws {
    let there = try estimate("AUCN", columns(Self.meanRoles, Self.means))
    let back = try estimate("AUCN", columns([.m2i, .sd2i, .n2i, .m1i, .sd1i, .n1i], Self.means))
    for row in there.yi.indices {
      expectClose(back.yi[row], 1 - there.yi[row], relative: 1e-12)
      expectClose(back.vi[row], there.vi[row], relative: 1e-12)
    }
  }

  @Test(arguments: ["MPRR", "MPOR", "MPRD", "MPORC", "MPPETO"])
  func swappingOccasionsFlipsTheSignOfPairs(_ code: String) throws {
    let there = try estimate(code, columns(Self.cellRoles, Self.tables))
    let back = try estimate(code, columns([.ai, .ci, .bi, .di], Self.tables))
    expectSame(there, back, sign: -1, code)
  }

  @Test func flippingFlips() throws {
    let data = columns(Self.cellRoles, Self.tables)
    expectSame(try estimate("RR", data), try estimate("RR", data, EffectOptions(flip: true)), sign: -1, "flip")
  }

  @Test(arguments: [
    "RR", "OR", "RD", "AS", "PHI", "YUQ", "YUY", "RTET", "PBIT", "OR2DN", "MPRR", "MPOR", "MPRD", "MPORC", "MPPETO",
  ])
  func twiceTheSubjectsHalvesTheVarianceOfTables(_ code: String) throws {
    let once = try estimate(code, columns(Self.cellRoles, Self.tables))
    let twice = try estimate(code, columns(Self.cellRoles, Self.tables.map { $0.map { 2 * $0 } }))
    for row in once.yi.indices {
      expectClose(twice.yi[row], once.yi[row], relative: 1e-12, absolute: 1e-14)
      expectClose(twice.vi[row], once.vi[row] / 2, relative: 1e-12)
    }
  }

  @Test(arguments: Measure.all.filter { $0.family == .means && $0.code != "MD" && $0.code != "CLES" }.map(\.code))
  func unitsDoNotMatter(_ code: String) throws {
    let data = columns(Self.meanRoles, Self.means)
    let scaled = columns(
      Self.meanRoles, Self.means.map { [25 * $0[0], 25 * $0[1], $0[2], 25 * $0[3], 25 * $0[4], $0[5]] })
    expectSame(try estimate(code, data), try estimate(code, scaled), code)
  }

  @Test func cellsAndTotalsAgree() throws {
    let cells = columns(Self.cellRoles, Self.tables)
    let totals = columns([.ai, .n1i, .ci, .n2i], Self.tables.map { [$0[0], $0[0] + $0[1], $0[2], $0[2] + $0[3]] })
    for measure in Measure.all where measure.family == .twoByTwo {
      expectSame(try measure.estimate(cells), try measure.estimate(totals), measure.code)
    }
  }

  @Test(arguments: ["SMD", "RPB", "ZPB", "RBIS", "ZBIS", "D2ORN", "D2ORL"])
  func meansAndTheirTestAgree(_ code: String) throws {
    let fromMeans = try estimate(code, columns(Self.meanRoles, Self.means))
    var tests: [[Double]] = []
    for row in Self.means {
      let m = row[2] + row[5] - 2
      let pooled = ((row[2] - 1) * row[1] * row[1] + (row[5] - 1) * row[4] * row[4]) / m
      let d = (row[0] - row[3]) / pooled.squareRoot()
      let base = 1 / row[2] + 1 / row[5]
      tests.append([d, d / base.squareRoot(), d / (d * d + m * base).squareRoot(), row[2], row[5]])
    }
    for (role, position) in [(Role.di, 0), (.ti, 1), (.ri, 2)] {
      let given = columns([role, .n1i, .n2i], tests.map { [$0[position], $0[3], $0[4]] })
      expectSame(fromMeans, try estimate(code, given), "\(code) from \(role)")
    }
  }

  @Test func aSignedPIsTheTestsP() throws {
    // Two-sided p of t = ±2.3 with 30 degrees of freedom: 0.02857466...
    let fromT = try estimate(
      "SMD", columns([.ti, .n1i, .n2i], [[2.042272456301238, 16, 16], [-2.042272456301238, 16, 16]]))
    let fromP = try estimate("SMD", columns([.pi, .n1i, .n2i], [[0.05, 16, 16], [-0.05, 16, 16]]))
    expectSame(fromT, fromP, "SMD from p")
    #expect(fromP.yi[1] < 0)
  }

  @Test func theFirstGivenStatisticWins() throws {
    let row = Self.means[0]
    let both = columns(Self.meanRoles + [.di], [row + [0.5], row + [.nan]])
    let effects = try estimate("D2ORL", both)
    expectClose(effects.yi[0], 0.5 * .pi / 3.0.squareRoot(), relative: 1e-14)
    expectClose(effects.yi[1], try estimate("D2ORL", columns(Self.meanRoles, [row])).yi[0], relative: 1e-14)
  }

  @Test func rowsDoNotTouchOthersExceptInAverages() throws {
    let rows = [[4, 16, 9, 11], [.nan, 3, 3, 3], [0, 10, 5, 5], [-1, 3, 3, 3], [7, 93, 12, 88]]
    let effects = try estimate("OR", columns(Self.cellRoles, rows))
    for (row, values) in rows.enumerated() where effects.yi[row].isFinite {
      let alone = try estimate("OR", columns(Self.cellRoles, [values]))
      #expect(alone.yi[0] == effects.yi[row] && alone.vi[0] == effects.vi[row])
    }
    #expect(effects.problems.map(\.index) == [1, 3])
    #expect(effects.sizes[4] == 200)
  }

  @Test func columnKernelHasTheSameBits() throws {
    var state: UInt64 = 7
    func next(_ bound: UInt64) -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double((state >> 33) % bound)
    }
    var rows = (0..<2000).map { _ in [next(6), next(60), next(6), next(60)] }
    rows += [[.nan, 1, 2, 3], [-1, 4, 4, 4], [.infinity, 1, 1, 1], [0, 0, 3, 4], [1, 2, 0, 0]]
    for add in [0.5, 0.1, 0] {
      let expected = try estimate("OR", columns(Self.cellRoles, rows), EffectOptions(add: add))
      let table = CellColumns(
        ai: rows.map { $0[0] }, bi: rows.map { $0[1] }, ci: rows.map { $0[2] }, di: rows.map { $0[3] })
      let got = table.logOddsRatios(add: add)
      #expect(got.yi.map(\.bitPattern) == expected.yi.map(\.bitPattern))
      #expect(got.vi.map(\.bitPattern) == expected.vi.map(\.bitPattern))
    }
  }

  @Test func uncorrectedEstimates() throws {
    let data = columns(Self.meanRoles, Self.means)
    let plain = EffectOptions(correct: false)
    let g = try estimate("SMD", data)
    let d = try estimate("SMD", data, plain)
    let shrunk = zip(g.yi, d.yi).filter { abs($0) < abs($1) }.count
    #expect(shrunk == g.yi.count)
    expectClose(try estimate("ROM", data, plain).yi[0], 0.22314355131420976, relative: 1e-14)
    expectClose(try estimate("VR", data, plain).yi[0], 0.3101549283038396, relative: 1e-12)
  }
}
