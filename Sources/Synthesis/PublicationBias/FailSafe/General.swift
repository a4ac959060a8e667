import NumericCore

extension FailSafe {
  /// The general number: studies that average no effect until the pool's own model gives a two-sided p of 0.05.
  ///
  /// The N added studies have the harmonic mean of the variances and the heterogeneity τ² of the observed ones about 0, so that
  /// the mixture has τ²_N = τ² + π(1 − π)μ̂², π = k/(k + N); for equal effects τ²_N = 0. Normal test with
  /// weights 1/(vᵢ + τ²_N). Source: the model-based generalisation of Rosenthal (1979) and Rosenberg (2005).
  static let general = FailSafe(
    name: "general", title: "null studies until the pool's own model gives p = 0.05",
    source: "model-based form of Rosenthal (1979) and Rosenberg (2005)"
  ) { studies throws(FitError) in
    let search = try GeneralFailSafe(studies)
    return try FailSafeResult(method: "general", count: search.count(), pValue: search.pValue(0))
  }
}

private struct GeneralFailSafe {
  private let studies: BiasStudies
  /// τ² of the observed studies, `nil` for equal effects.
  private let tau2: Double?
  private let mean, typicalVariance: Double

  private static let largest = 1e7

  init(_ studies: BiasStudies) throws(FitError) {
    var model = studies.model
    model.inference = .normal
    let fit = try model.fit(yi: studies.yi, vi: studies.vi)
    self.studies = studies
    tau2 = fit.heterogeneity.tauSquared
    mean = fit.coefficients[0].value
    typicalVariance = Double(studies.count) / studies.vi.reduce(0) { $0 + 1 / $1 }
  }

  /// P-value with `added` null studies.
  func pValue(_ added: Double) -> Double {
    let share = Double(studies.count) / (Double(studies.count) + added)
    let mixed = tau2.map { $0 + share * (1 - share) * mean * mean } ?? 0
    var (weight, weighted) = (added / (typicalVariance + mixed), 0.0)
    for i in studies.yi.indices {
      let w = 1 / (studies.vi[i] + mixed)
      weight += w
      weighted += w * studies.yi[i]
    }
    return Normal.twoSidedP(weighted / weight.squareRoot())
  }

  /// The smallest number with a p-value of at least α.
  func count() throws(FitError) -> Double {
    guard pValue(0) < FailSafe.alpha else { return 0 }
    var (low, high) = (0.0, 1.0)
    while pValue(high) < FailSafe.alpha {
      low = high
      high *= 2
      guard high <= GeneralFailSafe.largest else {
        throw .notEstimable(what: "the general fail-safe number", hint: "more than ten million studies would be needed")
      }
    }
    while high - low > 1 {
      let middle = ((low + high) / 2).rounded(.down)
      if pValue(middle) < FailSafe.alpha { low = middle } else { high = middle }
    }
    return high
  }
}
