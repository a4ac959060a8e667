import EffectSizes
import NumericCore

/// A maximised likelihood with what is needed to describe it.
struct GLMMFit {
  var solution: MixedModelSolution
  /// What the kernel's values lack to be log-probabilities; their supremum; numbers of parameters and of observations.
  var constant, saturated: Double
  var parameters, observations: Int
  /// Standard deviation of random study effects.
  var sigma: Double?

  /// The log-likelihood with all constants, the deviance against the saturated model, and the criteria.
  var likelihood: LikelihoodStatistics {
    let value = solution.value + constant
    let (p, n) = (Double(parameters), Double(max(observations, parameters + 2)))
    return LikelihoodStatistics(
      logLikelihood: value, deviance: 2 * (saturated - solution.value), aic: 2 * (p - value),
      bic: p * log(Double(observations)) - 2 * value, aicc: 2 * (p * n / (n - p - 1) - value), restricted: false)
  }
}

/// What is common to all fits of mixed models: from a maximised likelihood to a `Fit`, and what to do without one.
struct GLMMReport {
  /// Name of the model and coverage of the interval.
  let model: String
  let level: Double
  /// The studies' own effect sizes, if given; which rows of the input take part; how many there are.
  let rows: EffectColumns?
  let used: [Int]
  let total: Int

  /// The fit of a model that is integrated by quadrature, or why there is none.
  func fit<Kernel: StudyKernel>(_ kernel: Kernel) -> Result<GLMMFit, MixedModelFailure> {
    let intercepts = Kernel.hasIntercepts ? kernel.count : 0
    return Result { () throws(MixedModelFailure) in
      var maximiser = MixedModelMaximiser(kernel)
      return GLMMFit(
        solution: try maximiser.maximise(), constant: kernel.constant, saturated: kernel.saturated,
        parameters: intercepts + 2, observations: kernel.count + intercepts)
    }
  }

  /// The fit of the model with random study effects, or why there is none.
  func fitRandomStudies(_ kernel: some ArmPairKernel & StudyKernel) -> Result<GLMMFit, MixedModelFailure> {
    Result { () throws(MixedModelFailure) in
      var maximiser = RandomStudiesMaximiser(kernel)
      let (solution, sigma) = try maximiser.maximise()
      return GLMMFit(
        solution: solution, constant: kernel.constant, saturated: kernel.saturated, parameters: 4,
        observations: 2 * kernel.count, sigma: sigma)
    }
  }

  /// The fit of one group, which is its own fallback.
  func fitOneGroup<Kernel: StudyKernel>(_ kernel: Kernel) throws(FitError) -> Fit {
    switch fit(kernel) {
    case .success(let outcome): return try report(outcome)
    case .failure(let failure): return try fallBack(kernel, failure)
    }
  }

  /// The fit for the caller.
  func report(_ outcome: GLMMFit) throws(FitError) -> Fit {
    let solution = outcome.solution
    let k = used.count
    var heterogeneity = Heterogeneity(iSquaredMethod: ISquaredDefinition.tauSquared.word)
    if k > 1 {
      heterogeneity.tauSquared = solution.tau * solution.tau
      heterogeneity.tauSquaredStandardError = solution.tauVariance.map { 2 * solution.tau * $0.squareRoot() }
    }
    if let typical = typicalVariance() {
      let tau2 = solution.tau * solution.tau
      heterogeneity.iSquared = tau2 / (tau2 + typical)
      heterogeneity.hSquared = tau2 / typical + 1
    }
    if k > 1 && solution.valueAtZero.isFinite {
      let q = max(0, 2 * (outcome.saturated - solution.valueAtZero))
      heterogeneity.q = q
      heterogeneity.qDegreesOfFreedom = k - 1
      heterogeneity.qPValue = upperTailOfChiSquared(q, degreesOfFreedom: Double(k - 1))
    }
    var fit = try Fit(
      effects: "random", method: "GLMM", inference: "normal", level: level, k: k, terms: ["intercept"],
      coefficients: [Estimate(normal: solution.mu, standardError: solution.variance.squareRoot(), level: level)],
      covariance: Matrix(rows: 1, columns: 1, storage: [solution.variance]), heterogeneity: heterogeneity,
      convergence: solution.convergence, weights: [])
    fit.convergence.method = "\(model), \(solution.convergence.method)"
    fit.likelihood = outcome.likelihood
    fit.notes = notes(outcome)
    return fit
  }

  private func notes(_ outcome: GLMMFit) -> [Note] {
    let (solution, k) = (outcome.solution, used.count)
    var notes: [Note] = []
    func add(_ code: String, when applies: Bool, _ message: String) {
      if applies { notes.append(Note(code: code, message: message)) }
    }
    add(
      "uninformative-studies", when: k < total,
      "\(total - k) of \(total) rows are incomplete or tell nothing of the effect and are left out.")
    add(
      "single-study", when: k == 1,
      "One study: the estimate is the study's own, with normal inference; heterogeneity is unknown.")
    add(
      "tau2-zero", when: k > 1 && solution.tau == 0,
      "τ² is estimated as 0, which is not evidence that the studies share one effect; the standard error is that of a "
        + "common effect.")
    add(
      "several-maxima", when: !solution.lesserMaxima.isEmpty,
      "The likelihood of τ² has \(solution.lesserMaxima.count + 1) local maxima; the highest is reported. "
        + "Other programs may stop at another.")
    add(
      "few-studies-normal", when: k > 1 && k < 10,
      "\(k) studies with normal inference: the interval ignores that τ² is estimated and is likely too narrow.")
    if let sigma = outcome.sigma {
      add("random-studies", when: true, "Standard deviation of the study effects: \(sigma).")
    } else {
      add("q-likelihood-ratio", when: k > 1, "Q is the likelihood-ratio test of heterogeneity, not Cochran's Q.")
    }
    return notes
  }

  /// (k − 1) Σw / ((Σw)² − Σw²), w = 1/vᵢ over the usable rows; `nil` without two of them.
  private func typicalVariance() -> Double? {
    guard let rows else { return nil }
    var (sum, squares, count) = (0.0, 0.0, 0)
    for i in used where i < rows.yi.count && isUsable(rows, i) {
      let w = 1 / rows.vi[i]
      sum += w
      squares += w * w
      count += 1
    }
    return count < 2 ? nil : Double(count - 1) * sum / (sum * sum - squares)
  }

  /// The common effect of the conditional likelihood with Firth's penalty, and why it had to be that.
  func fallBack<Conditional: StudyKernel>(
    _ kernel: Conditional, _ failure: MixedModelFailure
  ) throws(FitError) -> Fit {
    guard let penalised = PenalisedConditional(kernel: kernel).maximise(), penalised.convergence.converged else {
      throw .notEstimable(
        what: "the effect in a \(model) model", hint: "pool with --method PETO, MH, or a risk difference")
    }
    let reason =
      switch failure {
      case .effectInfinite: "all studies pull the effect to the same infinity (separation)"
      case .variationInfinite: "the likelihood rises without end as τ² grows"
      }
    var fit = try Fit(
      effects: "equal", method: "GLMM", inference: "normal", level: level, k: used.count, terms: ["intercept"],
      coefficients: [
        Estimate(normal: penalised.value, standardError: penalised.variance.squareRoot(), level: level)
      ], covariance: Matrix(rows: 1, columns: 1, storage: [penalised.variance]),
      heterogeneity: Heterogeneity(iSquaredMethod: ISquaredDefinition.tauSquared.word),
      convergence: penalised.convergence, weights: [])
    fit.convergence.method = "fallback from \(model): \(penalised.convergence.method)"
    fit.notes.append(
      Note(
        code: "fallback",
        message:
          "\(model) has no finite maximum: \(reason). Reported is the common effect by conditional likelihood with "
          + "Firth's penalty, without tau^2"))
    return fit
  }
}
