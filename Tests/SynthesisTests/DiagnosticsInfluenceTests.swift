import Foundation
import NumericCore
import Synthesis
import TestSupport
import Testing

@Suite("Diagnostics: influence, Baujat, outliers, profile")
struct DiagnosticsInfluenceTests {
  private func influence(_ studies: DiagnosticStudies, _ model: PoolingModel) throws -> [InfluenceRow] {
    try InfluenceAnalysis(model: model, studies: studies, fit: studies.fit(model)).rows(0..<studies.count)
  }

  static let models: [PoolingModel] = [
    PoolingModel(), PoolingModel(method: .equalEffects),
    PoolingModel(method: .random(.derSimonianLaird), inference: .t),
    PoolingModel(method: .random(.pauleMandel), inference: .hartungKnapp),
  ]

  @Test(arguments: models.indices, [false, true])
  func leveragesSumToTheCoefficients(model: Int, withLatitude: Bool) throws {
    let rows = try influence(DiagnosticsData.trials(withLatitude: withLatitude), Self.models[model])
    expectClose(rows.reduce(0) { $0 + $1.leverage }, withLatitude ? 2 : 1, relative: 1e-12)
    expectClose(rows.reduce(0) { $0 + $1.weight }, 100, relative: 1e-12)
    #expect(rows.allSatisfy { $0.dfbetas.count == (withLatitude ? 2 : 1) })
  }

  @Test(arguments: models.indices, [false, true])
  func residualsAreThoseOfDeletedFits(model: Int, withLatitude: Bool) throws {
    let studies = DiagnosticsData.trials(withLatitude: withLatitude)
    let rows = try influence(studies, Self.models[model])
    let design = studies.design ?? Matrix(rows: 13, columns: 1, repeating: 1)
    let wanted = Self.models[model].deletedResiduals(
      yi: studies.yi, vi: studies.vi, design: design, terms: studies.terms)
    for i in rows.indices {
      expectClose(rows[i].rstudent, wanted[i]?.studentized ?? .nan, relative: 1e-10, "study \(i)")
    }
  }

  /// With an intercept alone DFBETAS and Cook's distance are the change of the estimate in two standard errors, and the short way
  /// must agree with the way of models with moderators, which a column of ones in a wider design takes.
  @Test(arguments: models.indices)
  func interceptAloneAgreesWithItsDefinition(model: Int) throws {
    let studies = DiagnosticsData.trials()
    let fit = try studies.fit(Self.models[model])
    let rows = try influence(studies, Self.models[model])
    for i in rows.indices {
      let rest = try studies.without(i).fit(Self.models[model])
      let change = fit.coefficients[0].value - rest.coefficients[0].value
      let tau2 = rest.heterogeneity.tauSquared ?? 0
      let sumW = studies.vi.reduce(0) { $0 + 1 / ($1 + tau2) }
      let scale = rest.varianceScale ?? 1
      expectClose(rows[i].dfbetas[0], change / (scale / sumW).squareRoot(), relative: 1e-9)
      expectClose(rows[i].cooksDistance, pow(change / fit.coefficients[0].standardError, 2), relative: 1e-9)
      expectClose(
        rows[i].dffits, change / (scale * rows[i].leverage * (studies.vi[i] + tau2)).squareRoot(), relative: 1e-9)
      expectClose(rows[i].tauSquaredDeleted, tau2, relative: 1e-10, absolute: 1e-14)
      expectClose(rows[i].qDeleted, rest.heterogeneity.q ?? .nan, relative: 1e-11)
      expectClose(rows[i].covarianceRatio, rest.covariance[0, 0] / fit.covariance[0, 0], relative: 1e-9)
    }
  }

  @Test(arguments: [false, true])
  func orderSignAndUnitsDoNotMatter(withLatitude: Bool) throws {
    let studies = DiagnosticsData.trials(withLatitude: withLatitude)
    let rows = try influence(studies, PoolingModel())
    let reversed = try influence(studies.selecting(Array((0..<13).reversed())), PoolingModel())
    let other = DiagnosticStudies(
      yi: studies.yi.map { -7 * $0 }, vi: studies.vi.map { 49 * $0 }, design: studies.design, terms: studies.terms)
    let scaled = try influence(other, PoolingModel())
    for i in rows.indices {
      for (got, sign) in [(reversed[12 - i], 1.0), (scaled[i], -1.0)] {
        expectClose(got.rstudent, sign * rows[i].rstudent, relative: 1e-9)
        expectClose(got.dffits, sign * rows[i].dffits, relative: 1e-9, absolute: 1e-12)
        expectClose(got.cooksDistance, rows[i].cooksDistance, relative: 1e-8, absolute: 1e-12)
        expectClose(got.covarianceRatio, rows[i].covarianceRatio, relative: 1e-9)
        expectClose(got.leverage, rows[i].leverage, relative: 1e-10)
        #expect(got.isInfluential == rows[i].isInfluential)
      }
    }
  }

  @Test func manyStudiesShareTheirSums() throws {
    let studies = DiagnosticsData.many(240, tau2: 0.15, seed: 9)
    let wide = DiagnosticStudies(
      yi: studies.yi, vi: studies.vi, weights: nil)
    let rows = try influence(wide, PoolingModel(inference: .hartungKnapp))
    let wanted = PoolingModel(inference: .hartungKnapp).deletedResiduals(
      yi: studies.yi, vi: studies.vi, design: Matrix(rows: 240, columns: 1, repeating: 1), terms: ["intercept"])
    for i in stride(from: 0, to: 240, by: 17) {
      expectClose(rows[i].rstudent, wanted[i]?.studentized ?? .nan, relative: 1e-9, "study \(i)")
    }
  }

  /// Without the only study of its level the model has no such coefficient.
  @Test func aStudyThatAloneCarriesACoefficientHasNoRow() throws {
    let ones = [Double](repeating: 1, count: 13)
    let level = (0..<13).map { $0 == 4 ? 1.0 : 0.0 }
    let studies = DiagnosticStudies(
      yi: DiagnosticsData.yi, vi: DiagnosticsData.vi, design: Matrix(columns: [ones, level]),
      terms: ["intercept", "level"])
    let rows = try influence(studies, PoolingModel())
    #expect(rows[4].rstudent.isNaN && rows[4].cooksDistance.isNaN)
    expectClose(rows[4].leverage, 1, relative: 1e-12)
    #expect(rows[4].isInfluential)
    #expect(rows[3].rstudent.isFinite)
  }

  @Test func contributionsAndBaujatPointsSumToQ() throws {
    for withLatitude in [false, true] {
      let studies = DiagnosticsData.trials(withLatitude: withLatitude)
      let model = PoolingModel(method: .equalEffects)
      let fit = try studies.fit(model)
      let q = try #require(fit.heterogeneity.q)
      let parts = try HeterogeneityContribution.all(studies)
      expectClose(parts.reduce(0) { $0 + $1.q }, q, relative: 1e-12)
      expectClose(parts.reduce(0) { $0 + ($1.share ?? 0) }, 1, relative: 1e-12)
      let points = try BaujatAnalysis(model: model, studies: studies, fit: fit).points(0..<13)
      expectClose(points.reduce(0) { $0 + $1.contribution }, q, relative: 1e-12)
      let without = try studies.without(6).fit(model)
      if !withLatitude {
        let shift = (fit.coefficients[0].value - without.coefficients[0].value) / without.coefficients[0].standardError
        expectClose(points[6].influence, shift * shift, relative: 1e-10)
      }
    }
  }

  @Test func aPlantedOutlierIsFoundAndNoOther() throws {
    var yi = (0..<20).map { 0.2 + 0.01 * Double($0 % 5) }
    yi[13] = 2
    let studies = DiagnosticStudies(yi: yi, vi: [Double](repeating: 0.04, count: 20))
    let model = PoolingModel()
    let fit = try studies.fit(model)
    let found = try Outlier.all(influence(studies, model), studies: studies, fit: fit)
    #expect(found.indices.filter { found[$0].hasLargeResidual } == [13])
    #expect(found.indices.filter { found[$0].isApart == true } == [13])
    #expect(found[13].adjustedPValue < 1e-6)
    #expect(found.allSatisfy { $0.adjustedPValue >= $0.pValue })
  }

  @Test func theProfileIsHighestAtTheEstimate() throws {
    for (method, withLatitude) in [
      (PoolingMethod.random(.reml), false), (.random(.maximumLikelihood), true), (.random(.reml), true),
    ] {
      let studies = DiagnosticsData.trials(withLatitude: withLatitude)
      let model = PoolingModel(method: method)
      let fit = try studies.fit(model)
      let profile = try TauSquaredProfile(model: model, studies: studies)
      expectClose(profile.maximum.tauSquared, try #require(fit.heterogeneity.tauSquared), relative: 1e-9)
      expectClose(profile.maximum.logLikelihood, try #require(fit.likelihood?.logLikelihood), relative: 1e-12)
      expectClose(profile.maximum.logLikelihood - profile.cutoff, 0.5 * 3.841458820694124, relative: 1e-10)
      #expect(profile.points.allSatisfy { $0.logLikelihood <= profile.maximum.logLikelihood })
      #expect(
        profile.points.allSatisfy { point in
          let isInside = point.tauSquared >= profile.interval.lower && point.tauSquared <= profile.interval.upper
          return isInside == (point.logLikelihood >= profile.cutoff)
        })
    }
  }

  @Test func whatCannotBeIsRefused() throws {
    let one = DiagnosticStudies(yi: [0.3], vi: [0.1])
    let fit = try one.fit(PoolingModel())
    #expect(throws: FitError.self) { try InfluenceAnalysis(model: PoolingModel(), studies: one, fit: fit) }
    #expect(throws: FitError.self) { try BaujatAnalysis(model: PoolingModel(), studies: one, fit: fit) }
    #expect(throws: FitError.self) {
      try InfluenceAnalysis(model: PoolingModel(), studies: DiagnosticsData.trials(), fit: fit)
    }
    #expect(throws: FitError.self) {
      try TauSquaredProfile(model: PoolingModel(method: .equalEffects), studies: DiagnosticsData.trials())
    }
    #expect(throws: FitError.self) {
      try TauSquaredProfile(model: PoolingModel(fixedTauSquared: 0.1), studies: DiagnosticsData.trials())
    }
    #expect(throws: FitError.self) { try TauSquaredProfile(model: PoolingModel(), studies: one) }
  }
}
