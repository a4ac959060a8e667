import NumericCore

/// The fit of a model with moderators, from its specification and data.
struct RegressionFit {
  let model: PoolingModel
  let problem: PoolingProblem
  let design: Matrix
  let terms: [String]

  /// Everything, in order: τ², coefficients, omnibus test, heterogeneity, likelihood, notes.
  func fit() throws(FitError) -> Fit {
    let source = heterogeneitySource
    let atZero = source.sums(at: 0)
    let solution = try model.tauSquaredSolution(source)
    let parts = FitParts(model: model, problem: source, solution: solution, atZero: atZero)
    let base = CoefficientSolution(problem: problem, x: design.storage, tau2: parts.tau2)
    let atTau = problem.sums(at: parts.tau2)
    let table = try CoefficientTable(model: model, problem: problem, base: base, q: atTau.q)
    var fit = Fit(
      effects: effects, method: model.method.code, inference: model.inference.word, level: model.level, k: problem.k,
      terms: terms, coefficients: table.rows, covariance: table.covariance,
      heterogeneity: try parts.heterogeneity(), convergence: parts.convergence, weights: parts.percentWeights())
    fit.omnibus = try table.omnibus(columns: testedColumns)
    fit.heterogeneity.rSquared = try rSquared(tau2: parts.tau2, q: atZero.q)
    fit.likelihood = parts.likelihood(residual: base.residual, atTau: atTau)
    fit.varianceScale = table.varianceScale
    fit.notes = PoolingNotes(fit: fit, model: model, solution: solution).all
    if let basis = problem.basis, !basis.spansConstant, model.originWithoutIntercept == .asGiven {
      fit.notes.append(
        Note(
          code: "no-constant",
          message:
            "The model has no intercept and its columns span no constant: Q and tau² are of the residuals from the line "
            + "through the origin. metafor's rma.uni takes them from centred effects (rma.mv does not); --as metafor does as "
            + "rma.uni."))
    }
    return fit
  }

  /// What Q and τ² are computed from: the problem itself, or with its estimates centred.
  private var heterogeneitySource: PoolingProblem {
    guard model.originWithoutIntercept == .centred, let basis = problem.basis, !basis.spansConstant else {
      return problem
    }
    let mean = problem.yi.reduce(0, +) / Double(problem.k)
    return problem.replacing(yi: problem.yi.map { $0 - mean })
  }

  private var effects: String {
    switch model.method {
    case .equalEffects, .fixedEffects: "equal"
    case .random: "mixed"
    }
  }

  /// The column that is 1 for every study.
  private var interceptColumn: Int? {
    (0..<design.columns).first { j in (0..<design.rows).allSatisfy { design[$0, j] == 1 } }
  }

  /// All columns but the intercept, or the intercept if there is nothing else.
  private var testedColumns: [Int] {
    let others = (0..<design.columns).filter { $0 != interceptColumn }
    return others.isEmpty ? Array(0..<design.columns) : others
  }

  /// max(0, (τ²₀ − τ²)/τ²₀), τ²₀ that of the model without moderators, or for equal effects the adjusted share of Q,
  /// max(0, 1 − (Q/(k − p))/(Q₀/(k − 1))); 0 when the base is 0, as metafor has it, `nil` when the
  /// columns do not span a constant.
  private func rSquared(tau2: Double, q: Double) throws(FitError) -> Double? {
    guard model.fixedTauSquared == nil, problem.p > 1, problem.k > problem.p,
      problem.basis?.spansConstant ?? false
    else { return nil }
    var without = problem
    without.basis = nil
    guard let null = try model.tauSquaredSolution(without)?.value else {
      let base = without.sums(at: 0).q / without.residualDegreesOfFreedom
      return base > 0 ? truncatedAtZero(1 - q / problem.residualDegreesOfFreedom / base) : 0
    }
    return null > 0 ? truncatedAtZero((null - tau2) / null) : 0
  }
}
