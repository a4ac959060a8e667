import NumericCore

/// Turns solutions into result columns: standard errors, intervals, tests, heterogeneity, prediction, as far as they are wanted.
struct GroupRow: Sendable {
  private let model: PoolingModel
  private let rule: WaldRule
  private let prediction: PredictionRule?
  private var criticalValues: CriticalValueCache

  /// How a prediction interval follows from the sums.
  private struct PredictionRule: Sendable {
    /// What is taken from k − 1 degrees of freedom; `nil` for the normal.
    var lost: Int?
    /// Whether the standard error is Hartung and Knapp's whatever the inference.
    var isHartungKnapp: Bool

    /// `nil` for methods that need more than sums.
    init?(_ method: PredictionMethod) {
      switch method {
      case .riley: (lost, isHartungKnapp) = (1, false)
      case .t: (lost, isHartungKnapp) = (0, false)
      case .normal: (lost, isHartungKnapp) = (nil, false)
      case .hartungKnapp: (lost, isHartungKnapp) = (0, true)
      case .hartungKnappPartlettRiley: (lost, isHartungKnapp) = (1, true)
      case .kenwardRoger, .kenwardRogerPartlettRiley, .bootstrap, .none: return nil
      }
    }
  }

  /// The rows of a model; `nil` when its inference or prediction needs more than sums.
  init?(_ model: PoolingModel) throws(FitError) {
    guard let rule = model.inference.waldRule else { return nil }
    let isPredicted = model.method.tauSquared != nil && model.fixedTauSquared == nil
    prediction = isPredicted ? PredictionRule(model.prediction) : nil
    guard prediction != nil || model.prediction == .none || !isPredicted else { return nil }
    self.model = model
    self.rule = rule
    criticalValues = try CriticalValueCache(level: model.level)
  }

  /// Stores a solution.
  mutating func store(_ set: SetSolution, k: Int, at group: Int, in r: GroupResults) throws(FitError) {
    let df = Double(k - 1)
    let isSingle = k == 1
    let scale = isSingle ? 1 : rule.scale(q: set.generalizedQ, degreesOfFreedom: df)
    let mean = set.mean
    let se = (scale * (1 / set.sumW)).squareRoot()
    let degrees = rule.usesT && !isSingle ? k - 1 : nil
    let half = try criticalValues.critical(degreesOfFreedom: degrees) * se
    r.estimate?[group] = mean
    r.standardError?[group] = se
    r.lower?[group] = mean - half
    r.upper?[group] = mean + half
    if let p = r.p {
      p[group] = se > 0 ? try criticalValues.value(degreesOfFreedom: degrees).law.twoSidedP(mean / se) : .nan
    }
    r.tauSquared?[group] = isSingle ? .nan : set.tau2 ?? .nan
    r.iSquared?[group] = isSingle ? .nan : 100 * set.iSquared(model, degreesOfFreedom: df)
    r.q?[group] = isSingle ? .nan : set.q
    if let qP = r.qP { qP[group] = isSingle ? .nan : upperTailOfChiSquared(set.q, degreesOfFreedom: df) }
    if r.predictionLower != nil || r.predictionUpper != nil {
      let reach = try predictionHalfWidth(set, k: k, se: se)
      r.predictionLower?[group] = mean - reach
      r.predictionUpper?[group] = mean + reach
    }
    r.k?[group] = Int32(clamping: k)
    r.status?[group] = GroupStatus.ok.rawValue
  }

  /// Half the width of the prediction interval, `NaN` where there is none.
  private mutating func predictionHalfWidth(_ set: SetSolution, k: Int, se: Double) throws(FitError) -> Double {
    guard let prediction, k > 1 else { return .nan }
    let degrees = prediction.lost.map { k - 1 - $0 }
    if let degrees, degrees < 1 { return .nan }
    let variance =
      prediction.isHartungKnapp
      ? 1 / set.sumW
        * WaldRule(usesT: true, scales: true).scale(q: set.generalizedQ, degreesOfFreedom: Double(k - 1))
      : se * se
    return try criticalValues.critical(degreesOfFreedom: degrees) * (variance + (set.tau2 ?? 0)).squareRoot()
  }
}

extension SetSolution {
  /// I² by the model's definition, as `InterceptCore` has it.
  func iSquared(_ model: PoolingModel, degreesOfFreedom: Double) -> Double {
    guard model.iSquared == .tauSquared, let tau2 else {
      return shareFromQ(q, degreesOfFreedom: degreesOfFreedom).iSquared
    }
    return shareFromTauSquared(tau2, typicalVariance: degreesOfFreedom / traceP).iSquared
  }
}
