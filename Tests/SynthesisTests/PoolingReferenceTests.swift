import Synthesis
import TestSupport
import Testing

@Suite("Pooling against metafor")
struct PoolingReferenceTests {
  /// Closed forms agree to rounding; an iterated τ² to where metafor's iteration can be driven, which its quadratic effect on
  /// the likelihood makes better and its square root (at τ² near 0) worse.
  private func tolerance(_ key: String, _ test: PoolingCase) -> (relative: Double, absolute: Double) {
    ["ML", "REML", "EB", "PM", "PMM", "SJIT"].contains(test.method) ? (1e-7, 1e-9) : (1e-9, 1e-11)
  }

  @Test("Every number of a fit", arguments: PoolingFixture.shared.cases)
  func fit(_ test: PoolingCase) throws {
    let data = try #require(PoolingFixture.shared.sets[test.set])
    let model = PoolingModel(
      method: try #require(PoolingMethod(code: test.method)), inference: try #require(Inference(word: test.inference)),
      level: test.level)
    let weights = test.weighted ? data.w : nil
    let fit: Fit
    if let design = data.design(test.design) {
      fit = try model.fit(yi: data.yi, vi: data.vi, design: design.matrix, terms: design.terms, weights: weights)
    } else {
      fit = try model.fit(yi: data.yi, vi: data.vi, weights: weights)
    }
    let got = fit.numbersByName
    for (key, want) in test.expect {
      let allowed = tolerance(key, test)
      expectClose(
        try #require(got[key], "\(key) is missing"), want, relative: allowed.relative, absolute: allowed.absolute,
        "\(test.id) \(key)")
    }
  }

  @Test("Intervals for τ² and I²", arguments: PoolingFixture.shared.intervals)
  func interval(_ test: PoolingIntervalCase) throws {
    let data = try #require(PoolingFixture.shared.sets[test.set])
    let model = PoolingModel(
      method: try #require(PoolingMethod(code: test.method)),
      tauSquaredInterval: test.type == "QP" ? .qProfile : .profileLikelihood)
    let h = try model.fit(yi: data.yi, vi: data.vi).heterogeneity
    let tau = try #require(h.tauSquaredInterval)
    let share = try #require(h.iSquaredInterval)
    let relative = test.type == "QP" ? 1e-9 : 1e-5
    for (got, want) in [
      (tau.lower, test.lower), (tau.upper, test.upper), (share.lower, test.i2_lower), (share.upper, test.i2_upper),
    ] {
      expectClose(got, want, relative: relative, absolute: 1e-9, test.id)
    }
  }

  @Test("The fixture is there and covers every estimator but those metafor has no sound value for")
  func coverage() {
    let fixture = PoolingFixture.shared
    #expect(fixture.passport.contains("metafor"))
    let covered = Set(fixture.cases.map(\.method))
    let uncovered = PoolingMethod.all.map(\.code).filter { !covered.contains($0) }
    #expect(Set(uncovered) == ["GENQM", "DLIT", "DL2"], "covered elsewhere: PoolingEstimatorTests")
  }
}
