import Foundation
import NumericCore
import Synthesis
import TestSupport
import Testing

@Suite("Pooling: inference, intervals, prediction")
struct PoolingInferenceTests {
  private let bcg = PublishedData.bcgLogOddsRatios
  private let expectancy = PublishedData.expectancy

  private func pooled(_ model: PoolingModel, _ yi: [Double], _ vi: [Double]) throws -> Estimate {
    try #require(model.fit(yi: yi, vi: vi).pooled)
  }

  @Test("Henmi–Copas against metafor 3.8-1, hc(rma(yi, vi, method = \"DL\"))")
  func henmiCopas() throws {
    // The search in hc() stops at about 1e-4 of τ² and 1e-5 of the quantile.
    let model = PoolingModel(method: .random(.derSimonianLaird), inference: .henmiCopas)
    let a = try pooled(model, expectancy.yi, expectancy.vi)
    expectClose(a.value, 0.0603655663352582, relative: 1e-12, "mean")
    expectClose(a.standardError, 0.0593464667031036, relative: 1e-12, "se")
    expectClose(a.interval.lower, -0.0684381996152511, relative: 1e-4, "lower")
    expectClose(a.interval.upper, 0.189169332285768, relative: 1e-4, "upper")
    #expect(a.pValue == nil && a.statistic == nil)
    let b = try pooled(model, bcg.yi, bcg.vi)
    expectClose(b.interval.lower, -1.19098189113887, relative: 1e-4, "lower")
    expectClose(b.interval.upper, 0.318703738866053, relative: 1e-4, "upper")
    let fit = try model.fit(yi: bcg.yi, vi: bcg.vi)
    expectClose(fit.weights[7] / fit.weights[0], bcg.vi[0] / bcg.vi[7], relative: 1e-12, "weights are 1/v")
  }

  @Test("Kenward–Roger: the formulas of Partlett and Riley 2017 by plain sums")
  func kenwardRoger() throws {
    let fit = try PoolingModel(inference: .kenwardRoger).fit(yi: bcg.yi, vi: bcg.vi)
    let tau2 = try #require(fit.heterogeneity.tauSquared)
    let w = bcg.vi.map { 1 / ($0 + tau2) }
    let (s1, s2, s3) = (w.reduce(0, +), w.reduce(0) { $0 + $1 * $1 }, w.reduce(0) { $0 + $1 * $1 * $1 })
    let information = s2 / 2 - s3 / s1 + (s2 / s1) * (s2 / s1) / 2
    let variance = (1 + 2 * (s3 / s1 - (s2 / s1) * (s2 / s1)) / information) / s1
    let row = try #require(fit.pooled)
    expectClose(row.standardError * row.standardError, variance, relative: 1e-12, "variance")
    expectClose(row.degreesOfFreedom ?? .nan, 2 * information / (variance * s2 * variance * s2), relative: 1e-12, "df")
    #expect(throws: FitError.self) {
      try PoolingModel(method: .random(.derSimonianLaird), inference: .kenwardRoger).fit(yi: bcg.yi, vi: bcg.vi)
    }
  }

  @Test("Hartung–Knapp floors: ad hoc never below 1, IQWiG only where the interval would be short")
  func floors() throws {
    let calm = (yi: [0.20, 0.22, 0.19, 0.21], vi: [0.04, 0.05, 0.06, 0.03])
    let plain = try PoolingModel(inference: .hartungKnapp).fit(yi: calm.yi, vi: calm.vi)
    let adHoc = try PoolingModel(inference: .hartungKnappAdHoc).fit(yi: calm.yi, vi: calm.vi)
    let iqwig = try PoolingModel(inference: .hartungKnappIQWiG).fit(yi: calm.yi, vi: calm.vi)
    let normal = try PoolingModel(inference: .normal).fit(yi: calm.yi, vi: calm.vi)
    #expect((plain.varianceScale ?? 1) < 1)
    #expect(plain.notes.contains { $0.code == "hartung-knapp-narrower" })
    #expect(adHoc.pooled?.standardError == normal.pooled?.standardError)
    #expect(iqwig.pooled?.standardError == adHoc.pooled?.standardError)
    let wild = try PoolingModel(method: .random(.derSimonianLaird), inference: .hartungKnappIQWiG)
      .fit(yi: bcg.yi, vi: bcg.vi)
    let wildPlain = try PoolingModel(method: .random(.derSimonianLaird), inference: .hartungKnapp)
      .fit(yi: bcg.yi, vi: bcg.vi)
    #expect(wild.pooled?.standardError == wildPlain.pooled?.standardError)
  }

  @Test("Profile likelihood of μ: at each end the best likelihood has dropped by half the χ² quantile")
  func profileLikelihood() throws {
    let model = PoolingModel(method: .random(.maximumLikelihood), inference: .profileLikelihood)
    let fit = try model.fit(yi: bcg.yi, vi: bcg.vi)
    let row = try #require(fit.pooled)
    let top = try #require(fit.likelihood?.logLikelihood)
    for end in [row.interval.lower, row.interval.upper] {
      var best = -Double.infinity
      for step in 0...20000 {
        let tau2 = 0.05 + Double(step) * 1e-4
        var l = 0.0
        for (y, v) in zip(bcg.yi, bcg.vi) {
          l -= 0.5 * (log(2 * Double.pi * (v + tau2)) + (y - end) * (y - end) / (v + tau2))
        }
        best = max(best, l)
      }
      expectClose(2 * (top - best), 3.841458820694124, relative: 1e-7, "drop at \(end)")
    }
    #expect(row.interval.lower < row.value && row.value < row.interval.upper)
    // Below the Wald interval of the same fit for so skewed a likelihood of τ².
    let wald = try pooled(PoolingModel(method: .random(.maximumLikelihood)), bcg.yi, bcg.vi)
    #expect(row.interval.upper - row.interval.lower > wald.interval.upper - wald.interval.lower)
  }

  @Test("Generalised Q intervals against Imhof's integral (scipy 1.x quad on eigenvalues, 1e-12)")
  func generalizedQ() throws {
    func ends(_ method: TauSquaredIntervalMethod, design: Bool = false) throws -> Interval {
      let model = PoolingModel(method: .random(.derSimonianLaird), tauSquaredInterval: method)
      let ones = [Double](repeating: 1, count: 13)
      let fit =
        design
        ? try model.fit(
          yi: bcg.yi, vi: bcg.vi,
          design: Matrix(rows: 13, columns: 2, storage: ones + PublishedData.bcgLatitude), terms: ["intercept", "lat"])
        : try model.fit(yi: bcg.yi, vi: bcg.vi)
      return try #require(fit.heterogeneity.tauSquaredInterval)
    }
    for (interval, lower, upper) in [
      (try ends(.biggerstaffJackson), 0.12249721050711923, 1.866990094336831),
      (try ends(.generalizedQ), 0.12249721050711923, 1.866990094336831),
      (try ends(.jackson), 0.13780608280154513, 1.2552257952794428),
      (try ends(.jackson, design: true), 0.005281503259336463, 0.4994732395207094),
    ] {
      expectClose(interval.lower, lower, relative: 1e-9, "lower")
      expectClose(interval.upper, upper, relative: 1e-9, "upper")
    }
    let median = try PoolingModel(method: .random(.medianUnbiasedGeneralizedQ))
      .fit(yi: bcg.yi, vi: bcg.vi, weights: bcg.vi.map { 1 / $0.squareRoot() })
    expectClose(median.heterogeneity.tauSquared ?? .nan, 0.38941233262857755, relative: 1e-9, "GENQM")
  }

  @Test(
    "With equal variances all Q intervals are the χ² interval, for k from 2 to 60", arguments: [2, 3, 4, 7, 19, 60])
  func equalVariances(_ k: Int) throws {
    let yi = (0..<k).map { 3 * sin(Double($0 * $0) + 0.3) }
    let v = 0.2
    let mean = yi.reduce(0, +) / Double(k)
    let squares = yi.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let law = try ChiSquared(degreesOfFreedom: Double(k - 1))
    let lower = max(0, squares / (try law.quantile(0.95)) - v)
    let upper = max(0, squares / (try law.quantile(0.05)) - v)
    for method in [TauSquaredIntervalMethod.qProfile, .generalizedQ, .biggerstaffJackson, .jackson] {
      let model = PoolingModel(level: 0.9, tauSquaredInterval: method)
      let interval = try #require(model.fit(yi: yi, vi: yi.map { _ in v }).heterogeneity.tauSquaredInterval)
      expectClose(interval.lower, lower, relative: 1e-9, absolute: 1e-12, "\(method.word) lower")
      expectClose(interval.upper, upper, relative: 1e-9, absolute: 1e-12, "\(method.word) upper")
    }
  }

  @Test("Wald intervals on three scales, and their limits at τ² = 0")
  func wald() throws {
    func interval(_ method: TauSquaredIntervalMethod) throws -> (Heterogeneity, Interval) {
      let h = try PoolingModel(tauSquaredInterval: method).fit(yi: bcg.yi, vi: bcg.vi).heterogeneity
      return (h, try #require(h.tauSquaredInterval))
    }
    let z = 1.959963984540054
    let (h, plain) = try interval(.wald)
    let tau2 = try #require(h.tauSquared)
    let se = try #require(h.tauSquaredStandardError)
    expectClose(plain.lower, max(0, tau2 - z * se), relative: 1e-12, "wald")
    expectClose(plain.upper, tau2 + z * se, relative: 1e-12, "wald")
    let logarithmic = try interval(.waldLog).1
    expectClose(logarithmic.lower * logarithmic.upper, tau2 * tau2, relative: 1e-12, "wald-log")
    expectClose(log(logarithmic.upper / tau2), z * se / tau2, relative: 1e-12, "wald-log")
    let root = try interval(.waldSqrt).1
    expectClose(root.upper.squareRoot(), tau2.squareRoot() + z * se / (2 * tau2.squareRoot()), relative: 1e-12, "sqrt")
    let flat = [Double](repeating: 1, count: 4)
    #expect(throws: FitError.self) {
      try PoolingModel(tauSquaredInterval: .waldLog).fit(yi: flat, vi: [1, 2, 3, 4])
    }
    let empty = try PoolingModel(tauSquaredInterval: .qProfile).fit(yi: flat, vi: [1, 2, 3, 4])
    #expect(empty.heterogeneity.tauSquaredInterval?.upper == 0)
    #expect(empty.notes.contains { $0.code == "empty-tau2-interval" })
  }

  @Test("Bootstrap intervals: the same seed gives the same ends, and they cover the estimate")
  func bootstrap() throws {
    for method in [
      TauSquaredIntervalMethod.bootstrapParametric(replicates: 300, seed: 4),
      .bootstrapNonparametric(replicates: 300, seed: 4),
    ] {
      let model = PoolingModel(tauSquaredInterval: method)
      let a = try model.fit(yi: bcg.yi, vi: bcg.vi).heterogeneity
      let b = try model.fit(yi: bcg.yi, vi: bcg.vi).heterogeneity
      #expect(a.tauSquaredInterval == b.tauSquaredInterval)
      let interval = try #require(a.tauSquaredInterval)
      let tau2 = try #require(a.tauSquared)
      #expect(interval.lower < tau2 && tau2 < interval.upper)
    }
    #expect(throws: FitError.self) {
      try PoolingModel(tauSquaredInterval: .bootstrapParametric(replicates: 3)).fit(yi: bcg.yi, vi: bcg.vi)
    }
  }

  @Test("Prediction intervals: degrees of freedom, existence, probability beyond a threshold")
  func prediction() throws {
    func predict(_ method: PredictionMethod, _ inference: Inference = .normal) throws -> Prediction? {
      try PoolingModel(inference: inference, prediction: method).fit(yi: bcg.yi, vi: bcg.vi).prediction
    }
    #expect(try predict(.riley)?.degreesOfFreedom == 11)
    #expect(try predict(.t)?.degreesOfFreedom == 12)
    #expect(try predict(.normal)?.degreesOfFreedom == nil)
    #expect(try predict(.hartungKnapp)?.degreesOfFreedom == 12)
    #expect(try predict(.hartungKnappPartlettRiley)?.interval == predict(.riley, .hartungKnapp)?.interval)
    #expect(try predict(.none) == nil)
    let kr = try #require(try predict(.kenwardRoger)?.degreesOfFreedom)
    let pr = try #require(try predict(.kenwardRogerPartlettRiley)?.degreesOfFreedom)
    expectClose(kr - pr, 1, relative: 1e-12, "Partlett–Riley takes one df less")
    let p = try #require(try predict(.riley))
    expectClose(p.probability(above: p.interval.upper) ?? .nan, 0.025, relative: 1e-10, "upper tail")
    expectClose(p.probability(below: p.interval.lower) ?? .nan, 0.025, relative: 1e-10, "lower tail")
    expectClose((p.probability(above: 0.1) ?? 0) + (p.probability(below: 0.1) ?? 0), 1, relative: 1e-14, "sum")
    #expect(try PoolingModel(method: .equalEffects).fit(yi: bcg.yi, vi: bcg.vi).prediction == nil)
    #expect(try PoolingModel(fixedTauSquared: 0.3).fit(yi: bcg.yi, vi: bcg.vi).prediction == nil)
    #expect(try PoolingModel().fit(yi: [0.1, 0.5], vi: [0.1, 0.1]).prediction == nil)
  }

  @Test("The bootstrap prediction interval is reproducible and near Riley's for many studies")
  func bootstrapPrediction() throws {
    let yi = (0..<40).map { sin(Double($0) * 1.7) }
    let vi = (0..<40).map { 0.02 + 0.01 * cos(Double($0)) }
    let model = PoolingModel(prediction: .bootstrap(replicates: 2000, seed: 9))
    let a = try #require(model.fit(yi: yi, vi: vi).prediction)
    let b = try #require(model.fit(yi: yi, vi: vi).prediction)
    #expect(a.interval == b.interval && a.probability(above: 0) == nil)
    let riley = try #require(PoolingModel().fit(yi: yi, vi: vi).prediction)
    #expect(abs(a.interval.lower - riley.interval.lower) < 0.15)
    #expect(abs(a.interval.upper - riley.interval.upper) < 0.15)
  }

  @Test("p-values never underflow in their logarithm")
  func logarithms() throws {
    let row = try pooled(PoolingModel(method: .equalEffects), [300, 300.1, 299.9], [1, 1, 1])
    #expect(row.pValue == 0)
    // log p = log(2 Q(z)), Q(z) ~ φ(z)/z (1 − 1/z²): z = 519.6152…
    let z = 300 * 3.0.squareRoot()
    expectClose(
      row.logPValue ?? .nan, -z * z / 2 - log(z * (Double.pi / 2).squareRoot()) + log1p(-1 / (z * z)), relative: 1e-12,
      "log p")
  }
}
