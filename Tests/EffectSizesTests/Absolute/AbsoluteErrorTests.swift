import TestSupport
import Testing

@testable import EffectSizes

/// Wrong-way inputs are refused with the reason; a number needed is never negative.
@Suite struct AbsoluteErrorTests {
  @Test func countsThatCannotBe() {
    let bad: [(Double, Double, Double, Double)] = [
      (5, 4, 1, 4), (-1, 4, 1, 4), (1, 0, 1, 4), (1, 4, 1, .nan), (1, 4, .nan, 4), (1, .infinity, 1, 4),
    ]
    for row in bad {
      #expect(throws: AbsoluteEffectError.self) {
        try TwoArmCounts(events1: row.0, total1: row.1, events2: row.2, total2: row.3)
      }
    }
    #expect(throws: AbsoluteEffectError.impossibleTime(arm: "control arm", time: 0)) {
      try TwoArmRates(events1: 1, time1: 1, events2: 1, time2: 0)
    }
  }

  @Test func effectsThatCannotBe() {
    func make(_ measure: RelativeMeasure, _ x: Double, _ lower: Double, _ upper: Double) throws -> RelativeEffect {
      try RelativeEffect(
        measure: measure, estimate: x, limits: ConfidenceLimits(lower: lower, upper: upper), level: 0.95)
    }
    #expect(throws: AbsoluteEffectError.limitsReversed(what: "odds ratio", lower: 0.8, upper: 0.2)) {
      try make(.oddsRatio, 0.4, 0.8, 0.2)
    }
    #expect(
      throws: AbsoluteEffectError.estimateOutsideLimits(what: "odds ratio", estimate: 0.4, lower: 0.5, upper: 0.8)
    ) {
      try make(.oddsRatio, 0.4, 0.5, 0.8)
    }
    for (measure, x) in [
      (RelativeMeasure.oddsRatio, 0.0), (.hazardRatio, -1), (.correlation, 1), (.riskDifference, 1.2),
    ] {
      #expect(throws: AbsoluteEffectError.self) { try make(measure, x, x, x) }
    }
    #expect(throws: AbsoluteEffectError.self) { try make(.standardizedMeanDifference, .nan, 0, 1) }
    #expect(throws: AbsoluteEffectError.self) { try RelativeMeasure.meanDifference(standardDeviation: 0) }
  }

  @Test func baselinesThatCannotBe() throws {
    let effect = try RelativeEffect(
      measure: .oddsRatio, estimate: 0.4, limits: ConfidenceLimits(lower: 0.2, upper: 0.8), level: 0.95)
    #expect(throws: AbsoluteEffectError.riskOutOfRange(what: "the baseline risk", value: 1.3)) {
      try effect.absolute(at: 1.3)
    }
    #expect(throws: AbsoluteEffectError.baselineMissing(measure: "odds ratio")) { try effect.absolute(at: nil) }
    #expect(throws: AbsoluteEffectError.self) { try BaselineRisk.known(-0.1) }
    #expect(throws: AbsoluteEffectError.self) { try BaselineRisk.counts(events: 5, total: 3, level: 0.95) }
    #expect(throws: AbsoluteEffectError.self) {
      try BaselineRisk.interval(ConfidenceLimits(lower: 0.3, upper: 0.1), level: 0.95)
    }
    #expect(throws: AbsoluteEffectError.self) {
      try BaselineRisk.interval(ConfidenceLimits(lower: 0, upper: 0.1), level: 0.95)
    }
    #expect(throws: AbsoluteEffectError.self) { try ControlArms(events: [], totals: []) }
  }

  @Test func levelsAndSizes() throws {
    let table = try TwoArmCounts(events1: 1, total1: 5, events2: 2, total2: 5)
    for level in [0.0, 1, -1, .nan] {
      #expect(throws: AbsoluteEffectError.self) { try RiskDifferenceMethod.newcombe.interval(table, level: level) }
    }
    let large = try TwoArmCounts(events1: 1, total1: 5000, events2: 2, total2: 5000)
    #expect(throws: AbsoluteEffectError.tableTooLarge(people: 10_000, limit: 2000)) {
      try RiskDifferenceMethod.exactUnconditional.interval(large, level: 0.95)
    }
    let halves = try TwoArmCounts(events1: 0.5, total1: 5, events2: 2, total2: 5)
    #expect(throws: AbsoluteEffectError.self) {
      try RiskDifferenceMethod.exactUnconditional.interval(halves, level: 0.95)
    }
  }

  @Test func everyErrorSaysTheValue() {
    let error = AbsoluteEffectError.riskOutOfRange(what: "the baseline risk", value: 1.3)
    #expect(error.description.contains("1.3"))
    #expect(error.hint?.contains("0.2") == true)
  }

  @Test func ratiosStopAtOneAndDifferencesStayAsGiven() throws {
    let ratio = try RelativeEffect(
      measure: .riskRatio, estimate: 1.8, limits: ConfidenceLimits(lower: 1.1, upper: 3), level: 0.95)
    let held = try ratio.absolute(at: 0.4)
    #expect(held.difference.limits.upper == 0.6)
    #expect(held.remarks == [.riskHeldAtOne])
    let difference = try RelativeEffect(
      measure: .riskDifference, estimate: -0.05, limits: ConfidenceLimits(lower: -0.12, upper: 0.02), level: 0.95)
    let absolute = try difference.absolute(at: 0.02)
    #expect(absolute.difference.limits.lower == -0.12)
    #expect(absolute.experimentalRisk == nil)
    #expect(absolute.remarks.count == 1)
  }
}
