import NumericCore

/// A selection model: effects, heterogeneity and the chance of being seen, estimated together by maximum likelihood.
///
/// yᵢ ~ N(μ, vᵢ + τ²), seen with a probability proportional to w(pᵢ). Standard errors are from the observed information in
/// (μ, τ², δ); normal inference; the likelihood-ratio test is against the same model without selection.
/// Sources: Hedges (1992); Vevea and Hedges (1995); Vevea and Woods (2005).
public struct SelectionModel: Sendable {
  /// Form of the weight function.
  public enum Form: Sendable {
    /// Constant between steps.
    case steps([Double])
    /// One of the smooth functions.
    case smooth(SelectionFunction)

    /// The word on the command line.
    public var name: String { if case .smooth(let function) = self { function.name } else { "stepfun" } }

    /// The words of all forms.
    public static var names: [String] { ["stepfun"] + SelectionFunction.all.map(\.name) }
  }

  /// A parameter of the weight function; fixed ones have no test.
  public struct Weight: Sendable {
    /// Estimate and, unless it is fixed or 0, its standard error, test of no selection and interval cut at 0.
    public let estimate: Double
    /// Standard error, p-value, and ends of the interval.
    public let standardError, pValue, lower, upper: Double?
  }

  /// The form, and the p-value that it is of.
  public let form: Form
  /// Which p-value decides.
  public let alternative: SelectionAlternative
  /// The effect adjusted for selection.
  public let pooled: Estimate
  /// τ², `nil` for equal effects, and its standard error.
  public let tauSquared: Double?
  /// Parameters of the weight function, for steps the reference first.
  public let weights: [Weight]
  /// Log-likelihood, and likelihood-ratio statistic with degrees of freedom and p-value.
  public let logLikelihood, statistic: Double
  /// Degrees of freedom of the likelihood-ratio test.
  public let degreesOfFreedom: Int
  /// P-value of the likelihood-ratio test.
  public let pValue: Double
  /// How the maximum was found.
  public let convergence: Convergence

  /// Fits the model.
  /// - Throws: `tooFewStudies` for fewer studies than parameters; `invalidSpecification` for steps outside (0, 1);
  ///   `notEstimable` where the likelihood has no maximum; `notConverged`.
  public init(_ studies: BiasStudies, form: Form, alternative: SelectionAlternative = .greater) throws(FitError) {
    let search = SelectionSearch(studies, alternative)
    let found = try search.run(form)
    self.form = form
    self.alternative = alternative
    let level = studies.model.level
    let critical = try ReferenceLaw.normal.critical(level: level)
    let errors = try found.standardErrors()
    pooled = Estimate(
      value: found.point[0], standardError: errors[0] ?? .nan, law: .normal, critical: critical, level: level)
    tauSquared = search.tauSquaredIsFixed && search.start.tau2 == 0 ? nil : found.point[1]
    let null = form.null
    let estimated = null.indices.map { j in
      let value = found.point[j + 2]
      guard let se = errors[j + 2] else {
        return Weight(estimate: value, standardError: nil, pValue: nil, lower: nil, upper: nil)
      }
      return Weight(
        estimate: value, standardError: se, pValue: Normal.twoSidedP((value - null[j]) / se),
        lower: max(0, value - critical * se), upper: value + critical * se)
    }
    if case .steps = form {
      weights = [Weight(estimate: 1, standardError: nil, pValue: nil, lower: nil, upper: nil)] + estimated
    } else {
      weights = estimated
    }
    logLikelihood = found.tally.value
    statistic = max(0, 2 * (found.tally.value - search.start.logLikelihood))
    degreesOfFreedom = null.count
    pValue = upperTailOfChiSquared(statistic, degreesOfFreedom: Double(null.count))
    convergence = Convergence(
      method: "bounded Newton", iterations: found.iterations, converged: found.converged,
      residual: found.active.map { abs(found.tally.gradient[$0]) }.max() ?? 0)
  }
}

extension SelectionModel.Form {
  /// Values of the free δ without selection.
  var null: [Double] {
    switch self {
    case .steps(let steps): [Double](repeating: 1, count: steps.count)
    case .smooth(let function): function.null
    }
  }
}

extension BoundedNewton.Result {
  /// Standard errors of the variables that are free; `nil` for the others.
  func standardErrors() throws(FitError) -> [Double?] {
    var h = Matrix(rows: active.count, columns: active.count)
    for (a, i) in active.enumerated() {
      for (b, j) in active.enumerated() { h[a, b] = -tally.hessian[i, j] }
    }
    guard h.isFinite, let inverse = try? Cholesky(h).inverse() else {
      throw .notEstimable(
        what: "the standard errors of the selection model", hint: "use fewer steps or a function with one parameter")
    }
    var errors = [Double?](repeating: nil, count: point.count)
    for (a, i) in active.enumerated() { errors[i] = inverse[a, a].squareRoot() }
    return errors
  }
}

/// The search for the maximum, from several starts.
struct SelectionSearch {
  /// The fit without selection.
  struct Start {
    let mean, tau2, logLikelihood: Double
  }

  private let studies: BiasStudies
  private let alternative: SelectionAlternative
  let tauSquaredIsFixed: Bool
  private let baseline: Result<Start, FitError>
  var start: Start { (try? baseline.get()) ?? Start(mean: 0, tau2: 0, logLikelihood: .nan) }

  /// A weight beyond this means that the likelihood rises without bound.
  private static let largestWeight = 1e4

  init(_ studies: BiasStudies, _ alternative: SelectionAlternative) {
    self.studies = studies
    self.alternative = alternative
    var model = PoolingModel(method: studies.model.method, level: studies.model.level)
    if model.method.tauSquared != nil {
      model.method = .random(.maximumLikelihood)
      model.fixedTauSquared = studies.model.fixedTauSquared
    }
    tauSquaredIsFixed = model.method.tauSquared == nil || model.fixedTauSquared != nil
    baseline = Result { () throws(FitError) in
      try studies.require(2, "a selection model")
      let fit = try model.fit(yi: studies.yi, vi: studies.vi)
      return Start(
        mean: fit.coefficients[0].value, tau2: fit.heterogeneity.tauSquared ?? 0,
        logLikelihood: fit.likelihood?.logLikelihood ?? .nan)
    }
  }

  func run(_ form: SelectionModel.Form) throws(FitError) -> BoundedNewton.Result {
    _ = try baseline.get()
    let needed = form.null.count + (tauSquaredIsFixed ? 1 : 2)
    try studies.require(needed, "the selection model \(form.name) with \(needed) parameters")
    switch form {
    case .smooth(let function):
      return try best(SmoothWeights(function, studies, alternative), starts: function.starts)
    case .steps(let steps):
      guard !steps.isEmpty, steps.allSatisfy({ $0 > 0 && $0 < 1 }),
        zip(steps, steps.dropFirst()).allSatisfy({ $0 < $1 })
      else { throw .invalidSpecification("steps must rise and lie between 0 and 1, got \(steps)") }
      let weights = try StepWeights(steps: steps, studies, alternative)
      guard weights.interval.contains(0) else {
        throw .notEstimable(
          what: "the step function (no study has p up to \(steps[0]))",
          hint: "raise the first of --steps, or choose another --alternative")
      }
      return try best(weights, starts: [1, 0.3, 2].map { [Double](repeating: $0, count: steps.count) })
    }
  }

  private func best<Weights: SelectionWeights>(
    _ weights: Weights, starts: [[Double]]
  ) throws(FitError) -> BoundedNewton.Result {
    var likelihood = SelectionLikelihood(studies, weights)
    let free = [true, !tauSquaredIsFixed] + [Bool](repeating: true, count: weights.parameters)
    let bounded = [false] + [Bool](repeating: true, count: weights.parameters + 1)
    let newton = BoundedNewton(isFree: free, isBounded: bounded)
    var best: BoundedNewton.Result?
    for delta in starts {
      let found = newton.maximise(from: [start.mean, start.tau2] + delta) { likelihood.evaluate($0) }
      guard found.tally.value.isFinite, found.converged else { continue }
      if found.tally.value > (best?.tally.value ?? -.infinity) { best = found }
    }
    guard let best, best.point[2...].allSatisfy({ $0 < SelectionSearch.largestWeight }) else {
      throw .notConverged(
        what: "the selection model",
        convergence: Convergence(method: "bounded Newton", iterations: 0, converged: false, residual: .nan),
        hint: "use fewer or other steps, a function with one parameter, or --method EE")
    }
    return best
  }
}
