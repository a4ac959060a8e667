import EffectSizes
public import Synthesis

/// Fits the model of a request to any set of studies: all of them, a subgroup, all but one.
public struct Pooler: Sendable {
  let request: PoolRequest

  /// A pooler for the model of a request.
  /// - Throws: 64 when the request asks for what its method does not have.
  public init(_ request: PoolRequest) throws(EvidenceError) {
    self.request = request
    if request.moderators != nil, request.subgroupColumn != nil {
      throw EvidenceError(
        .usage, "--mods and --subgroup exclude each other", hint: "put the grouping column among the moderators")
    }
    if request.roundingSeed != nil, request.moderators != nil || request.permutation != nil {
      throw EvidenceError(
        .usage, "--rounding is not available with --mods or --permute", hint: "pool without moderators, or a subgroup")
    }
    if request.commonTauSquared, request.subgroupColumn == nil {
      throw EvidenceError(.usage, "--common-tau2 needs --subgroup COLUMN")
    }
    if request.glmmModel != nil, request.method != .glmm {
      throw EvidenceError(.usage, "--glmm needs --method GLMM")
    }
    if request.moderators != nil, ![.riley, .t, .normal, .none].contains(request.prediction) {
      throw EvidenceError(
        .usage, "--prediction \(request.prediction.word) is not available with --mods",
        hint: "choose riley, t, normal or none")
    }
    guard request.method.worksOnCounts else { return }
    let code = request.methodCode
    if request.inference != .normal { throw Pooler.unavailable("--inference \(request.inference.word)", code) }
    if request.weightsColumn != nil { throw Pooler.unavailable("--weights", code) }
    if request.fixedTauSquared != nil { throw Pooler.unavailable("--tau2", code) }
    if request.tauSquaredInterval != nil { throw Pooler.unavailable("--tau2-ci", code) }
    if request.moderators != nil { throw Pooler.unavailable("--mods", code) }
    if request.permutation != nil { throw Pooler.unavailable("--permute", code) }
    if request.scale != nil { throw Pooler.unavailable("--scale", code) }
  }

  private static func unavailable(_ option: String, _ code: String) -> EvidenceError {
    EvidenceError(
      .usage, "\(option) is not available with --method \(code)", hint: "use an inverse-variance method such as REML")
  }

  /// The specification of an inverse-variance method.
  func model(_ method: PoolingMethod) -> PoolingModel {
    PoolingModel(
      method: method, inference: request.inference, level: request.measure.level,
      fixedTauSquared: request.fixedTauSquared, tauSquaredInterval: request.tauSquaredInterval,
      prediction: request.prediction, iSquared: request.iSquared,
      originWithoutIntercept: request.originWithoutIntercept)
  }

  /// The intercept-only fit of some studies.
  /// - Throws: 69 when the model cannot be fitted to them.
  public func fit(_ studies: StudySet, weights: [Double]? = nil) throws(EvidenceError) -> Fit {
    do throws(FitError) {
      switch request.method {
      case .inverseVariance(let method):
        return try model(method).fit(yi: studies.yi, vi: studies.vi, weights: weights)
      case .mantelHaenszel, .peto, .glmm, .penalisedLogistic, .betaBinomial:
        return try fitCounts(studies.counts)
      }
    } catch { throw EvidenceError(error) }
  }

  /// The fit with moderators.
  func fit(_ studies: StudySet, design: Design, weights: [Double]?) throws(EvidenceError) -> Fit {
    guard case .inverseVariance(let method) = request.method else {
      throw Pooler.unavailable("--mods", request.methodCode)
    }
    do throws(FitError) {
      return try model(method).fit(
        yi: studies.yi, vi: studies.vi, design: design.matrix, terms: design.names, weights: weights)
    } catch { throw EvidenceError(error) }
  }
}

extension PoolRequest {
  /// Code of the method.
  public var methodCode: String {
    switch method {
    case .inverseVariance(let method): method.code
    case .mantelHaenszel: "MH"
    case .peto: "PETO"
    case .glmm: "GLMM"
    case .penalisedLogistic: "LRP"
    case .betaBinomial: "BB"
    }
  }
}

extension EvidenceError {
  /// A fit's error as the command line says it: 64 for a specification, 69 for data that cannot be fitted.
  init(_ error: FitError) {
    switch error {
    case .noStudies:
      self.init(
        .notEstimable, "no study is left to analyse", hint: "look at the excluded rows, or relax --where")
    case .tooFewStudies(let needed, let got, let what):
      self.init(.notEstimable, "\(what) needs at least \(needed) studies, got \(got)", hint: "use a simpler model")
    case .rankDeficient(let rank, let columns):
      self.init(
        .notEstimable,
        "the moderators are linearly dependent: rank \(rank), redundant: \(columns.joined(separator: ", "))",
        hint: "drop \(columns.joined(separator: ", ")) from --mods")
    case .domain(let what, let value, let expected):
      self.init(.badData, "\(what) = \(value.shortText): expected \(expected)")
    case .notEstimable(let what, let hint): self.init(.notEstimable, "\(what) is not estimable", hint: hint)
    case .notConverged(let what, let convergence, let hint):
      self.init(
        .notEstimable, "\(what) did not converge (\(convergence.method), \(convergence.iterations) iterations)",
        hint: hint)
    case .invalidSpecification(let message): self.init(.usage, message)
    }
  }
}
