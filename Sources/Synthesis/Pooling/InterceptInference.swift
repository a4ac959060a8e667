import NumericCore

/// The pooled estimate with its test and interval, by the model's inference.
struct InterceptInference {
  /// The pooled effect.
  var estimate: Estimate
  /// Σ(yᵢ − μ̂)²/(vᵢ + τ²) at the estimate given.
  var residual: Double
  /// Weights in per cent where they are not those of the model.
  var weights: [Double]?
  /// Factor that the inference put on the model-based variance, `nil` when it puts none.
  var varianceScale: Double?

  /// Makes the estimate; a single study has normal inference whatever the model says.
  init(model: PoolingModel, problem: PoolingProblem, core: InterceptCore) throws(FitError) {
    let base = MeanSolution(problem: problem, core: core)
    residual = base.residual
    guard problem.k > 1 else {
      estimate = try base.wald(WaldRule(usesT: false, scales: false), level: model.level)
      return
    }
    if let rule = model.inference.waldRule {
      estimate = try base.wald(rule, level: model.level)
      varianceScale = rule.scales ? base.scale(rule) : nil
      return
    }
    guard problem.userWeights == nil || model.inference == .hartungKnappIQWiG else {
      throw .invalidSpecification("\(model.inference.word) inference does not take user weights")
    }
    switch model.inference {
    case .kenwardRoger: estimate = try KenwardRoger(problem: problem, core: core).estimate(level: model.level)
    case .henmiCopas:
      let method = HenmiCopas(problem: problem, tau2: core.tau2)
      estimate = try method.estimate(level: model.level)
      weights = method.percentWeights
      residual = problem.sums(at: core.tau2, mean: estimate.value).q
    case .profileLikelihood, .profileLikelihoodBartlett:
      estimate = try ProfileLikelihoodMean(
        problem: problem, core: core, isCorrected: model.inference == .profileLikelihoodBartlett
      ).estimate(level: model.level)
    default:
      estimate = try HartungKnappIQWiG(problem: problem, base: base).estimate(level: model.level)
      varianceScale = estimate.standardError * estimate.standardError / base.variance
    }
  }
}

/// The mean at τ² with its model-based variance, before any inference.
struct MeanSolution {
  var k: Int
  var mean, variance, residual: Double
  /// y'Py at τ², which scales the Hartung–Knapp variance whatever the weights.
  var q: Double

  /// With inverse-variance or user weights.
  init(problem: PoolingProblem, core: InterceptCore) {
    k = problem.k
    q = core.atTau.q
    guard problem.userWeights != nil else {
      mean = core.atTau.mean
      variance = 1 / core.atTau.sumW
      residual = core.atTau.q
      return
    }
    let ones = [Double](repeating: 1, count: k)
    let solution = CoefficientSolution(problem: problem, x: ones, tau2: core.tau2)
    mean = solution.beta[0]
    variance = solution.covariance[0, 0]
    residual = solution.residual
  }

  /// The factor on the variance that a rule asks for.
  func scale(_ rule: WaldRule) -> Double {
    k > 1 ? rule.scale(q: q, degreesOfFreedom: Double(k - 1)) : 1
  }

  /// The estimate by a rule of the Wald family.
  func wald(_ rule: WaldRule, level: Double) throws(FitError) -> Estimate {
    let law = try ReferenceLaw(degreesOfFreedom: rule.usesT ? Double(k - 1) : nil)
    return Estimate(
      value: mean, standardError: (scale(rule) * variance).squareRoot(), law: law,
      critical: try law.critical(level: level), level: level)
  }
}
