import NumericCore

/// Turns solutions into the numbers of a row: standard errors, intervals, tests, heterogeneity, prediction, as far as they are
/// wanted; for one set or for several side by side.
struct GroupRow: Sendable {
  private let model: PoolingModel
  private let rule: WaldRule
  private let prediction: PredictionRule?
  private var criticalValues: CriticalValueCache
  /// The law of Q for the size of set that was last asked for.
  private var lawOfQ: ChiSquared?

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

  /// The numbers of one set of k studies.
  mutating func numbers(_ set: SetSolution<Double>, k: Int, wanted: GroupResults) throws(FitError) -> RowNumbers<Double>
  {
    guard k > 1 else { return try single(set, wanted: wanted) }
    let law = try criticalValues.value(degreesOfFreedom: degrees(k)).law
    return try several(set, k: k, wanted: wanted, p: law.twoSidedP, qP: try lawOfQ(k).upperTail)
  }

  /// The numbers of sets of k ≥ 2 studies each.
  mutating func numbers(
    _ sets: SetSolution<LaneBlock.Vector>, k: Int, wanted: GroupResults
  ) throws(FitError) -> RowNumbers<LaneBlock.Vector> {
    let law = try criticalValues.value(degreesOfFreedom: degrees(k)).law
    return try several(sets, k: k, wanted: wanted, p: law.twoSidedP, qP: try lawOfQ(k).upperTail)
  }

  private func degrees(_ k: Int) -> Int? { rule.usesT ? k - 1 : nil }

  private mutating func lawOfQ(_ k: Int) throws(FitError) -> ChiSquared {
    let df = Double(k - 1)
    if let lawOfQ, lawOfQ.degreesOfFreedom == df { return lawOfQ }
    do {
      let law = try ChiSquared(degreesOfFreedom: df)
      lawOfQ = law
      return law
    } catch { throw .domain(what: "degrees of freedom", value: df, expected: "a positive number") }
  }

  /// A set of one study: its own estimate and standard error, and normal inference.
  private mutating func single(_ set: SetSolution<Double>, wanted: GroupResults) throws(FitError) -> RowNumbers<Double>
  {
    var row = RowNumbers(estimate: set.mean, standardError: (1 / set.sumW).squareRoot())
    row.reach = try criticalValues.critical(degreesOfFreedom: nil) * row.standardError
    if wanted.p != nil { row.takeP { Normal.twoSidedP($0) } }
    return row
  }

  @inline(__always)
  private mutating func several<V: Lanes>(
    _ set: SetSolution<V>, k: Int, wanted: GroupResults, p: (V) -> V, qP: (V) -> V
  ) throws(FitError) -> RowNumbers<V> {
    let df = Double(k - 1)
    let one = V(repeating: 1)
    let scale: V = rule.scale(q: set.generalizedQ, degreesOfFreedom: df)
    var row = RowNumbers(estimate: set.mean, standardError: (scale * (one / set.sumW)).squareRoot())
    row.reach = try criticalValues.critical(degreesOfFreedom: degrees(k)) * row.standardError
    if wanted.p != nil { row.takeP(p) }
    if let tau2 = set.tau2 { row.tauSquared = tau2 }
    row.iSquared = 100 * set.iSquared(model, degreesOfFreedom: df)
    row.q = set.q
    if wanted.qP != nil { row.qP = qP(set.q) }
    if wanted.predictionLower != nil || wanted.predictionUpper != nil {
      row.predictionReach = try predictionReach(set, k: k, standardError: row.standardError)
    }
    return row
  }

  /// Half the width of the prediction interval, `NaN` where there is none.
  @inline(__always)
  private mutating func predictionReach<V: Lanes>(
    _ set: SetSolution<V>, k: Int, standardError: V
  ) throws(FitError) -> V {
    guard let prediction else { return V(repeating: .nan) }
    let degrees = prediction.lost.map { k - 1 - $0 }
    if let degrees, degrees < 1 { return V(repeating: .nan) }
    let own: V = WaldRule(usesT: true, scales: true).scale(q: set.generalizedQ, degreesOfFreedom: Double(k - 1))
    let variance =
      prediction.isHartungKnapp ? V(repeating: 1) / set.sumW * own : standardError * standardError
    return try criticalValues.critical(degreesOfFreedom: degrees) * (variance + (set.tau2 ?? .zero)).squareRoot()
  }
}

/// The numbers of the row of a set, or of several side by side; `NaN` for what does not exist.
struct RowNumbers<V: Lanes> {
  var estimate, standardError: V
  /// Half the widths of the confidence and the prediction interval.
  var reach = V(repeating: .nan)
  var predictionReach = V(repeating: .nan)
  var p = V(repeating: .nan)
  var tauSquared = V(repeating: .nan)
  /// I² in per cent.
  var iSquared = V(repeating: .nan)
  var q = V(repeating: .nan)
  var qP = V(repeating: .nan)

  init(estimate: V, standardError: V) {
    self.estimate = estimate
    self.standardError = standardError
  }

  /// The p-values by a law; none where the standard error is 0.
  @inline(__always)
  mutating func takeP(_ p: (V) -> V) {
    self.p = self.p.replacing(with: p(estimate / standardError), where: .zero .< standardError)
  }
}

extension RowNumbers<LaneBlock.Vector> {
  /// The row of the set in a lane.
  subscript(lane: Int) -> RowNumbers<Double> {
    var row = RowNumbers<Double>(estimate: estimate[lane], standardError: standardError[lane])
    row.reach = reach[lane]
    row.predictionReach = predictionReach[lane]
    row.p = p[lane]
    row.tauSquared = tauSquared[lane]
    row.iSquared = iSquared[lane]
    row.q = q[lane]
    row.qP = qP[lane]
    return row
  }
}

extension SetSolution {
  /// I² by the model's definition, as `InterceptCore` has it.
  @inline(__always)
  func iSquared(_ model: PoolingModel, degreesOfFreedom: Double) -> V {
    guard model.iSquared == .tauSquared, let tau2 else {
      return shareFromQ(q, degreesOfFreedom: degreesOfFreedom).iSquared
    }
    return shareFromTauSquared(tau2, typicalVariance: V(repeating: degreesOfFreedom) / traceP).iSquared
  }
}
