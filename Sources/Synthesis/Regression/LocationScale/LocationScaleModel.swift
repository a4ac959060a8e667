public import NumericCore

/// A location-scale model: moderators of the mean effect and of the between-study variance.
///
/// yᵢ = xᵢ'β + uᵢ + εᵢ with Var εᵢ = vᵢ known and Var uᵢ = τᵢ², log τᵢ² = zᵢ'α, or with the identity link τᵢ² = zᵢ'α where
/// no τᵢ² may be negative. α maximises the (restricted) likelihood with β profiled out; standard errors of α come from
/// the observed information at the maximum, those of β from (X'WX)⁻¹ with wᵢ = 1/(vᵢ + τᵢ²).
///
/// Source: Viechtbauer and López-López (2022), Research Synthesis Methods 13, 697–715.
public struct LocationScaleModel: Sendable {
  /// What is linear in the moderators of the scale.
  public enum Link: String, Sendable, CaseIterable {
    /// log τ².
    case log
    /// τ² itself.
    case identity
  }

  /// Whether the restricted likelihood is maximised (REML) or the full one (ML).
  public var restricted: Bool
  /// Whether tests and intervals use t with k − p (location) and k − q (scale) degrees of freedom instead of the normal.
  public var usesT: Bool
  /// Coverage of the intervals.
  public var level: Double
  /// What is linear in the moderators of the scale.
  public var link: Link

  /// A specification, REML with the normal and log τ² unless told otherwise.
  public init(restricted: Bool = true, usesT: Bool = false, level: Double = 0.95, link: Link = .log) {
    self.restricted = restricted
    self.usesT = usesT
    self.level = level
    self.link = link
  }

  /// Fits the model.
  ///
  /// - Parameters:
  ///   - location: columns of the moderators of the mean, with their names.
  ///   - scale: columns of the moderators of log τ² (or τ²), with their names.
  /// - Throws: `rankDeficient`, `tooFewStudies`, `domain`; `notConverged` when the likelihood has no maximum within the
  ///   possible α, as when some setting shows no heterogeneity at all.
  public func fit(
    yi: [Double], vi: [Double], location: (design: Matrix, terms: [String]), scale: (design: Matrix, terms: [String])
  ) throws(FitError) -> LocationScaleFit {
    let problem = try LocationScaleProblem(
      yi: yi, vi: vi, location: location, scale: scale, restricted: restricted, link: link)
    let maximum = try LocationScaleSearch(problem: problem).maximum()
    return try LocationScaleFit(model: self, problem: problem, maximum: maximum)
  }
}
