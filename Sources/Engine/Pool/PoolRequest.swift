public import EffectSizes
public import Synthesis

/// Everything `evidence pool` needs to know; commands that pool on their way use it too.
public struct PoolRequest: Sendable {
  /// What to read.
  public var data: DataRequest
  /// Which effect size.
  public var measure = MeasureRequest()
  /// How to pool.
  public var method = PoolMethod.inverseVariance(.random(.reml))
  /// Standard errors, tests and intervals.
  public var inference = Inference.normal
  /// A given τ², `nil` to estimate it.
  public var fixedTauSquared: Double?
  /// Interval for τ², `nil` for none.
  public var tauSquaredInterval: TauSquaredIntervalMethod?
  /// Prediction interval.
  public var prediction = PredictionMethod.riley
  /// Definition of I².
  public var iSquared = ISquaredDefinition.tauSquared
  /// Where effects are measured from in a regression whose columns span no constant.
  public var originWithoutIntercept = OutcomeOrigin.asGiven
  /// Whether Mantel–Haenszel and Peto leave tables without events in both groups out of Q where no rule is given.
  public var countMethodsDropDoubleZeros = false
  /// Column of user weights.
  public var weightsColumn: String?
  /// Formula of the moderators.
  public var moderators: String?
  /// Column of subgroups, and whether they share one τ².
  public var subgroupColumn: String?
  /// Whether subgroups share one τ².
  public var commonTauSquared = false
  /// Permutation p-values, `nil` for none.
  public var permutation: PermutationRequest?
  /// Model of the GLMM.
  public var glmmModel: String?
  /// A value of interest: the probability that a new setting lies beyond it (analysis scale).
  public var threshold: Double?
  /// Moderators of the between-study variance.
  public var scale: ScaleRequest?
  /// What is asked of the model beside its fit.
  public var questions = ModelQuestions()
  /// Asks for the ranges that the rounding of the inputs leaves, with the seed of points drawn; `nil` for none.
  public var roundingSeed: UInt64?
  /// Which tool's defaults were taken, in words, when the user asked for them.
  public var conventions: [String] = []
  /// The command line, for the provenance.
  public var command = ""

  /// A request with every default.
  public init(data: DataRequest) { self.data = data }

  /// Seed of the random numbers that the analysis needs, `nil` when it needs none.
  var seed: UInt64? {
    if let permutation, permutation.draws != nil { return permutation.seed }
    if case .bootstrap(_, let seed) = prediction { return seed }
    switch tauSquaredInterval {
    case .bootstrapParametric(_, let seed), .bootstrapNonparametric(_, let seed): return seed
    default: return nil
    }
  }

  /// Sets samples and seed of every bootstrap of the request; false when it has none.
  public mutating func setBootstrap(replicates: Int?, seed: UInt64) -> Bool {
    var found = true
    switch tauSquaredInterval {
    case .bootstrapParametric(let usual, _):
      tauSquaredInterval = .bootstrapParametric(replicates: replicates ?? usual, seed: seed)
    case .bootstrapNonparametric(let usual, _):
      tauSquaredInterval = .bootstrapNonparametric(replicates: replicates ?? usual, seed: seed)
    default: found = false
    }
    if case .bootstrap(let usual, _) = prediction {
      prediction = .bootstrap(replicates: replicates ?? usual, seed: seed)
      found = true
    }
    return found
  }

  /// Takes back what conventions set for a random-effects model when the method chosen has no use for it.
  public mutating func dropWhatTheMethodLacks() {
    if method.tauSquared == nil { tauSquaredInterval = nil }
    if method.worksOnCounts {
      inference = .normal
      if method != .glmm { iSquared = .q }
    }
  }

  /// Whether a seed has a meaning in this request.
  public var usesRandomNumbers: Bool { seed != nil || roundingSeed != nil }

  /// Whether tables without events (or without non-events) in both groups are left out unless told otherwise: by the models
  /// of counts, which learn nothing from them; by MH and PETO, whose estimate they do not touch, where a tool's conventions
  /// leave them out of Q.
  var dropsDoubleZeros: Bool {
    switch method {
    case .inverseVariance: false
    case .mantelHaenszel, .peto: countMethodsDropDoubleZeros
    default: true
    }
  }

  /// The effect sizes of the rows.
  var rowMeasure: MeasureRequest { measure.rows(droppingDoubleZeros: dropsDoubleZeros) }
}

/// The families of pooling methods.
public enum PoolMethod: Sendable, Equatable {
  /// Weights from sampling variances, with or without τ².
  case inverseVariance(PoolingMethod)
  /// Mantel–Haenszel, from counts.
  case mantelHaenszel
  /// Peto's one-step odds ratio.
  case peto
  /// A generalised linear mixed model of the counts.
  case glmm
  /// Logistic regression with Firth's penalty, from counts.
  case penalisedLogistic
  /// Beta-binomial regression, from counts.
  case betaBinomial

  /// The method with a code such as REML, EE, MH, PETO, GLMM.
  public init?(code: String) {
    switch code.uppercased() {
    case "MH": self = .mantelHaenszel
    case "PETO": self = .peto
    case "GLMM": self = .glmm
    case "LRP": self = .penalisedLogistic
    case "BB": self = .betaBinomial
    default:
      guard let method = PoolingMethod(code: code) else { return nil }
      self = .inverseVariance(method)
    }
  }

  /// The codes of all methods.
  public static var codes: [String] { PoolingMethod.all.map(\.code) + ["MH", "PETO", "GLMM", "LRP", "BB"] }

  /// The estimator of τ², `nil` for methods without one.
  var tauSquared: TauSquaredEstimator? {
    if case .inverseVariance(let method) = self { method.tauSquared } else { nil }
  }

  /// Whether the method works on counts.
  var worksOnCounts: Bool {
    if case .inverseVariance = self { false } else { true }
  }
}

/// Permutation p-values: all arrangements, or a seeded sample.
public struct PermutationRequest: Sendable, Equatable {
  /// Number of random arrangements; `nil` for all of them.
  public var draws: Int?
  /// Seed of the draws.
  public var seed: UInt64

  /// All arrangements, or a number of random ones.
  public init(draws: Int?, seed: UInt64) {
    self.draws = draws
    self.seed = seed
  }
}
