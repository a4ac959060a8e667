import TestSupport
import Testing

@testable import EffectSizes

/// What must hold whatever the numbers.
@Suite struct AbsolutePropertyTests {
  static let tables: [(Double, Double, Double, Double)] = [
    (3, 20, 9, 25), (0, 11, 4, 13), (7, 7, 2, 9), (0, 5, 0, 8), (6, 6, 6, 6), (0, 4, 9, 9), (1, 1, 0, 1),
    (40, 90, 41, 95),
  ]

  @Test(arguments: RiskDifferenceMethod.all)
  func intervalsMirror(_ method: RiskDifferenceMethod) throws {
    for row in Self.tables {
      let table = try TwoArmCounts(events1: row.0, total1: row.1, events2: row.2, total2: row.3)
      let here = try method.interval(table, level: 0.95)
      #expect(here.limits.lower <= here.limits.upper)
      for other in [table.swapped, table.complement] {
        let there = try method.interval(other, level: 0.95)
        expectClose(there.value, -here.value)
        // The exact limits are found to 1e-10, and their ties may fall either way.
        expectClose(there.limits.lower, -here.limits.upper, relative: 1e-12, absolute: 1e-8, "\(method.code) \(row)")
        expectClose(there.limits.upper, -here.limits.lower, relative: 1e-12, absolute: 1e-8, "\(method.code) \(row)")
      }
      let wider = try method.interval(table, level: 0.99).limits
      #expect(wider.lower <= here.limits.lower && wider.upper >= here.limits.upper, "\(method.code) \(row)")
      if method.code != "wald" { #expect(here.limits.lower >= -1 && here.limits.upper <= 1) }
      if method.code != "wald", method.code != "agresti-caffo" {
        #expect(here.limits.lower <= here.value && here.value <= here.limits.upper, "\(method.code) \(row)")
      }
    }
  }

  @Test func goodIsBadTurnedRound() throws {
    for row in Self.tables {
      let table = try TwoArmCounts(events1: row.0, total1: row.1, events2: row.2, total2: row.3)
      let difference = try RiskDifferenceMethod.newcombe.interval(table, level: 0.95)
      let bad = NumberNeeded(difference, event: .bad)
      let good = NumberNeeded(difference, event: .good)
      #expect(bad.value == good.value && bad.throughInfinity == good.throughInfinity)
      #expect(bad.kind == good.kind?.opposite)
      if bad.kind != nil {
        #expect(bad.lower.value == good.lower.value && bad.upper.value == good.upper.value)
        #expect(bad.lower.kind == good.lower.kind?.opposite && bad.upper.kind == good.upper.kind?.opposite)
      }
      for end in [bad.lower, bad.upper] { #expect((end.value ?? 1) > 0) }
    }
  }

  /// The two formulas of a link agree, its slopes are its derivatives, and its effect gives its risk back.
  @Test(arguments: RelativeMeasure.all)
  func linksAgreeWithThemselves(_ measure: RelativeMeasure) {
    let link = measure.link
    for baseline in [0.05, 0.3, 0.6] {
      for eta in [-1.2, -0.1, 0.02, 0.4] {
        let difference = link.difference(baseline, eta)
        let h = 1e-6
        let slopes = link.slopes(baseline, eta)
        let byEffect = (link.difference(baseline, eta + h) - link.difference(baseline, eta - h)) / (2 * h)
        let byBaseline = (link.difference(baseline + h, eta) - link.difference(baseline - h, eta)) / (2 * h)
        expectClose(slopes.effect, byEffect, relative: 1e-6, absolute: 1e-9, measure.code)
        expectClose(slopes.baseline, byBaseline, relative: 1e-6, absolute: 1e-9, measure.code)
        expectClose(measure.toLink(measure.fromLink(eta)), eta, relative: 1e-9, measure.code)
        let risk = link.risk(baseline, eta)
        if risk.isNaN { continue }
        expectClose(risk - baseline, difference, relative: 1e-10, absolute: 1e-15, measure.code)
        expectClose(link.effect(baseline, risk), eta, relative: 1e-9, absolute: 1e-14, measure.code)
      }
    }
    #expect(link.difference(0.3, 0) == 0)
  }

  @Test func edgesOfTheBaseline() throws {
    for measure in RelativeMeasure.all where measure.needsBaseline {
      let value = measure.fromLink(0.5)
      let effect = try RelativeEffect(
        measure: measure, estimate: value, limits: ConfidenceLimits(lower: value, upper: value), level: 0.95)
      for baseline in [0.0, 1.0] {
        let absolute = try effect.absolute(at: baseline)
        #expect(absolute.difference.value == 0, "\(measure.code) at \(baseline)")
        #expect(NumberNeeded(absolute.difference, event: .bad).value == nil)
      }
    }
  }
}
