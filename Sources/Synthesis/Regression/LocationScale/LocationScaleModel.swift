public import NumericCore

/// A location-scale model: moderators of the mean effect and of the between-study variance.
///
/// yᵢ = xᵢ'β + uᵢ + εᵢ with Var εᵢ = vᵢ known and Var uᵢ = τᵢ² = exp(zᵢ'α). α maximises the (restricted) likelihood with
/// β profiled out; standard errors of α come from the observed information at the maximum, those of β from
/// (X'WX)⁻¹ with wᵢ = 1/(vᵢ + τᵢ²).
///
/// Source: Viechtbauer and López-López (2022), Research Synthesis Methods 13, 697–715.
public struct LocationScaleModel: Sendable {
  /// Whether the restricted likelihood is maximised (REML) or the full one (ML).
  public var restricted: Bool
  /// Whether tests and intervals use t with k − p (location) and k − q (scale) degrees of freedom instead of the normal.
  public var usesT: Bool
  /// Coverage of the intervals.
  public var level: Double

  /// A specification, REML with the normal unless told otherwise.
  public init(restricted: Bool = true, usesT: Bool = false, level: Double = 0.95) {
    self.restricted = restricted
    self.usesT = usesT
    self.level = level
  }

  /// Fits the model.
  ///
  /// - Parameters:
  ///   - location: columns of the moderators of the mean, with their names.
  ///   - scale: columns of the moderators of log τ², with their names.
  /// - Throws: `rankDeficient`, `tooFewStudies`, `domain`; `notConverged` when the likelihood has no maximum at finite
  ///   α, as when some setting shows no heterogeneity at all.
  public func fit(
    yi: [Double], vi: [Double], location: (design: Matrix, terms: [String]), scale: (design: Matrix, terms: [String])
  ) throws(FitError) -> LocationScaleFit {
    let problem = try LocationScaleProblem(
      yi: yi, vi: vi, location: location, scale: scale, restricted: restricted)
    let maximum = try LocationScaleSearch(problem: problem).maximum()
    return try LocationScaleFit(model: self, problem: problem, maximum: maximum)
  }
}
