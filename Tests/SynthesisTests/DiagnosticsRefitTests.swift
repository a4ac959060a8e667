import Foundation
import NumericCore
import Synthesis
import TestSupport
import Testing

@Suite("Diagnostics: leave-one-out and cumulative results")
struct DiagnosticsRefitTests {
  /// The row says what the fit of the same studies says.
  private func expectSame(_ row: RefitRow, _ fit: Fit, relative: Double, _ what: String) {
    let want = RefitRow(fit)
    #expect(row.k == want.k)
    let pairs: [(String, Double?, Double?)] = [
      ("estimate", row.estimate, want.estimate), ("se", row.standardError, want.standardError),
      ("statistic", row.statistic, want.statistic), ("p", row.pValue, want.pValue), ("lower", row.lower, want.lower),
      ("upper", row.upper, want.upper), ("q", row.q, want.q), ("q_p", row.qPValue, want.qPValue),
      ("tau2", row.tauSquared, want.tauSquared), ("i2", row.iSquared, want.iSquared),
      ("h2", row.hSquared, want.hSquared),
    ]
    for (name, got, wanted) in pairs {
      expectClose(got ?? .nan, wanted ?? .nan, relative: relative, absolute: 1e-11, "\(what) \(name)")
    }
  }

  @Test(arguments: PoolingMethod.all.filter { $0.tauSquared?.needsWeights != true }.map(\.code))
  func leavingOneOutIsTheRefitOfTheOthers(code: String) throws {
    let method = try #require(PoolingMethod(code: code))
    let model = PoolingModel(method: method, inference: .hartungKnapp)
    let studies = DiagnosticsData.trials()
    let rows = try LeaveOneOut(model: model, studies: studies).rows(0..<studies.count)
    for i in 0..<studies.count {
      expectSame(rows[i], try studies.without(i).fit(model), relative: 1e-12, "\(code) without \(i)")
    }
  }

  /// Above 200 studies the refits share their sums; the answer must not show it.
  @Test(arguments: PoolingMethod.all.filter { $0.tauSquared?.needsWeights != true }.map(\.code))
  func sharedSumsGiveTheSameRows(code: String) throws {
    let method = try #require(PoolingMethod(code: code))
    let model = PoolingModel(method: method, inference: .hartungKnapp)
    for (tau2, seed) in [(0.2, 1), (0.0, 2)] as [(Double, UInt64)] {
      let studies = DiagnosticsData.many(300, tau2: tau2, seed: seed)
      let rows = try LeaveOneOut(model: model, studies: studies).rows(0..<studies.count)
      for i in stride(from: 0, to: 300, by: 23) {
        expectSame(rows[i], try studies.without(i).fit(model), relative: 1e-8, "\(code) without \(i), tau2 \(tau2)")
      }
    }
  }

  /// A study that carries nearly all weight, and one that makes nearly all of Q, are left out without loss of digits.
  @Test func dominatingStudiesAreRefitted() throws {
    let drawn = DiagnosticsData.many(250, tau2: 0.1, seed: 3)
    var (yi, vi) = (drawn.yi, drawn.vi)
    vi[7] = 1e-9
    yi[11] = 1e5
    let studies = DiagnosticStudies(yi: yi, vi: vi)
    for method in [PoolingMethod.equalEffects, .random(.reml), .random(.derSimonianLaird), .random(.hedges)] {
      let model = PoolingModel(method: method)
      let rows = try LeaveOneOut(model: model, studies: studies).rows(0..<studies.count)
      for i in [3, 7, 11] {
        expectSame(rows[i], try studies.without(i).fit(model), relative: 1e-8, "\(method.code) without \(i)")
      }
    }
  }

  @Test func userWeightsAreKept() throws {
    let weights = DiagnosticsData.yi.indices.map { 1 + Double($0) }
    let studies = DiagnosticsData.trials(weights: weights)
    let model = PoolingModel()
    let rows = try LeaveOneOut(model: model, studies: studies).rows(0..<studies.count)
    expectSame(rows[4], try studies.without(4).fit(model), relative: 1e-13, "weighted")
  }

  @Test func oneStudyLeftHasNoHeterogeneity() throws {
    let two = DiagnosticStudies(yi: [0.1, 0.62], vi: [0.015, 0.022])
    let rows = try LeaveOneOut(model: PoolingModel(inference: .hartungKnapp), studies: two).rows(0..<2)
    #expect(rows[0].estimate == 0.62)
    expectClose(rows[0].standardError, 0.022.squareRoot(), relative: 1e-15)
    #expect(rows[0].q == nil && rows[0].tauSquared == nil && rows[0].iSquared == nil && rows[0].hSquared == nil)
  }

  @Test func accumulatingEndsWithAllStudies() throws {
    let studies = DiagnosticsData.trials()
    for model in [PoolingModel(), PoolingModel(method: .random(.pauleMandel), inference: .t, level: 0.9)] {
      let rows = try CumulativeAnalysis(model: model, studies: studies).rows(0..<studies.count)
      #expect(rows.map(\.k) == Array(1...13))
      #expect(rows[0].q == nil && rows[0].estimate == studies.yi[0])
      for last in [1, 5, 12] {
        expectSame(rows[last], try studies.selecting(Array(0...last)).fit(model), relative: 1e-12, "first \(last + 1)")
      }
    }
  }

  @Test func partsOfTheWorkAreTheWhole() throws {
    let studies = DiagnosticsData.many(260, tau2: 0.1, seed: 5)
    let analysis = try LeaveOneOut(model: PoolingModel(), studies: studies)
    let whole = analysis.rows(0..<260).map(\.estimate)
    #expect(whole == analysis.rows(0..<100).map(\.estimate) + analysis.rows(100..<260).map(\.estimate))
  }

  @Test func whatCannotBeIsRefused() {
    let one = DiagnosticStudies(yi: [0.3], vi: [0.1])
    #expect(throws: FitError.self) { try LeaveOneOut(model: PoolingModel(), studies: one) }
    #expect(throws: FitError.self) {
      try LeaveOneOut(model: PoolingModel(), studies: DiagnosticsData.trials(withLatitude: true))
    }
    #expect(throws: FitError.self) {
      try CumulativeAnalysis(model: PoolingModel(), studies: DiagnosticsData.trials(withLatitude: true))
    }
    #expect(throws: FitError.self) {
      try CumulativeAnalysis(model: PoolingModel(), studies: DiagnosticStudies(yi: [], vi: []))
    }
    #expect(throws: FitError.self) {
      try HeterogeneityContribution.all(DiagnosticStudies(yi: [0.1, .nan], vi: [1, 1]))
    }
  }
}
