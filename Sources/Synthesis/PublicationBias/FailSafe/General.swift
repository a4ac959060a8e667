import NumericCore

extension FailSafe {
  /// The general number: studies that average no effect until the pool's own model gives a two-sided p of 0.05.
  ///
  /// The N added studies have the harmonic mean of the variances, and the heterogeneity τ² of the observed ones, about 0. All
  /// together have τ²_N = [(k − 1)τ² + (N − 1)τ² + μ̂²kN/(k + N)]/(k + N − 1), the variance of two groups put together;
  /// for equal effects τ²_N = 0. Normal test with weights 1/(vᵢ + τ²_N). Source: the approximate form of the method of
  /// Viechtbauer (2024, Society for Research Synthesis Methodology); the paper has no formulas that we could read, so they are
  /// those that give the values with the file drawer printed in metafor's manual (fsn, BCG vaccine: 26 studies, μ̂ −0.2172,
  /// τ² 0.4228, p 0.0513; for a target of log 0.95, 138 studies, −0.0511, 0.3518, 0.3094).
  static let general = FailSafe(
    name: "general", title: "null studies until the pool's own model gives p = 0.05",
    source: "Viechtbauer (2024), after Rosenthal (1979) and Rosenberg (2005)"
  ) { studies throws(FitError) in
    let search = try GeneralFailSafe(studies)
    return try FailSafeResult(method: "general", count: search.count(), pValue: search.test(0).pValue)
  }
}

/// The pool with a file drawer of null studies.
package struct GeneralFailSafe {
  private let studies: BiasStudies
  /// τ² of the observed studies, `nil` for equal effects.
  private let tau2: Double?
  private let mean, typicalVariance: Double

  private static let largest = 1e7

  package init(_ studies: BiasStudies) throws(FitError) {
    var model = studies.model
    model.inference = .normal
    let fit = try model.fit(yi: studies.yi, vi: studies.vi)
    self.studies = studies
    tau2 = fit.heterogeneity.tauSquared
    mean = fit.coefficients[0].value
    typicalVariance = Double(studies.count) / studies.vi.reduce(0) { $0 + 1 / $1 }
  }

  /// τ² of the observed and the added studies together.
  package func tauSquared(_ added: Double) -> Double {
    guard let tau2 else { return 0 }
    guard added > 0 else { return tau2 }
    let k = Double(studies.count)
    return ((k - 1) * tau2 + max(added - 1, 0) * tau2 + mean * mean * k * added / (k + added)) / (k + added - 1)
  }

  /// Estimate and p-value with `added` null studies.
  package func test(_ added: Double) -> (estimate: Double, pValue: Double) {
    let mixed = tauSquared(added)
    var (weight, weighted) = (added / (typicalVariance + mixed), 0.0)
    for i in studies.yi.indices {
      let w = 1 / (studies.vi[i] + mixed)
      weight += w
      weighted += w * studies.yi[i]
    }
    return (weighted / weight, Normal.twoSidedP(weighted / weight.squareRoot()))
  }

  /// The smallest number with a p-value of at least α.
  func count() throws(FitError) -> Double {
    func isSignificant(_ added: Double) -> Bool { test(added).pValue < FailSafe.alpha }
    guard isSignificant(0) else { return 0 }
    var (low, high) = (0.0, 1.0)
    while isSignificant(high) {
      low = high
      high *= 2
      guard high <= GeneralFailSafe.largest else {
        throw .notEstimable(what: "the general fail-safe number", hint: "more than ten million studies would be needed")
      }
    }
    while high - low > 1 {
      let middle = ((low + high) / 2).rounded(.down)
      if isSignificant(middle) { low = middle } else { high = middle }
    }
    return high
  }
}
