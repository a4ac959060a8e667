import NumericCore
import Synthesis
import TestSupport
import Testing

@Suite("Pooling: bad input and notes")
struct PoolingInputTests {
  private let yi = [0.1, 0.4, -0.2, 0.6, 0.3]
  private let vi = [0.02, 0.05, 0.03, 0.1, 0.04]

  @Test("Impossible data say which study, which value, what was expected")
  func impossible() {
    #expect(throws: FitError.noStudies) { try PoolingModel().fit(yi: [], vi: []) }
    #expect(throws: FitError.domain(what: "vi of study 2", value: 0, expected: "a positive variance")) {
      try PoolingModel().fit(yi: [1, 2], vi: [0.1, 0])
    }
    #expect(throws: FitError.domain(what: "vi of study 1", value: -1, expected: "a positive variance")) {
      try PoolingModel().fit(yi: [1, 2], vi: [-1, 0.1])
    }
    #expect(throws: FitError.self) { try PoolingModel().fit(yi: [1, .nan], vi: [0.1, 0.1]) }
    #expect(throws: FitError.self) { try PoolingModel().fit(yi: [1, .infinity], vi: [0.1, 0.1]) }
    #expect(throws: FitError.self) { try PoolingModel().fit(yi: [1, 2], vi: [0.1, .infinity]) }
    #expect(throws: FitError.self) { try PoolingModel().fit(yi: [1, 2], vi: [0.1]) }
  }

  @Test("Specifications that contradict themselves are refused")
  func specifications() {
    let refused: [PoolingModel] = [
      PoolingModel(level: 0), PoolingModel(level: 1), PoolingModel(level: .nan), PoolingModel(level: 95),
      PoolingModel(fixedTauSquared: -0.1), PoolingModel(method: .equalEffects, fixedTauSquared: 0.1),
      PoolingModel(method: .fixedEffects, tauSquaredInterval: .qProfile),
      PoolingModel(fixedTauSquared: 0.1, tauSquaredInterval: .qProfile),
      PoolingModel(method: .random(.generalizedQ)), PoolingModel(inference: .profileLikelihood),
      PoolingModel(method: .equalEffects, inference: .henmiCopas),
    ]
    for model in refused { #expect(throws: FitError.self) { try model.fit(yi: yi, vi: vi) } }
  }

  @Test("Weights: as many as studies, positive; not for Kenward–Roger")
  func weights() {
    #expect(throws: FitError.self) { try PoolingModel().fit(yi: yi, vi: vi, weights: [1, 2]) }
    #expect(throws: FitError.self) { try PoolingModel().fit(yi: yi, vi: vi, weights: [1, 2, 0, 1, 1]) }
    #expect(throws: FitError.self) { try PoolingModel().fit(yi: yi, vi: vi, weights: [1, 2, .nan, 1, 1]) }
    #expect(throws: FitError.self) {
      try PoolingModel(inference: .kenwardRoger).fit(yi: yi, vi: vi, weights: [1, 2, 3, 1, 1])
    }
  }

  @Test("Designs: rank names the columns, too few studies, values that are no numbers")
  func designs() throws {
    let ones = [Double](repeating: 1, count: 5)
    let x = [1.0, 2, 3, 4, 6]
    let twice = x.map { 2 * $0 + 1 }
    #expect(throws: FitError.rankDeficient(rank: 2, columns: ["twice"])) {
      try PoolingModel().fit(
        yi: yi, vi: vi, design: Matrix(rows: 5, columns: 3, storage: ones + x + twice),
        terms: ["intercept", "x", "twice"])
    }
    let full = Matrix(rows: 5, columns: 5, storage: (0..<25).map { Double(($0 * $0 * 7) % 11) })
    #expect(throws: FitError.self) {
      try PoolingModel().fit(yi: yi, vi: vi, design: full, terms: ["a", "b", "c", "d", "e"])
    }
    #expect(throws: FitError.self) {
      try PoolingModel().fit(
        yi: yi, vi: vi, design: Matrix(rows: 5, columns: 2, storage: ones + [1, .nan, 2, 3, 4]),
        terms: ["intercept", "x"])
    }
    #expect(throws: FitError.self) {
      try PoolingModel(inference: .kenwardRoger).fit(
        yi: yi, vi: vi, design: Matrix(rows: 5, columns: 2, storage: ones + x), terms: ["intercept", "x"])
    }
    // A design of the intercept alone is the model without moderators, to the bit.
    let plain = try PoolingModel().fit(yi: yi, vi: vi)
    let same = try PoolingModel().fit(
      yi: yi, vi: vi, design: Matrix(rows: 5, columns: 1, storage: ones), terms: ["intercept"])
    #expect(plain.pooled?.value == same.pooled?.value && same.prediction != nil)
  }

  @Test("A saturated equal-effects regression is fitted, with no heterogeneity left to test")
  func saturated() throws {
    let fit = try PoolingModel(method: .equalEffects).fit(
      yi: [1, 3], vi: [0.1, 0.2], design: Matrix(rows: 2, columns: 2, storage: [1, 1, 0, 1]), terms: ["intercept", "x"])
    expectClose(fit.coefficients[1].value, 2, relative: 1e-12, "slope")
    #expect(fit.heterogeneity.qDegreesOfFreedom == 0 && fit.heterogeneity.qPValue == nil)
  }

  @Test("A regression by dummies for every level and one by contrasts are the same model")
  func coding() throws {
    let group = [0.0, 0, 1, 1, 1]
    let other = group.map { 1 - $0 }
    let a = try PoolingModel(inference: .hartungKnapp).fit(
      yi: yi, vi: vi, design: Matrix(rows: 5, columns: 2, storage: [1, 1, 1, 1, 1] + group), terms: ["intercept", "g"])
    let b = try PoolingModel(inference: .hartungKnapp).fit(
      yi: yi, vi: vi, design: Matrix(rows: 5, columns: 2, storage: other + group), terms: ["g0", "g1"])
    expectClose(
      a.heterogeneity.tauSquared ?? .nan, b.heterogeneity.tauSquared ?? 1, relative: 1e-9, absolute: 1e-15, "τ²")
    expectClose(a.likelihood?.logLikelihood ?? .nan, b.likelihood?.logLikelihood ?? 0, relative: 1e-12, "ℓ")
    expectClose(b.coefficients[1].value - b.coefficients[0].value, a.coefficients[1].value, relative: 1e-10, "contrast")
    #expect(a.omnibus?.degreesOfFreedom == 1 && b.omnibus?.degreesOfFreedom == 2)
  }

  @Test("Without an intercept Q is that of the estimates given, or of the centred ones when asked")
  func origin() throws {
    let x = Matrix(rows: 13, columns: 1, storage: PublishedData.bcgLatitude)
    let (y, v) = PublishedData.bcgLogOddsRatios
    let model = PoolingModel(method: .random(.derSimonianLaird))
    let plain = try model.fit(yi: y, vi: v, design: x, terms: ["lat"])
    // Weighted least squares through the origin by hand.
    let w = v.map { 1 / $0 }
    let sxx = (0..<13).reduce(0) { $0 + w[$1] * x.storage[$1] * x.storage[$1] }
    let sxy = (0..<13).reduce(0) { $0 + w[$1] * x.storage[$1] * y[$1] }
    let q = (0..<13).reduce(0) {
      $0 + w[$1] * (y[$1] - sxy / sxx * x.storage[$1]) * (y[$1] - sxy / sxx * x.storage[$1])
    }
    expectClose(plain.heterogeneity.q ?? .nan, q, relative: 1e-11, "Q")
    #expect(plain.heterogeneity.rSquared == nil && plain.terms == ["lat"] && plain.pooled == nil)
    var centred = model
    centred.originWithoutIntercept = .centred
    let other = try centred.fit(yi: y, vi: v, design: x, terms: ["lat"])
    // metafor 3.8-1: rma(yi, vi, mods = ~ ablat - 1, method = "DL")
    expectClose(other.heterogeneity.q ?? .nan, 225.5534, relative: 1e-6, "Q")
    expectClose(other.heterogeneity.tauSquared ?? .nan, 0.4479759, relative: 1e-6, "τ²")
    expectClose(other.coefficients[0].value, -0.02412229, relative: 1e-6, "slope")
  }

  @Test("Notes: few studies, a dominant study, a short prediction interval")
  func notes() throws {
    let codes = try PoolingModel().fit(yi: yi, vi: vi).notes.map(\.code)
    #expect(codes.contains("few-studies-normal"))
    let dominated = try PoolingModel(method: .equalEffects).fit(yi: yi, vi: [0.001, 1, 1, 1, 1])
    #expect(dominated.notes.map(\.code) == ["dominant-study"])
    let four = try PoolingModel(inference: .hartungKnapp).fit(yi: [0.1, 1, 2, 5], vi: [0.1, 0.1, 0.1, 0.1])
    #expect(four.notes.map(\.code) == ["prediction-few-studies"])
    let equal = try PoolingModel(inference: .hartungKnapp).fit(yi: [1, 1, 1], vi: [0.1, 0.2, 0.3])
    #expect(equal.pooled?.pValue == nil && equal.notes.contains { $0.code == "zero-standard-error" })
  }
}
