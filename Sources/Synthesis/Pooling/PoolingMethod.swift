/// What the studies are taken to share, and how τ² is estimated when they differ.
public enum PoolingMethod: Sendable, Equatable {
  /// One true effect for all studies (τ² = 0); the common-effect model. Code EE.
  case equalEffects
  /// Several true effects, inference about their weighted mean in these very studies; the numbers are those of EE.
  case fixedEffects
  /// True effects drawn from a distribution with variance τ².
  case random(TauSquaredEstimator)

  /// The field's abbreviation: EE, FE or the estimator's code.
  public var code: String {
    switch self {
    case .equalEffects: "EE"
    case .fixedEffects: "FE"
    case .random(let estimator): estimator.code
    }
  }

  /// The name in words.
  public var name: String {
    switch self {
    case .equalEffects: "equal effects"
    case .fixedEffects: "fixed effects"
    case .random(let estimator): estimator.name
    }
  }

  /// The τ² estimator of a random-effects method.
  public var tauSquared: TauSquaredEstimator? {
    if case .random(let estimator) = self { estimator } else { nil }
  }

  /// Every method, in the order of help pages.
  public static let all: [PoolingMethod] = TauSquaredEstimator.all.map { .random($0) } + [.equalEffects, .fixedEffects]

  /// The method with this code: the exact spelling first, then whatever the letter case; CE is taken for EE.
  public init?(code: String) {
    let wanted = code.lowercased()
    let found =
      Self.all.first { $0.code == code } ?? Self.all.first { $0.code.lowercased() == wanted }
      ?? (wanted == "ce" ? .equalEffects : nil)
    guard let found else { return nil }
    self = found
  }
}
