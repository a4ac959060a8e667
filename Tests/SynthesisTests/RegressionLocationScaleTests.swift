import NumericCore
import Synthesis
import TestSupport
import Testing

struct LocationScaleCase: Decodable {
  var data, location, scale, method, test: String
  var beta, se, alpha, seAlpha, pAlpha, tau2: Numbers
  var ll, aic, bic, aicc: Double
  var qm, qs, qsp: Double?
}

@Suite("Location-scale models")
struct RegressionLocationScaleTests {
  private func fit(
    _ columns: DesignColumns, _ location: String, _ scale: String, _ model: LocationScaleModel
  ) throws -> LocationScaleFit {
    let x = try Design(try Formula(location), columns: columns)
    let z = try Design(try Formula(scale), columns: columns)
    return try model.fit(
      yi: try columns.numbers("yi"), vi: try columns.numbers("vi"), location: (x.matrix, x.names),
      scale: (z.matrix, z.names))
  }

  private func compare(_ got: [Double], _ want: [Double], _ what: String, relative: Double, absolute: Double = 1e-9) {
    #expect(got.count == want.count)
    for (a, b) in zip(got, want) { expectClose(a, b, relative: relative, absolute: absolute, what) }
  }

  @Test("metafor's rma with scale")
  func matchesMetafor() throws {
    let file = try FitsFile.load()
    for reference in file.locationScale {
      let model = LocationScaleModel(restricted: reference.method == "REML", usesT: reference.test == "t")
      let name = "\(reference.data) \(reference.location) | \(reference.scale) \(reference.method)"
      let columns = try file.columns(reference.data)
      if reference.seAlpha.values.contains(where: { $0 > 1_000 }) {
        // One level shows no heterogeneity: the reference ran off towards −∞, which is an error here.
        #expect(throws: FitError.self) { try fit(columns, reference.location, reference.scale, model) }
        continue
      }
      let got = try fit(columns, reference.location, reference.scale, model)
      // The likelihood is at least the reference's, whose optimiser stops where it is flat; so the other tolerances.
      #expect(got.likelihood.logLikelihood >= reference.ll - 1e-9, "\(name)")
      expectClose(got.likelihood.logLikelihood, reference.ll, relative: 1e-7, name)
      expectClose(got.likelihood.aic, reference.aic, relative: 1e-7, name)
      expectClose(got.likelihood.bic, reference.bic, relative: 1e-7, name)
      expectClose(got.likelihood.aicc, reference.aicc, relative: 1e-7, name)
      compare(got.location.map(\.value), reference.beta.values, name + " β", relative: 1e-5, absolute: 1e-6)
      compare(got.location.map(\.standardError), reference.se.values, name + " se β", relative: 1e-5)
      compare(got.scale.map(\.value), reference.alpha.values, name + " α", relative: 1e-3, absolute: 1e-4)
      compare(got.scale.map(\.standardError), reference.seAlpha.values, name + " se α", relative: 1e-3)
      compare(got.scale.compactMap(\.pValue), reference.pAlpha.values, name + " p α", relative: 2e-3)
      compare(got.tauSquared, reference.tau2.values, name + " τ²", relative: 1e-3)
      #expect((got.locationTest == nil) == (reference.qm == nil))
      if let qm = reference.qm { expectClose(try #require(got.locationTest).statistic, qm, relative: 1e-4, name) }
      if let qs = reference.qs {
        expectClose(try #require(got.scaleTest).statistic, qs, relative: 1e-2, absolute: 1e-6, name)
      }
    }
  }

  @Test("A constant scale is the ordinary random-effects regression")
  func constantScale() throws {
    let file = try FitsFile.load()
    let columns = try file.columns("bcg")
    let design = try Design(try Formula("~ ablat"), columns: columns)
    for (restricted, method) in [(true, PoolingMethod.random(.reml)), (false, .random(.maximumLikelihood))] {
      let got = try fit(columns, "~ ablat", "~ 1", LocationScaleModel(restricted: restricted))
      let plain = try PoolingModel(method: method).fit(
        yi: try columns.numbers("yi"), vi: try columns.numbers("vi"), design: design.matrix, terms: design.names)
      expectClose(got.tauSquared[0], try #require(plain.heterogeneity.tauSquared), relative: 1e-7)
      compare(got.location.map(\.value), plain.coefficients.map(\.value), "β", relative: 1e-7)
      compare(got.location.map(\.standardError), plain.coefficients.map(\.standardError), "se", relative: 1e-7)
      let likelihood = try #require(plain.likelihood)
      expectClose(got.likelihood.logLikelihood, likelihood.logLikelihood, relative: 1e-11)
      expectClose(got.likelihood.bic, likelihood.bic, relative: 1e-11)
    }
  }

  @Test("The analytical derivatives vanish at the maximum: no neighbour is higher")
  func maximum() throws {
    let file = try FitsFile.load()
    let columns = try file.columns("bangert")
    for (restricted, scale) in [(true, "~ length + wic"), (false, "~ factor(grade) - 1"), (true, "~ scale(ni)")] {
      let model = LocationScaleModel(restricted: restricted)
      guard let got = try? fit(columns, "~ meta", scale, model) else { continue }
      #expect(got.convergence.converged)
      // An affine change of the scale moderators changes neither likelihood nor τᵢ².
      var changed = columns
      for name in ["length", "ni"] { changed[name] = .numbers(try columns.numbers(name).map { 50 - 3 * $0 }) }
      let other = try fit(changed, "~ meta", scale, model)
      expectClose(other.likelihood.logLikelihood, got.likelihood.logLikelihood, relative: 1e-10)
      compare(other.tauSquared, got.tauSquared, "τ²", relative: 1e-5)
    }
  }

  @Test("Trouble is named")
  func errors() throws {
    let file = try FitsFile.load()
    let columns = try file.columns("bcg", rows: 3)
    #expect(throws: FitError.self) { try fit(columns, "~ ablat", "~ year", LocationScaleModel()) }
    let all = try file.columns("bcg")
    #expect(throws: FitError.rankDeficient(rank: 2, columns: ["I(2 * year)"])) {
      try fit(all, "~ 1", "~ year + I(2 * year)", LocationScaleModel())
    }
  }
}
