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
  /// Which tool's defaults were taken, in words, when the user asked for them.
  public var conventions: [String] = []
  /// The command line, for the provenance.
  public var command = ""

  /// A request with every default.
  public init(data: DataRequest) { self.data = data }
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

  /// The method with a code such as REML, EE, MH, PETO, GLMM.
  public init?(code: String) {
    switch code.uppercased() {
    case "MH": self = .mantelHaenszel
    case "PETO": self = .peto
    case "GLMM": self = .glmm
    default:
      guard let method = PoolingMethod(code: code) else { return nil }
      self = .inverseVariance(method)
    }
  }

  /// The codes of all methods.
  public static var codes: [String] { PoolingMethod.all.map(\.code) + ["MH", "PETO", "GLMM"] }

  /// Whether the method works on counts and therefore drops tables without events by default.
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
