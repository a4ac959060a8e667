import NumericCore

/// What remains of a model when one study is left out, as far as case diagnostics need it.
struct DeletedFit: Sendable {
  /// The coefficients.
  var beta: [Double]
  /// Their covariance, with the factor of the inference.
  var covariance: Matrix
  /// That factor.
  var scale: Double
  /// τ² and Q; 0 when one study is left.
  var tau2, q: Double
  /// Model-based covariance of the coefficients of all studies at this τ².
  var fullCovariance: Matrix
}

/// The fits that arise when one study after the other is left out.
struct DeletedFits: Sendable {
  let model: PoolingModel
  let studies: DiagnosticStudies
  private let rule: WaldRule?
  private let problems: DeletionProblems
  private let all: PoolingProblem

  /// The fits of a model and its studies; throws for values that cannot be.
  init(model: PoolingModel, studies: DiagnosticStudies) throws(FitError) {
    self.model = model.withoutIntervals
    self.studies = studies
    rule = model.ruleOfSums(studies)
    problems = DeletionProblems(yi: studies.yi, vi: studies.vi)
    all = try model.problem(studies)
  }

  /// The fit without a study; throws when the rest do not carry the model.
  func fit(without study: Int) throws(FitError) -> DeletedFit {
    if let rule { return try interceptFit(study, rule) }
    let fit = try model.fit(studies.without(study))
    let tau2 = fit.heterogeneity.tauSquared ?? 0
    return DeletedFit(
      beta: fit.coefficients.map(\.value), covariance: fit.covariance, scale: fit.varianceScale ?? 1, tau2: tau2,
      q: fit.heterogeneity.q ?? 0, fullCovariance: fullCovariance(at: tau2))
  }

  /// From the sums alone: (X'WX)⁻¹ is 1/Σw, and the study's own weight brings Σw back to all studies.
  private func interceptFit(_ study: Int, _ rule: WaldRule) throws(FitError) -> DeletedFit {
    let problem = problems.problem(without: study)
    let core = try model.interceptCore(problem)
    let scale = problem.k > 1 ? rule.scale(q: core.atTau.q, degreesOfFreedom: problem.residualDegreesOfFreedom) : 1
    return DeletedFit(
      beta: [core.atTau.mean], covariance: Matrix(diagonal: [scale / core.atTau.sumW]), scale: scale, tau2: core.tau2,
      q: core.atZero.q,
      fullCovariance: Matrix(diagonal: [1 / (core.atTau.sumW + 1 / (studies.vi[study] + core.tau2))]))
  }

  private func fullCovariance(at tau2: Double) -> Matrix {
    CoefficientSolution(problem: all, x: studies.fullDesign.storage, tau2: tau2).covariance
  }
}
