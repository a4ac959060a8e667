/// How an interval for τ² is made.
public enum TauSquaredIntervalMethod: Sendable, Equatable {
  /// Inverts the generalised Q statistic, Q(τ²) ~ χ² (Viechtbauer 2007, section 3.5).
  case qProfile
  /// Inverts the exact distribution of Q with weights that do not depend on τ² (Jackson 2013): the user's weights when
  /// there are any, else 1/vᵢ.
  case generalizedQ
  /// The generalised Q with weights 1/vᵢ: the exact distribution of Cochran's Q (Biggerstaff and Jackson 2008).
  case biggerstaffJackson
  /// The generalised Q with weights 1/√vᵢ (Jackson 2013, section 5).
  case jackson
  /// Inverts the likelihood-ratio test of τ², restricted likelihood for REML and full likelihood otherwise
  /// (Hardy and Thompson 1996; Viechtbauer 2007, section 3.2).
  case profileLikelihood
  /// τ² ± z·se, cut at 0 (Biggerstaff and Tweedie 1997).
  case wald
  /// exp(log τ² ± z·se/τ²).
  case waldLog
  /// (τ ± z·se/(2τ))², cut at 0.
  case waldSqrt
  /// Percentiles of the estimates from samples drawn of the fitted model (Viechtbauer 2007, section 3.6).
  case bootstrapParametric(replicates: Int = 1000, seed: UInt64 = 1)
  /// Percentiles of the estimates from resampled studies (Viechtbauer 2007, section 3.7).
  case bootstrapNonparametric(replicates: Int = 1000, seed: UInt64 = 1)

  /// Every method, in the order of help pages.
  public static let all: [TauSquaredIntervalMethod] = [
    .qProfile, .generalizedQ, .profileLikelihood, .wald, .waldLog, .waldSqrt, .biggerstaffJackson, .jackson,
    .bootstrapParametric(), .bootstrapNonparametric(),
  ]

  /// The word on the command line.
  public var word: String {
    switch self {
    case .qProfile: "q-profile"
    case .generalizedQ: "generalized-q"
    case .biggerstaffJackson: "biggerstaff-jackson"
    case .jackson: "jackson"
    case .profileLikelihood: "profile-likelihood"
    case .wald: "wald"
    case .waldLog: "wald-log"
    case .waldSqrt: "wald-sqrt"
    case .bootstrapParametric: "bootstrap-parametric"
    case .bootstrapNonparametric: "bootstrap-nonparametric"
    }
  }

  /// The method with this word; bootstraps with their default replicates and seed.
  public init?(word: String) {
    guard let found = Self.all.first(where: { $0.word == word }) else { return nil }
    self = found
  }
}
