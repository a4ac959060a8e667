import NumericCore

extension SmallStudyTest {
  /// Egger's regression: the effects on a measure of their imprecision, by a mixed model or by least squares.
  ///
  /// `rma`: yᵢ = β₀ + β₁xᵢ + uᵢ + εᵢ with the pool's τ² estimator and inference. `lm`: weights 1/vᵢ and a residual
  /// variance, t on k − p degrees of freedom; with x = sei this is Egger's original test. Moderators come before x.
  /// The limit is β₀, for predictors that vanish in large studies and without moderators.
  /// Sources: Egger, Davey Smith, Schneider and Minder (1997); Sterne and Egger (2005).
  static let egger = SmallStudyTest(
    name: "egger", title: "regression of effects on imprecision",
    source: "Egger, Davey Smith, Schneider and Minder (1997); Sterne and Egger (2005)"
  ) { studies, options throws(FitError) in
    try EggerRegression(studies, options).result
  }
}

/// The regression behind Egger's test, which also chooses the side of trim and fill.
struct EggerRegression {
  let studies: BiasStudies
  let options: SmallStudyOptions

  init(_ studies: BiasStudies, _ options: SmallStudyOptions) {
    self.studies = studies
    self.options = options
  }

  var result: SmallStudyResult {
    get throws(FitError) {
      let x = try options.predictor.values(studies)
      let count = studies.count
      var columns = [[Double](repeating: 1, count: count)]
      var terms = ["intercept"]
      if let design = studies.design {
        columns = (0..<design.columns).map { design.column($0) }
        terms = studies.terms
      }
      columns.append(x)
      terms.append(options.predictor.rawValue)
      let coefficients = try coefficients(Matrix(columns: columns), terms)
      var result = SmallStudyResult(name: "egger", k: count, slope: coefficients[terms.count - 1])
      result.model = options.model.rawValue
      result.predictor = options.predictor.rawValue
      if studies.design == nil, options.predictor.vanishesForLargeStudies { result.limit = coefficients[0] }
      return result
    }
  }

  private func coefficients(_ x: Matrix, _ terms: [String]) throws(FitError) -> [Estimate] {
    switch options.model {
    case .mixed:
      return try studies.model.fit(yi: studies.yi, vi: studies.vi, design: x, terms: terms).coefficients
    case .linear:
      return try WeightedRegression(
        y: studies.yi, x: x, terms: terms, weights: studies.vi.map { 1 / $0 }, level: studies.model.level
      ).coefficients
    }
  }
}
