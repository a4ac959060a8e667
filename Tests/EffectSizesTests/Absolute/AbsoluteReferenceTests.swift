import TestSupport
import Testing

@testable import EffectSizes

/// Reference cases: the numbers of other programs and of the formulas at 50 digits.
@Suite struct AbsoluteReferenceTests {
  @Test func tablesAgreeWithReferenceCases() throws {
    for row in AbsoluteFixture.rows("reference-tables.csv") {
      let method = try #require(RiskDifferenceMethod.named(row["method"]))
      let event = try #require(EventKind(rawValue: row["event"]))
      let difference = try method.interval(try row.counts(), level: row.number("level"))
      try expectRow(row, difference, event, relative: 1e-8, absolute: 1e-10)
    }
  }

  @Test func effectsAgreeWithReferenceCases() throws {
    for row in AbsoluteFixture.rows("reference-effects.csv") {
      let measure = try #require(RelativeMeasure.named(row["measure"]))
      let event = try #require(EventKind(rawValue: row["event"]))
      let effect = try RelativeEffect(
        measure: measure, estimate: row.number("estimate"),
        limits: ConfidenceLimits(lower: row.number("lower"), upper: row.number("upper")), level: 0.95)
      let absolute = try effect.absolute(at: row.number("baseline"))
      expectClose(
        try #require(absolute.experimentalRisk), try row.number("risk_experimental"), relative: 1e-9,
        row.testDescription)
      expectClose(absolute.per1000, 1000 * absolute.difference.value, row.testDescription)
      try expectRow(row, absolute.difference, event, relative: 1e-9, absolute: 1e-12)
    }
  }

  @Test func intervalsAgreeWithFiftyDigits() throws {
    for row in AbsoluteFixture.rows("tables.csv") {
      let method = try #require(RiskDifferenceMethod.named(row["method"]))
      let limits = try method.interval(try row.counts(), level: row.number("level")).limits
      expectClose(limits.lower, try row.number("lower"), relative: 1e-11, absolute: 1e-14, row.testDescription)
      expectClose(limits.upper, try row.number("upper"), relative: 1e-11, absolute: 1e-14, row.testDescription)
    }
  }

  @Test func ratesAgreeWithFiftyDigits() throws {
    for row in AbsoluteFixture.rows("rates.csv") {
      let method = try #require(RateDifferenceMethod.named(row["method"]))
      let rates = try TwoArmRates(
        events1: row.number("x1"), time1: row.number("t1"), events2: row.number("x2"), time2: row.number("t2"))
      let limits = try method.interval(rates, level: row.number("level")).limits
      expectClose(limits.lower, try row.number("lower"), relative: 1e-11, absolute: 1e-15, row.testDescription)
      expectClose(limits.upper, try row.number("upper"), relative: 1e-11, absolute: 1e-15, row.testDescription)
    }
  }

  @Test func effectsAgreeWithFiftyDigits() throws {
    for row in AbsoluteFixture.rows("effects.csv") {
      let measure =
        row["measure"].hasPrefix("MD:")
        ? try RelativeMeasure.meanDifference(standardDeviation: 2.5)
        : try #require(RelativeMeasure.named(row["measure"]))
      let estimate = try row.number("estimate")
      let effect = try RelativeEffect(
        measure: measure, estimate: estimate, limits: ConfidenceLimits(lower: estimate, upper: estimate), level: 0.95)
      let got = try effect.absolute(at: row.number("baseline")).difference
      expectClose(got.value, try row.number("difference"), relative: 1e-12, absolute: 1e-17, row.testDescription)
      #expect(got.limits.lower == got.value && got.limits.upper == got.value)
    }
  }

  @Test func exactLimitsAgreeWithEnumeration() throws {
    for row in AbsoluteFixture.rows("exact.csv") {
      let limits = try RiskDifferenceMethod.exactUnconditional.interval(
        try row.counts(), level: row.number("level")
      ).limits
      // The enumeration looks at 4001 control risks, so its limits are good to a few units of the sixth decimal.
      expectClose(limits.lower, try row.number("lower"), relative: 0, absolute: 5e-6, row.testDescription)
      expectClose(limits.upper, try row.number("upper"), relative: 0, absolute: 5e-6, row.testDescription)
    }
  }

  /// Every measure and every method has rows in the fixtures.
  @Test func fixturesCoverTheRegistries() {
    let methods = Set(AbsoluteFixture.rows("tables.csv").map { $0["method"] })
    for method in RiskDifferenceMethod.all where method.code != "exact" { #expect(methods.contains(method.code)) }
    let rates = Set(AbsoluteFixture.rows("rates.csv").map { $0["method"] })
    for method in RateDifferenceMethod.all { #expect(rates.contains(method.code)) }
    let measures = Set(AbsoluteFixture.rows("effects.csv").map { $0["measure"] })
    for measure in RelativeMeasure.all { #expect(measures.contains(measure.code)) }
  }

  private func expectRow(
    _ row: AbsoluteFixture.Row, _ difference: AbsoluteDifference, _ event: EventKind, relative: Double, absolute: Double
  ) throws {
    let number = NumberNeeded(difference, event: event)
    let pairs: [(String, Double?)] = [
      ("risk_difference", difference.value), ("rd_ci_lower", difference.limits.lower),
      ("rd_ci_upper", difference.limits.upper), ("nnt", number.value), ("ci.lower", number.lower.value),
      ("ci.upper", number.upper.value),
    ]
    for (name, got) in pairs where !row[name].isEmpty {
      expectClose(
        try #require(got), try row.number(name), relative: relative, absolute: absolute,
        name + " in " + row.testDescription)
    }
    if row["nnt"].isEmpty { #expect(number.value == nil && number.kind == nil) }
    if !row["kind"].isEmpty { #expect(number.kind?.rawValue == row["kind"], "\(row.testDescription)") }
    if !row["ci.through_infinity"].isEmpty {
      #expect(String(number.throughInfinity) == row["ci.through_infinity"], "\(row.testDescription)")
    }
  }
}
