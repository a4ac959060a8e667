import EffectSizes
import Foundation
import NumericCore
import Synthesis
import TestSupport
import Testing

@Suite struct CountsTests {
  static let noRows = EffectColumns(yi: [], vi: [])

  static func fit(_ c: CountCase) throws -> Fit {
    if c.method == "PETO" { return try Peto(level: c.level).fit(c.table, rows: c.rows) }
    if let measure = MantelHaenszelMeasure<TwoByTwoColumns>.all.first(where: { $0.code == c.measure }) {
      return try MantelHaenszel(measure: measure, level: c.level).fit(c.table, rows: c.rows)
    }
    let measure = try #require(MantelHaenszelMeasure<PersonTimeColumns>.all.first { $0.code == c.measure })
    return try MantelHaenszel(measure: measure, level: c.level).fit(c.personTime, rows: c.rows)
  }

  @Test(arguments: try CountCase.load { $0.method != "GLMM" }) func agreesWithReference(_ c: CountCase) throws {
    let got = c.values(of: try Self.fit(c))
    for (name, want) in c.expect {
      let value = try #require(got[name] ?? nil, "\(name) is missing")
      expectClose(value, want, relative: c.rtol, absolute: c.atol, "\(c.id) \(name)")
    }
  }

  @Test(arguments: try CountCase.load { ["OR", "IRR"].contains($0.measure) && $0.method == "MH" })
  func testsAgreeWithReference(_ c: CountCase) throws {
    guard let want = try CountsFurther.load().tests[c.id] else { return }
    let got = try c.measure == "OR" ? CountTests(c.table) : CountTests(c.personTime)
    func compare(_ test: CountTest?, _ statistic: Double?, _ pValue: Double?, _ name: String) throws {
      guard let statistic, let pValue else { return #expect(test == nil) }
      let test = try #require(test)
      expectClose(test.statistic, statistic, relative: 1e-11, "\(c.id) \(name)")
      expectClose(test.pValue, pValue, relative: 1e-9, "\(c.id) \(name) p")
    }
    try compare(got.cochranMantelHaenszel, want.cmh, want.cmh_p, "CMH")
    try compare(got.cochranMantelHaenszelCorrected, want.cmhc, want.cmhc_p, "CMH corrected")
    try compare(got.breslowDay, want.bd, want.bd_p, "Breslow-Day")
    try compare(got.tarone, want.ta, want.ta_p, "Tarone")
  }

  /// Rothman and Greenland's tables as in Stata's manual, [R] epitab: tolbutamide and death by age (`cs`), smoking and
  /// coronary death by age (`ir`).
  @Test func publishedMantelHaenszel() throws {
    let trial = TwoByTwoColumns([[8, 98, 5, 115], [22, 76, 16, 69]])
    let risk = try #require(try MantelHaenszel(measure: .riskRatio).fit(trial, rows: Self.noRows).pooled)
    expectClose(exp(risk.value), 1.325555, relative: 5e-7)
    expectClose(exp(risk.interval.lower), 0.797907, relative: 1e-6)
    expectClose(exp(risk.interval.upper), 2.202132, relative: 5e-7)
    let smoking = PersonTimeColumns(
      events1: [32, 104, 206, 186, 102], time1: [52407, 43248, 28612, 12663, 5317], events2: [2, 12, 28, 28, 31],
      time2: [18790, 10673, 5710, 2585, 1462])
    let rate = try #require(try MantelHaenszel(measure: .incidenceRateRatio).fit(smoking, rows: Self.noRows).pooled)
    expectClose(exp(rate.value), 1.424682, relative: 5e-7)
    expectClose(exp(rate.interval.lower), 1.154703, relative: 5e-7)
    expectClose(exp(rate.interval.upper), 1.757784, relative: 5e-7)
  }

  /// Yusuf et al. (1985), table 6: typical odds ratio 0.93 with heterogeneity well below its degrees of freedom.
  @Test func publishedPeto() throws {
    let yusuf = try #require(try CountCase.load { $0.id == "peto-peto-yusuf6" }.first)
    let pooled = try #require(try Self.fit(yusuf).pooled)
    expectClose(exp(pooled.value), 0.93, absolute: 0.005)
  }

  @Test func swappingGroupsChangesTheSign() throws {
    var random = TestRandom(state: 1)
    for _ in 0..<50 {
      let table = random.tables(6, size: 60, baseline: -1, effect: 0.3, tau: 0.3)
      for measure in MantelHaenszelMeasure<TwoByTwoColumns>.all {
        guard let fit = try? MantelHaenszel(measure: measure).fit(table, rows: Self.noRows) else { continue }
        let swapped = try MantelHaenszel(measure: measure).fit(table.swapped, rows: Self.noRows)
        try expectOpposite(fit, swapped, measure.code)
      }
      guard let peto = try? Peto().fit(table, rows: Self.noRows) else { continue }
      try expectOpposite(peto, Peto().fit(table.swapped, rows: Self.noRows), "PETO")
    }
  }

  @Test func multiplyingCountsDividesTheVariance() throws {
    let table = TwoByTwoColumns([[8, 98, 5, 115], [22, 76, 16, 69], [3, 40, 9, 31]])
    for measure in MantelHaenszelMeasure<TwoByTwoColumns>.all {
      let one = try MantelHaenszel(measure: measure).fit(table, rows: Self.noRows)
      let four = try MantelHaenszel(measure: measure).fit(table.scaled(4), rows: Self.noRows)
      expectClose(four.covariance[0, 0], one.covariance[0, 0] / 4, relative: 1e-13, measure.code)
      expectClose(four.coefficients[0].value, one.coefficients[0].value, relative: 1e-13, measure.code)
    }
  }

  @Test func orderOfStudiesDoesNotMatter() throws {
    var random = TestRandom(state: 2)
    let table = random.tables(12, size: 80, baseline: -2, effect: 0.5, tau: 0.2)
    let order = (0..<12).shuffled(using: &random)
    for measure in MantelHaenszelMeasure<TwoByTwoColumns>.all {
      let one = try MantelHaenszel(measure: measure).fit(table, rows: Self.noRows)
      let other = try MantelHaenszel(measure: measure).fit(table.permuted(order), rows: Self.noRows)
      expectClose(other.coefficients[0].value, one.coefficients[0].value, relative: 1e-12)
      for (i, j) in order.enumerated() { expectClose(other.weights[i], one.weights[j], relative: 1e-12) }
    }
  }

  /// One table: the Mantel–Haenszel odds ratio is its own, its variance Woolf's; Breslow–Day has nothing to compare.
  @Test func oneTable() throws {
    let table = TwoByTwoColumns([[8, 98, 5, 115]])
    let fit = try MantelHaenszel(measure: .oddsRatio).fit(table, rows: Self.noRows)
    expectClose(fit.coefficients[0].value, log(8 * 115 / (98.0 * 5)), relative: 1e-14)
    expectClose(fit.covariance[0, 0], 1 / 8.0 + 1 / 98.0 + 1 / 5.0 + 1 / 115.0, relative: 1e-14)
    #expect(fit.heterogeneity.q == nil)
    #expect(try CountTests(table).breslowDay == nil)
  }

  @Test func correctionOfThePooledCellsIsNamed() throws {
    let table = TwoByTwoColumns([[0, 20, 4, 18], [3, 30, 5, 28]])
    let plain = try MantelHaenszel(measure: .oddsRatio).fit(table, rows: Self.noRows)
    let correction = PooledCorrection(amount: 0.5, rule: .onlyZero)
    let fit = try MantelHaenszel(measure: .oddsRatio, correction: correction).fit(table, rows: Self.noRows)
    let byHand = TwoByTwoColumns([[0.5, 20.5, 4.5, 18.5], [3, 30, 5, 28]])
    let want = try MantelHaenszel(measure: .oddsRatio).fit(byHand, rows: Self.noRows)
    #expect(fit.coefficients[0].value == want.coefficients[0].value)
    #expect(fit.coefficients[0].value != plain.coefficients[0].value)
    #expect(fit.notes.map(\.code) == ["pooled-correction"])
    #expect(plain.notes.isEmpty)
  }

  @Test func whatCannotBeEstimated() throws {
    let none = TwoByTwoColumns([[0, 20, 0, 22], [0, 9, 0, 11]])
    for measure in MantelHaenszelMeasure<TwoByTwoColumns>.all {
      #expect(throws: FitError.self) { try MantelHaenszel(measure: measure).fit(none, rows: Self.noRows) }
    }
    #expect(throws: FitError.self) { try Peto().fit(none, rows: Self.noRows) }
    #expect(try CountTests(none).cochranMantelHaenszel == nil)
    let missing = TwoByTwoColumns([[.nan, 20, 1, 22]])
    #expect(throws: FitError.noStudies) { try Peto().fit(missing, rows: Self.noRows) }
    let negative = TwoByTwoColumns([[-1, 20, 1, 22]])
    #expect(throws: FitError.domain(what: "events in group 1", value: -1, expected: "a count of zero or more")) {
      try Peto().fit(negative, rows: Self.noRows)
    }
    let stopped = PersonTimeColumns(events1: [1], time1: [0], events2: [2], time2: [3])
    #expect(throws: FitError.self) {
      try MantelHaenszel(measure: .incidenceRateRatio).fit(stopped, rows: Self.noRows)
    }
    #expect(throws: FitError.self) { try Peto(level: 1).fit(TwoByTwoColumns([[1, 2, 3, 4]]), rows: Self.noRows) }
  }

  @Test func incompleteRowsTakeNoPart() throws {
    let table = TwoByTwoColumns([[8, 98, 5, 115], [.nan, 3, 4, 5], [22, 76, 16, 69]])
    let fit = try MantelHaenszel(measure: .riskDifference).fit(table, rows: Self.noRows)
    let without = try MantelHaenszel(measure: .riskDifference).fit(table.permuted([0, 2]), rows: Self.noRows)
    #expect(fit.k == 2)
    #expect(fit.coefficients[0].value == without.coefficients[0].value)
    #expect(fit.weights[1].isNaN)
  }
}

func expectOpposite(_ one: Fit, _ other: Fit, _ what: String) throws {
  expectClose(other.coefficients[0].value, -one.coefficients[0].value, relative: 1e-9, absolute: 1e-12, what)
  expectClose(other.coefficients[0].standardError, one.coefficients[0].standardError, relative: 1e-9, what)
}
