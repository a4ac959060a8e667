public import EffectSizes
public import Synthesis

/// How effect sizes are made from the data: one way among those that a grid runs through.
public struct EffectChoice: Sendable, Equatable {
  /// Code of the measure.
  public var measure: String
  /// Amount added to counts; `nil` is the measure's own.
  public var add: Double?
  /// Which rows get it; `nil` is the default (`only0`).
  public var to: CorrectionRule?
  /// Whether tables without any event, or without any non-event, are dropped; `nil` is the method's default.
  public var dropDoubleZero: Bool?
  /// Code of the sampling-variance formula; `nil` is the measure's own.
  public var varianceType: String?
  /// Whether estimates are corrected for bias; `nil` is the measure's default.
  public var correct: Bool?

  /// A measure with every default.
  public init(measure: String) { self.measure = measure }

  /// The request that makes these effect sizes; level and sign are those of another.
  func request(like base: MeasureRequest) -> MeasureRequest {
    var request = base
    request.code = measure
    request.add = add
    request.to = to?.rawValue
    request.dropDoubleZero = dropDoubleZero
    request.varianceType = varianceType
    request.correct = correct
    return request
  }

  /// The rule for tables with empty cells, such as `0.5 to all`; `default` when nothing is set.
  public var correctionWords: String {
    var words = [String]()
    if to == CorrectionRule.none {
      words.append("none")
    } else if add != nil || to != nil {
      words.append("\((add ?? 0.5).shortText) to \((to ?? .onlyZero).rawValue)")
    }
    if dropDoubleZero == true { words.append("drop00") }
    return words.isEmpty ? "default" : words.joined(separator: ", ")
  }
}

/// How effect sizes are pooled: one way among those that a grid runs through.
public struct ModelChoice: Sendable, Equatable {
  /// The method.
  public var method: PoolMethod
  /// Standard errors, tests and intervals.
  public var inference: Inference

  /// A way of pooling.
  public init(method: PoolMethod, inference: Inference = .normal) {
    self.method = method
    self.inference = inference
  }

  /// Sets method and inference in a request.
  public func apply(to request: inout PoolRequest) {
    request.method = method
    request.inference = inference
  }

  /// Whether the model can pool a measure: Mantel–Haenszel, Peto's method and mixed models take counts of certain
  /// measures only.
  public func suits(_ measure: Measure) -> Bool {
    switch method {
    case .inverseVariance: true
    case .mantelHaenszel: ["OR", "RR", "RD", "IRR", "IRD"].contains(measure.code)
    case .peto: ["OR", "PETO"].contains(measure.code)
    case .glmm: ["OR", "IRR", "PLO", "IRLN"].contains(measure.code)
    case .penalisedLogistic, .betaBinomial: measure.code == "OR"
    }
  }
}

/// One way of analysing the data: all that must be fixed so that its number can be repeated.
public struct Specification: Sendable, Equatable {
  /// How effect sizes are made.
  public var effect: EffectChoice
  /// How they are pooled.
  public var model: ModelChoice

  /// A specification from its two parts.
  public init(effect: EffectChoice, model: ModelChoice) {
    self.effect = effect
    self.model = model
  }

  /// The same analysis as a request, all else taken from another: what `evidence pool` would run.
  public func request(like base: PoolRequest) -> PoolRequest {
    var request = base
    request.measure = effect.request(like: base.measure)
    model.apply(to: &request)
    return request
  }
}
