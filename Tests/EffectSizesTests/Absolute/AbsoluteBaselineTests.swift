import TestSupport
import Testing

@testable import EffectSizes

/// The baseline risk and its uncertainty.
@Suite struct AbsoluteBaselineTests {
  private func effect(
    _ measure: RelativeMeasure, _ estimate: Double, _ lower: Double, _ upper: Double
  ) throws -> RelativeEffect {
    try RelativeEffect(
      measure: measure, estimate: estimate, limits: ConfidenceLimits(lower: lower, upper: upper), level: 0.95)
  }

  @Test func countsHaveWilsonLimits() throws {
    // Newcombe (1998), Stat Med 17:857, table I, method 3: 81/263, 15/148, 0/20, 1/29.
    for (x, n, lower, upper) in [
      (81.0, 263.0, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718),
    ] {
      let risk = try BaselineRisk.counts(events: x, total: n, level: 0.95)
      expectClose(risk.limits.lower, lower, relative: 0, absolute: 5.1e-5)
      expectClose(risk.limits.upper, upper, relative: 0, absolute: 5.1e-5)
    }
  }

  @Test func timesAndRates() throws {
    let year = try BaselineRisk.known(0.2)
    expectClose(try year.rescaled(from: 12, to: 24).value, 1 - 0.8 * 0.8)
    expectClose(try year.rescaled(from: 12, to: 6).value, 1 - 0.8.squareRoot())
    expectClose(try BaselineRisk.known(0.7).complement().value, 0.3)
    expectClose(try BaselineRisk.rate(0.1, time: 2).value, 0.18126924692201815)
    #expect(throws: AbsoluteEffectError.self) { try year.rescaled(from: 0, to: 6) }
    let counted = try BaselineRisk.counts(events: 10, total: 50, level: 0.95).rescaled(from: 1, to: 2)
    expectClose(counted.value, 0.36)
    #expect(counted.limits.lower < 0.36 && counted.limits.upper > 0.36)
  }

  @Test func controlArms() throws {
    let arms = try ControlArms(events: [2, 30, 9, 5], totals: [20, 100, 18, 20])
    expectClose(arms.median, 0.275)
    #expect(arms.range == 0.1...0.5)
    expectClose(arms.totalRisk, 46.0 / 158)
    expectClose(try ControlArms(events: [1, 3, 2], totals: [10, 10, 10]).median, 0.2)
  }

  /// An uncertain baseline never makes an interval shorter, and a sure one leaves it as it was.
  @Test(arguments: RelativeMeasure.all)
  func carriedIsWider(_ measure: RelativeMeasure) throws {
    let given = try effect(measure, measure.fromLink(-0.4), measure.fromLink(-0.8), measure.fromLink(-0.1))
    let counts = try BaselineRisk.counts(events: 12, total: 60, level: 0.95)
    let (fixed, _) = try given.absolute(at: counts, carrying: .fixed)
    let (carried, _) = try given.absolute(at: counts, carrying: .mover)
    #expect(carried.difference.value == fixed.difference.value)
    #expect(carried.difference.limits.lower <= fixed.difference.limits.lower)
    #expect(carried.difference.limits.upper >= fixed.difference.limits.upper)
    if measure.needsBaseline { #expect(carried.difference.limits.lower < fixed.difference.limits.lower) }
    let sure = try BaselineRisk.known(0.2)
    for way in BaselineCarrying.all {
      let (same, _) = try given.absolute(at: sure, carrying: way)
      #expect(same.difference == fixed.difference, "\(way.code)")
    }
  }

  /// With much data everything is close to linear, and all ways agree.
  @Test func waysAgreeInLargeSamples() throws {
    let given = try effect(.oddsRatio, 0.5, 0.49, 0.51)
    let counts = try BaselineRisk.counts(events: 20_000, total: 100_000, level: 0.95)
    let reference = try given.absolute(at: counts, carrying: .mover).effect.difference.limits
    for way in BaselineCarrying.all where way.code != "fixed" {
      let limits = try given.absolute(at: counts, carrying: way).effect.difference.limits
      expectClose(limits.lower, reference.lower, relative: 0.003, way.code)
      expectClose(limits.upper, reference.upper, relative: 0.003, way.code)
    }
  }

  /// Around the risk where an odds ratio makes the largest difference, the peak inside the interval counts.
  @Test func peakInsideTheInterval() throws {
    let given = try effect(.oddsRatio, 0.25, 0.2, 0.3)
    let baseline = try BaselineRisk.interval(ConfidenceLimits(lower: 0.4, upper: 0.9), value: 0.8, level: 0.95)
    let extremes = given.extremes(over: baseline.limits)
    // The largest difference is at p₀ = 1/(1 + √OR) = 2/3: (1/3) − (2/3).
    expectClose(extremes.lower, -1.0 / 3, relative: 1e-9)
  }

  @Test func monteCarloIsSeededAndKnowsItsError() throws {
    let given = try effect(.riskRatio, 0.7, 0.55, 0.89)
    let baseline = try BaselineRisk.counts(events: 24, total: 100, level: 0.95)
    func draw(_ seed: UInt64, _ count: Int) throws -> CarriedLimits {
      try given.absolute(at: baseline, carrying: .monteCarlo, draws: MonteCarloDraws(count: count, seed: seed)).carried
    }
    let once = try draw(3, 20_000)
    #expect(once == (try draw(3, 20_000)))
    #expect(once != (try draw(4, 20_000)))
    let many = try draw(5, 200_000)
    let errors = try #require(once.monteCarloErrors)
    let fewer = try #require(many.monteCarloErrors)
    #expect(abs(once.limits.lower - many.limits.lower) < 5 * errors.lower)
    #expect(abs(once.limits.upper - many.limits.upper) < 5 * errors.upper)
    // Ten times the draws, a third of the error.
    #expect((2.2...4.5).contains(errors.lower / fewer.lower), "\(errors) \(fewer)")
  }

  /// With the baseline all but known, the percentiles drawn are the effect's own limits, also of a lopsided interval.
  @Test func monteCarloKeepsTheGivenLimits() throws {
    let given = try effect(.riskRatio, 0.7, 0.55, 1.1)
    let sure = try BaselineRisk.counts(events: 2_000_000, total: 10_000_000, level: 0.95)
    let drawn = try given.absolute(at: sure, carrying: .monteCarlo).carried
    let errors = try #require(drawn.monteCarloErrors)
    let fixed = given.fixedLimits(at: 0.2)
    #expect(abs(drawn.limits.lower - fixed.lower) < 5 * errors.lower)
    #expect(abs(drawn.limits.upper - fixed.upper) < 5 * errors.upper)
  }
}
