import Foundation
import NumericCore
import Synthesis
import TestSupport
import Testing

/// Properties that every estimator of τ² has.
@Suite("Pooling: every τ² estimator")
struct PoolingEstimatorTests {
  static let estimators = TauSquaredEstimator.all
  private let data = PublishedData.bcgLogOddsRatios
  private let weights = PublishedData.bcgCells.map { $0.0 + $0.1 + $0.2 + $0.3 }.map { $0.squareRoot() }

  private func fit(
    _ estimator: TauSquaredEstimator, _ yi: [Double], _ vi: [Double], weights: [Double]? = nil
  ) throws -> Fit {
    try PoolingModel(method: .random(estimator)).fit(
      yi: yi, vi: vi, weights: estimator.needsWeights ? weights ?? self.weights : nil)
  }

  @Test("y → cy and v → c²v: τ² → c²τ², μ → cμ, I² stays", arguments: estimators)
  func scaling(_ estimator: TauSquaredEstimator) throws {
    let base = try fit(estimator, data.yi, data.vi)
    for c in [1e-6, 0.37, 1e5] {
      let scaled = try fit(estimator, data.yi.map { c * $0 }, data.vi.map { c * c * $0 })
      let tau2 = try #require(scaled.heterogeneity.tauSquared)
      expectClose(tau2, c * c * (base.heterogeneity.tauSquared ?? .nan), relative: 1e-10, "τ² × \(c)")
      expectClose(
        scaled.heterogeneity.tauSquaredStandardError ?? .nan,
        c * c * (base.heterogeneity.tauSquaredStandardError ?? 0), relative: 1e-10, "se of τ² × \(c)")
      expectClose(scaled.coefficients[0].value, c * base.coefficients[0].value, relative: 1e-10, "μ × \(c)")
      expectClose(scaled.heterogeneity.iSquared ?? .nan, base.heterogeneity.iSquared ?? 0, relative: 1e-10, "I²")
    }
  }

  @Test("Order and sign of the studies do not matter, a shift moves μ alone", arguments: estimators)
  func invariance(_ estimator: TauSquaredEstimator) throws {
    let base = try fit(estimator, data.yi, data.vi)
    let tau2 = try #require(base.heterogeneity.tauSquared)
    let order = [4, 0, 12, 7, 2, 9, 1, 11, 3, 6, 10, 5, 8]
    let permuted = try fit(
      estimator, order.map { data.yi[$0] }, order.map { data.vi[$0] }, weights: order.map { weights[$0] })
    expectClose(permuted.heterogeneity.tauSquared ?? .nan, tau2, relative: 1e-11, "permuted")
    expectClose(permuted.coefficients[0].value, base.coefficients[0].value, relative: 1e-11, "permuted μ")
    let flipped = try fit(estimator, data.yi.map { -$0 }, data.vi)
    expectClose(flipped.heterogeneity.tauSquared ?? .nan, tau2, relative: 1e-12, "flipped")
    expectClose(flipped.coefficients[0].value, -base.coefficients[0].value, relative: 1e-12, "flipped μ")
    let shifted = try fit(estimator, data.yi.map { $0 + 3 }, data.vi)
    expectClose(shifted.heterogeneity.tauSquared ?? .nan, tau2, relative: 1e-11, "shifted")
    expectClose(shifted.coefficients[0].value, base.coefficients[0].value + 3, relative: 1e-12, "shifted μ")
  }

  @Test("Equal estimates: τ² = 0 and I² = 0; one study: no heterogeneity", arguments: estimators)
  func degenerate(_ estimator: TauSquaredEstimator) throws {
    let equal = try fit(
      estimator, [Double](repeating: 0.25, count: 5), [0.1, 0.02, 0.3, 0.04, 0.07], weights: [1, 2, 3, 4, 5])
    #expect(equal.heterogeneity.tauSquared == 0)
    #expect(equal.heterogeneity.iSquared == 0)
    expectClose(equal.coefficients[0].value, 0.25, relative: 1e-14, "μ")
    #expect(equal.notes.contains { $0.code == "tau2-zero" })
    let single = try fit(estimator, [0.42], [0.0169], weights: [2])
    #expect(single.heterogeneity.tauSquared == nil && single.heterogeneity.q == nil && single.prediction == nil)
    expectClose(single.coefficients[0].standardError, 0.13, relative: 1e-14, "se of one study")
    #expect(single.inference == "normal")
  }

  @Test("With equal variances the estimators take their closed forms", arguments: estimators)
  func equalVariances(_ estimator: TauSquaredEstimator) throws {
    let yi = [0.3, -0.5, 1.2, 0.8, 0.1, 0.9, -0.2]
    let k = Double(yi.count)
    let mean = yi.reduce(0, +) / k
    let squares = yi.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let v = 0.11
    let unbiased = squares / (k - 1) - v
    let wanted: [String: Double] = [
      "ML": squares / k - v, "HS": squares / k - v, "SJ": squares / k * (squares / (squares / k + v)) / (k - 1),
      "PMM": squares / 5.348120627447122 - v,
    ]
    let got = try fit(estimator, yi, yi.map { _ in v }, weights: yi.map { _ in 3 }).heterogeneity.tauSquared
    let want = estimator.code == "GENQM" ? wanted["PMM"] : wanted[estimator.code] ?? unbiased
    expectClose(got ?? .nan, want ?? .nan, relative: 1e-10, estimator.code)
  }

  @Test("Estimators that solve one equation agree: PM, EB, DLIT, SJIT")
  func sameEquation() throws {
    let pm = try #require(try fit(.pauleMandel, data.yi, data.vi).heterogeneity.tauSquared)
    for estimator in [TauSquaredEstimator.empiricalBayes, .iteratedDerSimonianLaird, .iteratedSidikJonkman] {
      expectClose(
        try fit(estimator, data.yi, data.vi).heterogeneity.tauSquared ?? .nan, pm, relative: 1e-14, estimator.code)
    }
  }

  @Test("GENQ with weights 1/v is DL, with equal weights HE; the two-step form is GENQ with the weights of DL")
  func generalised() throws {
    let dl = try fit(.derSimonianLaird, data.yi, data.vi)
    let asDL = try fit(.generalizedQ, data.yi, data.vi, weights: data.vi.map { 1 / $0 })
    let tau2 = try #require(dl.heterogeneity.tauSquared)
    expectClose(asDL.heterogeneity.tauSquared ?? .nan, tau2, relative: 1e-12, "DL")
    expectClose(
      asDL.heterogeneity.tauSquaredStandardError ?? .nan, dl.heterogeneity.tauSquaredStandardError ?? 0,
      relative: 1e-12, "se of DL")
    let he = try fit(.hedges, data.yi, data.vi)
    let asHE = try fit(.generalizedQ, data.yi, data.vi, weights: data.vi.map { _ in 7 })
    expectClose(
      asHE.heterogeneity.tauSquared ?? .nan, he.heterogeneity.tauSquared ?? 0, relative: 1e-12, "HE")
    let two = try fit(.twoStepDerSimonianLaird, data.yi, data.vi)
    let asTwo = try fit(.generalizedQ, data.yi, data.vi, weights: data.vi.map { 1 / ($0 + tau2) })
    expectClose(
      asTwo.heterogeneity.tauSquared ?? .nan, two.heterogeneity.tauSquared ?? 0, relative: 1e-12, "two-step")
    expectClose(
      asTwo.heterogeneity.tauSquaredStandardError ?? .nan, two.heterogeneity.tauSquaredStandardError ?? 0,
      relative: 1e-11, "se of two-step")
  }

  @Test("Codes are unique and found again, whatever the letter case")
  func registry() throws {
    let codes = PoolingMethod.all.map(\.code)
    #expect(Set(codes.map { $0.lowercased() }).count == codes.count)
    for method in PoolingMethod.all {
      #expect(PoolingMethod(code: method.code) == method)
      #expect(PoolingMethod(code: method.code.lowercased()) == method)
    }
    #expect(PoolingMethod(code: "XX") == nil)
    for inference in Inference.allCases { #expect(Inference(word: inference.word) == inference) }
    for method in TauSquaredIntervalMethod.all { #expect(TauSquaredIntervalMethod(word: method.word) == method) }
    for method in PredictionMethod.all { #expect(PredictionMethod(word: method.word) == method) }
  }
}
