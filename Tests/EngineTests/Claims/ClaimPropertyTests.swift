import EffectSizes
import Engine
import NumericCore
import Synthesis
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What a random table prints reproduces from it, and does not with its printed digits changed.
@Suite struct ClaimPropertyTests {
  private struct Table {
    let a, n1, c, n2: Int

    var row: String { "b,t,\(a),\(n1),\(c),\(n2),," }

    func estimate(_ measure: Measure) throws -> (y: Double, se: Double) {
      var columns = StudyColumns(count: 1)
      columns[.ai] = [Double(a)]
      columns[.n1i] = [Double(n1)]
      columns[.ci] = [Double(c)]
      columns[.n2i] = [Double(n2)]
      let effects = try measure.estimate(columns)
      return (effects.yi[0], effects.vi[0].squareRoot())
    }
  }

  private func table(_ noise: inout Noise) -> Table {
    let (n1, n2) = (noise.whole(12...150), noise.whole(12...150))
    return Table(a: noise.whole(1...n1 - 1), n1: n1, c: noise.whole(1...n2 - 1), n2: n2)
  }

  private func text(_ value: Double, _ decimals: Int) throws -> PrintedNumber {
    try #require(PrintedNumber(value, decimals: decimals))
  }

  /// The number with its last digit raised by two, away from zero: by one it would be the same number under another rule of
  /// rounding where the value lies on a tie, and a number needed to treat may be rounded up.
  private func changed(_ number: PrintedNumber) -> PrintedNumber {
    PrintedNumber(
      significand: number.significand + 2, decimals: number.decimals, isNegative: number.isNegative,
      isPercent: number.isPercent)
  }

  private func expect(
    _ kind: String, _ number: PrintedNumber, rest: String = "", arms: String = "", formula: String,
    counts: [String] = [],
    means: [String] = []
  ) throws {
    let row = counts.isEmpty ? "c" : "b"
    let right = try MadeClaims.verdict(
      kind, "\(number)\(rest)", arms: arms, row: row, formula: formula, counts: counts, means: means)
    #expect(right.verdict == .reproduces, "\(kind) \(number)\(rest): \(right.note) \(counts) \(means)")
    let wrong = try MadeClaims.verdict(
      kind, "\(changed(number))\(rest)", arms: arms, row: row, formula: formula, counts: counts, means: means
    )
    #expect(wrong.verdict != .reproduces, "\(kind) \(changed(number))\(rest) \(counts) \(means)")
  }

  @Test func ratiosOfRandomTables() throws {
    var noise = Noise(11)
    for _ in 0..<150 {
      let table = table(&noise)
      for (kind, measure) in [("RR", Measure.riskRatio), ("OR", Measure.oddsRatio)] {
        let (y, se) = try table.estimate(measure)
        guard exp(y + 1.96 * se) < 1e4 else { continue }
        let z = 1.959963984540054
        let rest = " [\(try text(exp(y - z * se), 3)), \(try text(exp(y + z * se), 3))]"
        try expect(kind, text(exp(y), 3), rest: rest, formula: "Woolf", counts: [table.row])
        try expect("log \(kind)", text(y, 4), rest: " (SE \(try text(se, 4)))", formula: "", counts: [table.row])
      }
    }
  }

  @Test func differencesOfRandomTables() throws {
    var noise = Noise(12)
    for _ in 0..<150 {
      let table = table(&noise)
      let difference = Double(table.a) / Double(table.n1) - Double(table.c) / Double(table.n2)
      guard abs(difference) > 0.01 else { continue }
      try expect("risk difference", text(difference, 3), formula: "", counts: [table.row])
      try expect("NNT", text(1 / abs(difference), 2), formula: "", counts: [table.row])
      let share = try text(100 * Double(table.c) / Double(table.n2), 1).description + "%"
      try expect("percent", #require(PrintedNumber(share)), arms: "control", formula: "", counts: [table.row])
    }
  }

  @Test func testsOfRandomTables() throws {
    var noise = Noise(13)
    for _ in 0..<150 {
      let table = table(&noise)
      let (a, b, c, d) = (
        Double(table.a), Double(table.n1 - table.a), Double(table.c), Double(table.n2 - table.c)
      )
      let total = a + b + c + d
      let margins = (a + b) * (c + d) * (a + c) * (b + d)
      for (formula, correction) in [("chi-square without correction", 0.0), ("Yates", total / 2)] {
        let reduced = max(0, abs(a * d - b * c) - correction)
        let x = total * reduced * reduced / margins
        try expect("chi-square", text(x, 2), formula: formula, counts: [table.row])
        let p = try ChiSquared(degreesOfFreedom: 1).upperTail(x)
        if p < 0.995 { try expect("p value", text(p, 4), formula: formula, counts: [table.row]) }
      }
    }
  }

  @Test func meansOfRandomTables() throws {
    var noise = Noise(14)
    for _ in 0..<100 {
      let (n1, n2) = (noise.whole(8...90), noise.whole(8...90))
      let m1 = Double(noise.whole(100...400)) / 10, m2 = Double(noise.whole(100...400)) / 10
      let sd1 = Double(noise.whole(30...120)) / 10, sd2 = Double(noise.whole(30...120)) / 10
      let row = ["c,t,s,end,\(try text(m1, 1)),\(try text(sd1, 1)),\(n1),\(try text(m2, 1)),\(try text(sd2, 1)),\(n2)"]
      let df = Double(n1 + n2 - 2)
      let pooled = ((Double(n1 - 1) * sd1 * sd1 + Double(n2 - 1) * sd2 * sd2) / df).squareRoot()
      let d = (m1 - m2) / pooled
      let t = d / (1 / Double(n1) + 1 / Double(n2)).squareRoot()
      let welch = (m1 - m2) / (sd1 * sd1 / Double(n1) + sd2 * sd2 / Double(n2)).squareRoot()
      try expect("SMD", text(d, 3), formula: "Cohen", means: row)
      try expect("SMD", text(d * (1 - 3 / (4 * df - 1)), 3), formula: "Hedges, 1 - 3/(4 df - 1)", means: row)
      try expect("SMD", text((m1 - m2) / sd2, 3), formula: "Glass by the control SD", means: row)
      try expect("t", text(t, 3), formula: "pooled t", means: row)
      try expect("t", text(welch, 3), formula: "Welch", means: row)
      try expect("mean difference", text(m1 - m2, 1), formula: "", means: row)
    }
  }

  @Test func poolsOfRandomTables() throws {
    var noise = Noise(15)
    for _ in 0..<25 {
      let tables = (0..<4).map { _ in table(&noise) }
      let effects = try tables.map { try $0.estimate(.oddsRatio) }
      let rows = tables.enumerated().map { "b\($0),t,\($1.a),\($1.n1),\($1.c),\($1.n2),," }
      for (formula, method) in [
        ("random effects (DL)", PoolingMethod.random(.derSimonianLaird)), ("REML", .random(.reml)),
        ("equal effects", .equalEffects),
      ] {
        let fit = try PoolingModel(method: method).fit(yi: effects.map(\.y), vi: effects.map { $0.se * $0.se })
        let pooled = try #require(fit.pooled)
        let number = try text(exp(pooled.value), 3)
        let rest =
          " (\(try text(exp(pooled.interval.lower), 3)) to \(try text(exp(pooled.interval.upper), 3))), 4 trials"
        func verdict(_ number: PrintedNumber) throws -> JudgedClaim {
          MadeClaims.judged(
            try MadeClaims.file(["c,pooled OR,\"\(number)\(rest)\",,b0;b1;b2;b3,,\(formula),"], counts: rows))[0]
        }
        // Hartung–Knapp shares the estimate but not the interval, so one way alone prints all three numbers.
        let right = try verdict(number)
        #expect(right.verdict == .reproduces, "\(formula) \(number)\(rest): \(right.note)")
        #expect(try verdict(changed(number)).verdict != .reproduces)
      }
    }
  }
}
