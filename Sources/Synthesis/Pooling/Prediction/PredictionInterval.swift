extension PoolingModel {
  /// The interval for a new setting, `nil` where it does not exist: equal or fixed effects, a given τ², fewer than one
  /// degree of freedom.
  func predictionInterval(
    _ problem: PoolingProblem, core: InterceptCore, inference: InterceptInference
  ) throws(FitError) -> Prediction? {
    guard method.tauSquared != nil, fixedTauSquared == nil else { return nil }
    let row = inference.estimate
    let df = Double(problem.k - 1)
    let own = PredictiveLaw(location: row.value, variance: row.standardError * row.standardError, tau2: core.tau2)
    switch prediction {
    case .none: return nil
    case .riley: return try own.interval(degreesOfFreedom: df - 1, level: level, method: "t, k − p − 1 df (Riley)")
    case .t: return try own.interval(degreesOfFreedom: df, level: level, method: "t, k − p df")
    case .normal: return try own.interval(degreesOfFreedom: nil, level: level, method: "normal")
    case .hartungKnapp, .hartungKnappPartlettRiley:
      return try hartungKnappPrediction(problem, core: core)
    case .kenwardRoger, .kenwardRogerPartlettRiley:
      return try kenwardRogerPrediction(problem, core: core)
    case .bootstrap(let replicates, let seed):
      return try BootstrapPrediction(problem: problem, level: level, replicates: replicates, seed: seed).interval()
    }
  }

  private func hartungKnappPrediction(
    _ problem: PoolingProblem, core: InterceptCore
  ) throws(FitError) -> Prediction? {
    let base = MeanSolution(problem: problem, core: core)
    let law = PredictiveLaw(
      location: base.mean, variance: base.variance * base.scale(WaldRule(usesT: true, scales: true)), tau2: core.tau2)
    let df = Double(problem.k - 1)
    return prediction == .hartungKnapp
      ? try law.interval(degreesOfFreedom: df, level: level, method: "Hartung–Knapp, t, k − 1 df")
      : try law.interval(degreesOfFreedom: df - 1, level: level, method: "Hartung–Knapp, t, k − 2 df (Partlett–Riley)")
  }

  private func kenwardRogerPrediction(
    _ problem: PoolingProblem, core: InterceptCore
  ) throws(FitError) -> Prediction? {
    guard method == .random(.reml), problem.userWeights == nil else {
      throw .invalidSpecification("a kenward-roger prediction interval is defined under REML, without user weights")
    }
    let kr = KenwardRoger(problem: problem, core: core)
    let law = PredictiveLaw(location: kr.mean, variance: kr.variance, tau2: core.tau2)
    return prediction == .kenwardRoger
      ? try law.interval(degreesOfFreedom: kr.degreesOfFreedom, level: level, method: "Kenward–Roger, t, ν df")
      : try law.interval(
        degreesOfFreedom: kr.degreesOfFreedom - 1, level: level, method: "Kenward–Roger, t, ν − 1 df (Partlett–Riley)")
  }
}

/// μ̂ ± c·√(se² + τ²).
struct PredictiveLaw {
  var location, variance, tau2: Double

  /// The interval, `nil` with fewer than one degree of freedom; normal for `nil` degrees.
  func interval(degreesOfFreedom: Double?, level: Double, method: String) throws(FitError) -> Prediction? {
    if let degreesOfFreedom, !(degreesOfFreedom >= 1) { return nil }
    let law = try ReferenceLaw(degreesOfFreedom: degreesOfFreedom)
    let scale = (variance + tau2).squareRoot()
    let half = try law.critical(level: level) * scale
    return Prediction(
      interval: Interval(lower: location - half, upper: location + half, level: level),
      degreesOfFreedom: degreesOfFreedom, method: method, location: location, scale: scale)
  }
}

extension Prediction {
  /// Probability that the effect in a new setting is above a threshold (on the analysis scale), by the predictive law;
  /// `nil` where the law has no closed form (bootstrap).
  ///
  /// P(θ > c) = P(T > (c − μ̂)/√(se² + τ²)), T with the degrees of freedom of the interval. Source: Higgins, Thompson and
  /// Spiegelhalter 2009, section 4.
  public func probability(above threshold: Double) -> Double? {
    standardised(threshold).map { $0.law.upperTail($0.x) }
  }

  /// Probability that the effect in a new setting is below a threshold.
  public func probability(below threshold: Double) -> Double? {
    standardised(threshold).map { $0.law.upperTail(-$0.x) }
  }

  private func standardised(_ threshold: Double) -> (law: ReferenceLaw, x: Double)? {
    guard let location, let scale, scale > 0, let law = try? ReferenceLaw(degreesOfFreedom: degreesOfFreedom) else {
      return nil
    }
    return (law, (threshold - location) / scale)
  }
}
