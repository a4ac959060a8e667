import NumericCore

/// The fit of a model without moderators, from its specification and data.
struct InterceptFit {
  let model: PoolingModel
  let problem: PoolingProblem

  /// Everything, in order: τ², the pooled estimate, heterogeneity, likelihood, prediction, notes.
  func fit() throws(FitError) -> Fit {
    let core = try model.interceptCore(problem)
    let inference = try InterceptInference(model: model, problem: problem, core: core)
    let parts = FitParts(model: model, problem: problem, solution: core.solution, atZero: core.atZero)
    var covariance = Matrix(rows: 1, columns: 1)
    covariance[0, 0] = inference.estimate.standardError * inference.estimate.standardError
    var fit = Fit(
      effects: effects, method: model.method.code,
      inference: problem.k == 1 ? Inference.normal.word : model.inference.word, level: model.level, k: problem.k,
      terms: ["intercept"], coefficients: [inference.estimate], covariance: covariance,
      heterogeneity: try parts.heterogeneity(), convergence: parts.convergence,
      weights: inference.weights ?? parts.percentWeights())
    if problem.k > 1 {
      fit.likelihood = parts.likelihood(residual: inference.residual, atTau: core.atTau)
      fit.prediction = try model.predictionInterval(problem, core: core, inference: inference)
    }
    fit.varianceScale = inference.varianceScale
    fit.notes = PoolingNotes(fit: fit, model: model, solution: core.solution).all
    return fit
  }

  private var effects: String {
    switch model.method {
    case .equalEffects, .fixedEffects: "equal"
    case .random: "random"
    }
  }
}
