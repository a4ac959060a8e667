import EffectSizes
import NumericCore

/// What is common to all fits of mixed models: from a maximised likelihood to a `Fit`, and what to do without one.
struct GLMMReport {
  /// Name of the model and coverage of the interval.
  let model: String
  let level: Double
  /// The studies' own effect sizes, if given; which rows of the input take part; how many there are.
  let rows: EffectColumns?
  let used: [Int]
  let total: Int

  /// Fits a kernel that serves as its own fallback.
  func fit<Kernel: StudyKernel>(_ kernel: Kernel) throws(FitError) -> Fit { try fit(kernel, fallback: kernel) }

  /// Fits a kernel; `fallback` is the conditional likelihood of the same data.
  func fit<Kernel: StudyKernel, Conditional: StudyKernel>(
    _ kernel: Kernel, fallback: Conditional
  ) throws(FitError) -> Fit {
    var maximiser = MixedModelMaximiser(kernel)
    do {
      let solution = try maximiser.maximise()
      let saturated = (0..<kernel.count).reduce(0) { $0 + kernel.saturated($1) }
      var fit = report(solution)
      let parameters = Kernel.hasIntercepts ? kernel.count + 2 : 2
      fit.likelihood = likelihood(
        solution.value + kernel.constant, saturated: saturated + kernel.constant, parameters: parameters,
        observations: Kernel.hasIntercepts ? 2 * kernel.count : kernel.count)
      if kernel.count > 1 {
        let q = max(0, 2 * (saturated - solution.valueAtZero))
        fit.heterogeneity.q = q
        fit.heterogeneity.qDegreesOfFreedom = kernel.count - 1
        fit.heterogeneity.qPValue = chiSquaredUpperTail(q, degreesOfFreedom: Double(kernel.count - 1))
        fit.notes.append(
          Note(code: "q-likelihood-ratio", message: "Q is the likelihood-ratio test of heterogeneity (tau^2 = 0)"))
      }
      return fit
    } catch {
      return try fallBack(fallback, error)
    }
  }

  /// Fits the model with random study effects.
  func fitRandomStudies<Conditional: StudyKernel>(
    _ kernel: some ArmPairKernel & StudyKernel, fallback: Conditional
  ) throws(FitError) -> Fit {
    var maximiser = RandomStudiesMaximiser(kernel)
    do {
      let (solution, sigma) = try maximiser.maximise()
      let saturated = (0..<kernel.count).reduce(0) { $0 + kernel.saturated($1) }
      var fit = report(solution)
      fit.likelihood = likelihood(
        solution.value + kernel.constant, saturated: saturated + kernel.constant, parameters: 4,
        observations: 2 * kernel.count)
      fit.notes.append(
        Note(code: "random-studies", message: "standard deviation of the study effects: \(sigma)"))
      return fit
    } catch {
      return try fallBack(fallback, error)
    }
  }

  private func report(_ solution: MixedModelSolution) -> Fit {
    let k = used.count
    var heterogeneity = Heterogeneity(iSquaredMethod: "tau2")
    heterogeneity.tauSquared = solution.tau * solution.tau
    heterogeneity.tauSquaredStandardError = solution.tauVariance.map { 2 * solution.tau * $0.squareRoot() }
    if let typical = typicalVariance() {
      let tau2 = solution.tau * solution.tau
      heterogeneity.iSquared = tau2 / (tau2 + typical)
      heterogeneity.hSquared = tau2 / typical + 1
    }
    var fit = Fit(
      effects: "random", method: "GLMM", inference: "normal", level: level, k: k, terms: ["intercept"],
      coefficients: [Estimate(normal: solution.mu, standardError: solution.variance.squareRoot(), level: level)],
      covariance: Matrix(rows: 1, columns: 1, storage: [solution.variance]), heterogeneity: heterogeneity,
      convergence: solution.convergence, weights: [])
    fit.convergence.method = "\(model), \(solution.convergence.method)"
    fit.notes = notes(solution)
    return fit
  }

  private func notes(_ solution: MixedModelSolution) -> [Note] {
    var notes: [Note] = []
    if used.count < total {
      notes.append(
        Note(
          code: "uninformative-studies",
          message:
            "\(total - used.count) of \(total) rows are incomplete or tell nothing of the effect and are left out"))
    }
    if solution.tau == 0 {
      notes.append(
        Note(
          code: "tau2-zero",
          message: "tau^2 is at its boundary 0; the standard error is that of a common effect"))
    }
    if !solution.lesserMaxima.isEmpty {
      let list = solution.lesserMaxima.map { "\($0)" }.joined(separator: ", ")
      notes.append(
        Note(
          code: "several-maxima",
          message: "the likelihood has more than one maximum; the highest is reported, the others are at tau = \(list)")
      )
    }
    if used.count < 5 {
      notes.append(
        Note(
          code: "few-studies-normal",
          message: "\(used.count) studies: a normal interval that takes tau^2 as known is too narrow"))
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

  private func likelihood(
    _ value: Double, saturated: Double, parameters: Int, observations: Int
  ) -> LikelihoodStatistics {
    let (p, n) = (Double(parameters), Double(max(observations, parameters + 2)))
    return LikelihoodStatistics(
      logLikelihood: value, deviance: 2 * (saturated - value), aic: 2 * (p - value),
      bic: p * log(Double(observations)) - 2 * value, aicc: 2 * (p * n / (n - p - 1) - value), restricted: false)
  }

  /// The common effect of the conditional likelihood with Firth's penalty, and why it had to be that.
  private func fallBack<Conditional: StudyKernel>(
    _ kernel: Conditional, _ failure: MixedModelFailure
  ) throws(FitError) -> Fit {
    guard let penalised = PenalisedConditional(kernel: kernel).maximise(), penalised.convergence.converged else {
      throw .notEstimable(
        what: "the effect in a \(model) model", hint: "pool with --method PETO, MH, or a risk difference")
    }
    let reason =
      switch failure {
      case .effectInfinite: "all studies pull the effect to the same infinity (separation)"
      case .variationInfinite: "the likelihood rises without end as tau^2 grows"
      }
    var fit = Fit(
      effects: "equal", method: "GLMM", inference: "normal", level: level, k: used.count, terms: ["intercept"],
      coefficients: [
        Estimate(normal: penalised.value, standardError: penalised.variance.squareRoot(), level: level)
      ], covariance: Matrix(rows: 1, columns: 1, storage: [penalised.variance]),
      heterogeneity: Heterogeneity(iSquaredMethod: "tau2"), convergence: penalised.convergence, weights: [])
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
