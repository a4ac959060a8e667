import EffectSizes
import Foundation
import NumericCore
import Synthesis
import TestSupport
import Testing

/// Reference values of the sensitivity analyses (Tests/Reference/sensitivity.py).
struct SensitivityReference: Decodable {
  struct Copas: Decodable {
    let gamma0, gamma1, mu, rho, tau2, se, loglik: Double
  }
  struct Uniform: Decodable {
    let mu, tau2, se, loglik, lrt: Double
  }
  struct Beta: Decodable {
    let low, high, mu, tau2, loglik: Double
    let delta: [Double]
  }
  struct Curve: Decodable {
    let full, half: Double
    let flatFull, flatHalf: Double
    enum CodingKeys: String, CodingKey {
      case full, half
      case flatFull = "flat_full"
      case flatHalf = "flat_half"
    }
  }
  struct Missing: Decodable {
    let cells, missing, imor, RR, OR: [Double]
  }
  let yi, vi: [Double]
  let copas: [Copas]
  let pUniform: Uniform
  let truncatedBeta: Beta
  let pCurve: Curve
  let missing: [Missing]
  enum CodingKeys: String, CodingKey {
    case yi, vi, copas, missing
    case pUniform = "p_uniform"
    case truncatedBeta = "truncated_beta"
    case pCurve = "p_curve"
  }

  static func load() throws -> SensitivityReference {
    let url = try #require(
      Bundle.module.url(forResource: "sensitivity", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(SensitivityReference.self, from: Data(contentsOf: url))
  }

  /// The studies, with maximum likelihood for the pool.
  var studies: BiasStudies {
    BiasStudies(yi: yi, vi: vi, model: PoolingModel(method: .random(.maximumLikelihood)))
  }
}

/// Selection by size, by significance, and what an analysis cannot rule out.
@Suite struct SensitivityTests {
  private let reference: SensitivityReference
  private var studies: BiasStudies { reference.studies }

  init() throws { reference = try SensitivityReference.load() }

  private func changed(_ scale: Double, reversed: Bool = false) -> BiasStudies {
    let order = reversed ? Array(reference.yi.indices.reversed()) : Array(reference.yi.indices)
    return BiasStudies(
      yi: order.map { scale * reference.yi[$0] }, vi: order.map { scale * scale * reference.vi[$0] },
      model: studies.model)
  }

  @Test func copasMaximaAreThoseOfTheDefinition() throws {
    for row in reference.copas {
      let fit = try CopasModel.fit(studies, gamma0: row.gamma0, gamma1: row.gamma1, side: .left)
      expectClose(fit.pooled.value, row.mu, relative: 1e-9, "mu")
      expectClose(fit.correlation, row.rho, relative: 1e-8, "rho")
      expectClose(fit.tauSquared, row.tau2, relative: 1e-8, "tau2")
      expectClose(fit.logLikelihood, row.loglik, relative: 1e-10, "log-likelihood")
      expectClose(fit.pooled.standardError, row.se, relative: 1e-8, "se")
    }
  }

  @Test func copasTurnsWithTheSign() throws {
    let left = try CopasModel.fit(studies, gamma0: 0.5, gamma1: 0.1, side: .left)
    let right = try CopasModel.fit(changed(-1, reversed: true), gamma0: 0.5, gamma1: 0.1, side: .right)
    expectClose(right.pooled.value, -left.pooled.value, relative: 1e-9)
    expectClose(right.correlation, -left.correlation, relative: 1e-8)
    // γ₁ is in the unit of the standard errors.
    let scaled = try CopasModel.fit(changed(10), gamma0: 0.5, gamma1: 1, side: .left)
    expectClose(scaled.pooled.value, 10 * left.pooled.value, relative: 1e-9)
    expectClose(scaled.residualP, left.residualP, relative: 1e-6)
  }

  /// Where every study is seen the model is that without selection.
  @Test func copasWithoutSelectionIsThePool() throws {
    let fit = try CopasModel.fit(studies, gamma0: 12, gamma1: 0, side: .left)
    let pool = try studies.model.fit(yi: studies.yi, vi: studies.vi)
    expectClose(fit.pooled.value, pool.coefficients[0].value, relative: 1e-8)
    expectClose(fit.unpublished, 0, absolute: 1e-20)
  }

  @Test func pUniformStarMaximaAreThoseOfTheDefinition() throws {
    let fit = try PUniformStar(studies)
    expectClose(fit.pooled.value, reference.pUniform.mu, relative: 1e-9)
    expectClose(fit.tauSquared, reference.pUniform.tau2, relative: 1e-8)
    expectClose(fit.pooled.standardError, reference.pUniform.se, relative: 1e-8)
    expectClose(fit.logLikelihood, reference.pUniform.loglik, relative: 1e-10)
    expectClose(fit.statistic, reference.pUniform.lrt, relative: 1e-8)
    #expect(fit.pooled.interval.lower < fit.pooled.value && fit.pooled.value < fit.pooled.interval.upper)
    let turned = try PUniformStar(changed(-1, reversed: true), alternative: .less)
    expectClose(turned.pooled.value, -fit.pooled.value, relative: 1e-9)
    expectClose(turned.pooled.interval.lower, -fit.pooled.interval.upper, relative: 1e-8)
    #expect(throws: FitError.self) { try PUniformStar(studies, alternative: .less) }
    #expect(throws: FitError.self) { try PUniformStar(studies, alternative: .twoSided) }
  }

  @Test func truncatedBetaIsThatOfTheDefinition() throws {
    let want = reference.truncatedBeta
    let function = try SelectionFunction.truncatedBeta(want.low, want.high)
    let model = try SelectionModel(studies, form: .smooth(function))
    expectClose(model.logLikelihood, want.loglik, relative: 1e-10)
    expectClose(model.pooled.value, want.mu, relative: 1e-6)
    expectClose(model.tauSquared ?? .nan, want.tau2, relative: 1e-6)
    for (got, delta) in zip(model.weights, want.delta) { expectClose(got.estimate, delta, relative: 1e-6) }
    #expect(throws: FitError.self) { try SelectionFunction.truncatedBeta(0.5, 0.2) }
  }

  @Test func pCurveIsThatOfTheDefinition() throws {
    let curve = try PCurve(studies)
    expectClose(curve.full.statistic ?? .nan, reference.pCurve.full, relative: 1e-10)
    expectClose(curve.half.statistic ?? .nan, reference.pCurve.half, relative: 1e-10)
    expectClose(curve.flatFull.statistic ?? .nan, reference.pCurve.flatFull, relative: 1e-8)
    expectClose(curve.flatHalf.statistic ?? .nan, reference.pCurve.flatHalf, relative: 1e-8)
    expectClose(curve.bins.reduce(0, +), 1)
    #expect(curve.isEvidential)
    let none = BiasStudies(yi: [0.1, 0.2], vi: [1, 1])
    #expect(throws: FitError.self) { try PCurve(none) }
  }

  @Test func missingOutcomesFollowTheDeltaMethod() throws {
    for row in reference.missing {
      let outcomes = try MissingOutcomes(
        table: TwoByTwoColumns(a: [row.cells[0]], b: [row.cells[1]], c: [row.cells[2]], d: [row.cells[3]]),
        missing1: [row.missing[0]], missing2: [row.missing[1]])
      for (measure, want) in [("RR", row.RR), ("OR", row.OR)] {
        let effects = try outcomes.effects(measure: measure, .imor(row.imor[0], row.imor[1]), eventIsBad: true)
        expectClose(effects.yi[0], want[0], relative: 1e-12, measure)
        expectClose(effects.vi[0], want[1], relative: 1e-12, measure)
      }
    }
  }

  /// All missing without, or all with, an event: the tables of everyone randomised.
  @Test func imputedCasesAreTablesOfEveryone() throws {
    let outcomes = try MissingOutcomes(
      table: TwoByTwoColumns(a: [29], b: [18], c: [20], d: [14]), missing1: [22], missing2: [34])
    let none = try outcomes.effects(measure: "RR", .noEvents, eventIsBad: true)
    expectClose(none.yi[0], log(29.0 / 69 / (20.0 / 68)))
    expectClose(none.vi[0], 1.0 / 29 - 1.0 / 69 + 1.0 / 20 - 1.0 / 68)
    let all = try outcomes.effects(measure: "RR", .allEvents, eventIsBad: true)
    expectClose(all.yi[0], log(51.0 / 69 / (54.0 / 68)))
    expectClose(all.vi[0], 1.0 / 51 - 1.0 / 69 + 1.0 / 54 - 1.0 / 68, relative: 1e-11)
    let best = try outcomes.effects(measure: "RD", .best, eventIsBad: true)
    expectClose(best.yi[0], 29.0 / 69 - 54.0 / 68)
    let worst = try outcomes.effects(measure: "RD", .best, eventIsBad: false)
    expectClose(worst.yi[0], 51.0 / 69 - 20.0 / 68)
    let own = try outcomes.effects(measure: "RR", .ownRisk, eventIsBad: true)
    let observed = try outcomes.effects(measure: "RR", .completeCases, eventIsBad: true)
    expectClose(own.yi[0], observed.yi[0])
    expectClose(own.vi[0], observed.vi[0])
    #expect(throws: FitError.self) { try outcomes.effects(measure: "SMD", .noEvents, eventIsBad: true) }
    #expect(throws: FitError.self) {
      try MissingOutcomes(table: outcomes.table, missing1: [-1], missing2: [0])
    }
  }
}

/// Robustness of a pooled result.
@Suite struct RobustnessTests {
  private static let studies = BiasStudies(yi: DiagnosticsData.yi, vi: DiagnosticsData.vi)

  /// RR 3.9 (1.8 to 8.7): 7.3 and 3.0; RR 0.80 (0.71 to 0.91): 1.8 and 1.4 (VanderWeele and Ding 2017, quoted from
  /// memory, to half a printed digit).
  @Test(arguments: [(3.9, 1.8, 8.7, 7.26, 3.0), (0.80, 0.71, 0.91, 1.81, 1.43)])
  func eValueOfThePaper(_ row: (Double, Double, Double, Double, Double)) throws {
    let pooled = Estimate(
      value: log(row.0), standardError: 0.1, statistic: nil, degreesOfFreedom: nil, pValue: nil, logPValue: nil,
      interval: Interval(lower: log(row.1), upper: log(row.2), level: 0.95))
    let value = try EValue(pooled, tauSquared: nil, scale: .riskRatio)
    expectClose(value.estimateValue, row.3, absolute: 0.05)
    expectClose(value.limitValue, row.4, absolute: 0.05)
    #expect(value.confounding == nil)
  }

  @Test func eValueIsOneAcrossTheNull() throws {
    let pooled = Estimate(
      value: 0.2, standardError: 0.2, statistic: nil, degreesOfFreedom: nil, pValue: nil, logPValue: nil,
      interval: Interval(lower: -0.2, upper: 0.6, level: 0.95))
    let value = try EValue(pooled, tauSquared: 0.04, scale: .oddsRatio)
    #expect(value.limitValue == 1)
    // √OR: half of the logarithm.
    let ratio = exp(0.1)
    expectClose(value.estimateValue, ratio + (ratio * (ratio - 1)).squareRoot())
    // T = exp(Φ⁻¹(0.9)·τ/2 + 0.1 − log 1.1).
    let factor = exp(1.2815515655446004 * 0.1 + 0.1 - log(1.1))
    expectClose(value.biasFactor ?? .nan, factor, relative: 1e-8)
    expectClose(value.confounding ?? .nan, factor + (factor * (factor - 1)).squareRoot(), relative: 1e-7)
  }

  /// For equal effects the ratio that leaves nothing has a closed form.
  @Test func worstCaseRatioInClosedForm() throws {
    var studies = BiasStudies(yi: [0.9, 0.7, -0.2, -0.1], vi: [0.04, 0.05, 0.1, 0.2])
    studies.model.method = .equalEffects
    let result = try WorstCase(studies)
    #expect(result.affirmative == [true, true, false, false])
    let ratio = (0.9 / 0.04 + 0.7 / 0.05) / (0.2 / 0.1 + 0.1 / 0.2)
    expectClose(result.estimateRatio ?? .nan, ratio, relative: 1e-10)
    #expect((result.limitRatio ?? .infinity) < ratio)
    let last = try #require(result.rows.last?.estimate)
    expectClose(last.value, result.nonaffirmative.coefficients[0].value)
    // Two studies with weights 10 and 5: by hand, see `RobustMean`.
    let residuals = (-0.2 + 2.5 / 15, -0.1 + 2.5 / 15)
    let variance = 4.0 / 9 * residuals.0 * residuals.0 * 3 + 1.0 / 9 * residuals.1 * residuals.1 * 1.5
    expectClose(last.standardError, variance.squareRoot(), relative: 1e-12)
    studies.yi = studies.yi.map { -$0 }
    expectClose(try WorstCase(studies).estimateRatio ?? .nan, ratio, relative: 1e-10)
    #expect(throws: FitError.self) { try WorstCase(BiasStudies(yi: [1, 2], vi: [0.01, 0.01])) }
  }

  /// k = m: φ(Φ⁻¹(½)) = 1/√(2π), times 2, times the ratio of sums.
  @Test func outcomeReportingBoundInClosedForm() throws {
    var studies = Self.studies
    studies.model.method = .equalEffects
    let bound = try OutcomeReportingBound(studies, unreported: [13])
    let scale =
      studies.vi.reduce(0) { $0 + 1 / $1.squareRoot() } / studies.vi.reduce(0) { $0 + 1 / $1 }
    expectClose(bound.rows[1].bias, 2 * 0.3989422804014327 * scale)
    #expect(bound.rows[0].bias == 0 && bound.side == .right)
    expectClose(bound.rows[1].estimate.value, bound.rows[0].estimate.value + bound.rows[1].bias)
    let more = try OutcomeReportingBound(studies, unreported: [1, 2, 5, 20])
    #expect(zip(more.rows, more.rows.dropFirst()).allSatisfy { $0.bias < $1.bias })
  }

  private static func logOddsRatios(_ table: TwoByTwoColumns) -> (yi: [Double], vi: [Double])? {
    var (yi, vi) = ([Double](), [Double]())
    for i in table.a.indices {
      let half = table.hasZero(i) ? 0.5 : 0
      let (a, b, c, d) = (table.a[i] + half, table.b[i] + half, table.c[i] + half, table.d[i] + half)
      yi.append(log(a * d / (b * c)))
      vi.append(1 / a + 1 / b + 1 / c + 1 / d)
    }
    return (yi, vi)
  }

  /// One trial: its index is that of a single table, found by trying every number of added events.
  @Test func fragilityOfOneTrial() throws {
    let model = PoolingModel(method: .equalEffects)
    let table = TwoByTwoColumns(a: [5], b: [95], c: [20], d: [80])
    let result = try FragilityIndex(table, model: model, effects: Self.logOddsRatios)
    #expect(result.wasSignificant)
    var fewest = Int.max
    for added in 0...20 {
      for removed in 0...20 {
        let changed = TwoByTwoColumns(
          a: [5 + Double(added)], b: [95 - Double(added)], c: [20 - Double(removed)], d: [80 + Double(removed)])
        let (yi, vi) = try #require(Self.logOddsRatios(changed))
        if try model.fit(yi: yi, vi: vi).coefficients[0].interval.upper > 0 { fewest = min(fewest, added + removed) }
      }
    }
    #expect(result.count == fewest)
  }

  @Test func fragilityTurnsEveryConclusion() throws {
    let table = TwoByTwoColumns(a: [4, 6, 3], b: [119, 300, 228], c: [11, 29, 11], d: [128, 274, 209])
    let model = PoolingModel(method: .random(.derSimonianLaird))
    let first = try FragilityIndex(table, model: model, effects: Self.logOddsRatios)
    #expect(first.wasSignificant)
    #expect(first.estimate.interval.upper > 0)
    // The changed tables are one change away from significance.
    let turned = first.changes.reduce(into: table) { table, change in
      let step: Double = change.addsEvent ? 1 : -1
      if change.group == 1 {
        table.a[change.study] += step
        table.b[change.study] -= step
      } else {
        table.c[change.study] += step
        table.d[change.study] -= step
      }
    }
    let back = try FragilityIndex(turned, model: model, effects: Self.logOddsRatios)
    #expect(!back.wasSignificant && back.count == 1)
    // Without events there is nothing to change.
    let empty = TwoByTwoColumns(a: [0], b: [3], c: [0], d: [3])
    #expect(throws: FitError.self) {
      try FragilityIndex(empty, model: model) { _ in nil }
    }
  }

  /// Values with the file drawer printed in metafor's manual (fsn, BCG vaccine, REML): at 25 added studies −0.2172, 0.4228 and
  /// P 0.0513; at 137 −0.0511, 0.3518 and P 0.3094. The counts printed there, 26 and 138, are one above.
  @Test func generalFailSafeNumberIsThatOfTheManual() throws {
    let result = try #require(FailSafe(word: "general")).run(Self.studies)
    #expect(result.count == 25)
    let search = try GeneralFailSafe(Self.studies)
    expectClose(search.test(25).estimate, -0.2172, absolute: 0.00006)
    expectClose(search.tauSquared(25), 0.4228, absolute: 0.00006)
    expectClose(search.test(25).pValue, 0.0513, absolute: 0.00006)
    expectClose(search.test(137).estimate, -0.0511, absolute: 0.00006)
    expectClose(search.tauSquared(137), 0.3518, absolute: 0.00006)
    // The effects here are rounded to four decimals.
    expectClose(search.test(137).pValue, 0.3094, absolute: 0.0001)
  }
}
