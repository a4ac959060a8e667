/// How effect sizes are pooled: a specification, which `fit` turns into a `Fit`.
///
///     var model = PoolingModel(method: .random(.reml), inference: .hartungKnapp)
///     let fit = try model.fit(yi: yi, vi: vi)
///
/// The model is yᵢ = xᵢ'β + uᵢ + εᵢ with uᵢ ~ N(0, τ²) and εᵢ ~ N(0, vᵢ), the vᵢ known; τ² is 0 for equal effects and
/// is left out of the weights for fixed effects. Definitions follow metafor's: full-constant likelihoods, an AIC that
/// counts τ² unless it is fixed, I² against the typical sampling variance, weights in per cent.
public struct PoolingModel: Sendable {
  /// Equal effects, fixed effects, or random effects with an estimator of τ².
  public var method: PoolingMethod
  /// How standard errors, tests and intervals of the coefficients are made.
  public var inference: Inference
  /// Coverage of every interval, in (0, 1).
  public var level: Double
  /// A given τ², which is then not estimated; random-effects methods only.
  public var fixedTauSquared: Double?
  /// Interval for τ² (and from it for I² and H²), `nil` for none.
  public var tauSquaredInterval: TauSquaredIntervalMethod?
  /// Interval for the effect in a new setting.
  public var prediction: PredictionMethod
  /// Definition of I².
  public var iSquared: ISquaredDefinition
  /// What Q and τ² are computed from when the moderators span no constant.
  public var originWithoutIntercept: OutcomeOrigin

  /// A specification; what is not given takes the usual default.
  public init(
    method: PoolingMethod = .random(.reml), inference: Inference = .normal, level: Double = 0.95,
    fixedTauSquared: Double? = nil, tauSquaredInterval: TauSquaredIntervalMethod? = nil,
    prediction: PredictionMethod = .riley, iSquared: ISquaredDefinition = .tauSquared,
    originWithoutIntercept: OutcomeOrigin = .asGiven
  ) {
    self.method = method
    self.inference = inference
    self.level = level
    self.fixedTauSquared = fixedTauSquared
    self.tauSquaredInterval = tauSquaredInterval
    self.prediction = prediction
    self.iSquared = iSquared
    self.originWithoutIntercept = originWithoutIntercept
  }
}
