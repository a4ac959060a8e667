/// An estimator of the between-study variance τ²: all facts about it in one value.
///
/// Adding one takes a file with its `static let` and its word in `all`; command line, documentation and tests read
/// that list.
public struct TauSquaredEstimator: Sendable, Equatable, CustomStringConvertible {
  /// The field's abbreviation, such as REML.
  public let code: String
  /// The name in words.
  public let name: String
  /// Where it comes from.
  public let source: String
  /// Whether it needs weights given by the user.
  public let needsWeights: Bool
  /// Which likelihood it maximises, if one.
  let likelihood: Likelihood?
  /// How short sets are solved side by side; `nil` when each is solved by itself.
  let lanes: LanePlan?
  /// The estimate, cut at 0.
  let estimate: @Sendable (PoolingProblem) throws(FitError) -> TauSquaredSolution
  /// Standard error of the estimate, at the estimate.
  let standardError: @Sendable (PoolingProblem, Double) -> Double

  /// A definition.
  init(
    code: String, name: String, source: String, likelihood: Likelihood? = nil, needsWeights: Bool = false,
    lanes: LanePlan? = nil,
    estimate: @escaping @Sendable (PoolingProblem) throws(FitError) -> TauSquaredSolution,
    standardError: @escaping @Sendable (PoolingProblem, Double) -> Double
  ) {
    self.code = code
    self.name = name
    self.source = source
    self.needsWeights = needsWeights
    self.likelihood = likelihood
    self.lanes = lanes
    self.estimate = estimate
    self.standardError = standardError
  }

  /// Every estimator, in the order of help pages.
  public static let all: [TauSquaredEstimator] = [
    .reml, .derSimonianLaird, .hedges, .hunterSchmidt, .hunterSchmidtCorrected, .sidikJonkman, .maximumLikelihood,
    .empiricalBayes, .pauleMandel, .medianUnbiasedPauleMandel, .generalizedQ, .medianUnbiasedGeneralizedQ,
    .iteratedDerSimonianLaird, .iteratedSidikJonkman, .twoStepDerSimonianLaird,
  ]

  /// The estimator with this code, as spelt in `all`.
  public init?(code: String) {
    guard let found = Self.all.first(where: { $0.code == code }) else { return nil }
    self = found
  }

  /// Two definitions are one when their codes are.
  public static func == (a: TauSquaredEstimator, b: TauSquaredEstimator) -> Bool { a.code == b.code }

  /// The code.
  public var description: String { code }
}

/// A likelihood of τ².
enum Likelihood: Sendable, Equatable {
  /// Of (β, τ²), β at its best for τ².
  case full
  /// Of the residual contrasts.
  case restricted
  /// Of τ² when μ is given (intercept-only).
  case knownMean(Double)
}

/// An estimate of τ² and how it was reached.
struct TauSquaredSolution: Sendable {
  var value: Double
  var procedure: StaticString
  var iterations = 0
  var converged = true
  /// What is left of the equation solved, relative to its scale.
  var residual = 0.0
  /// Number of local maxima of the likelihood, 1 for other estimators.
  var localMaxima = 1

  /// Of a closed form.
  static func closedForm(_ value: Double) -> TauSquaredSolution {
    TauSquaredSolution(value: truncatedAtZero(value), procedure: "closed form")
  }
}

/// max(0, x), but NaN stays NaN.
func truncatedAtZero(_ x: Double) -> Double { x < 0 ? 0 : x }
