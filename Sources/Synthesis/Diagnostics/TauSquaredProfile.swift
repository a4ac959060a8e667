/// The likelihood as a function of τ², the coefficients being at their best for each τ².
public struct TauSquaredProfile: Sendable {
  /// A place of the profile.
  public struct Point: Sendable {
    /// τ² and the log-likelihood there, with full constants.
    public let tauSquared, logLikelihood: Double
  }

  /// The places, by increasing τ².
  public let points: [Point]
  /// The τ² of the highest likelihood.
  public let maximum: Point
  /// The τ² whose likelihood-ratio test does not reject.
  public let interval: Interval
  /// Log-likelihood at the ends of the interval: the maximum less half a χ² quantile.
  public let cutoff: Double
  /// Whether it is the restricted likelihood.
  public let isRestricted: Bool

  private static let places = 101

  /// The profile: restricted likelihood for REML, full for other random-effects methods.
  ///
  /// Source: Hardy and Thompson 1996, Statistics in Medicine 15, 619.
  /// - Throws: `invalidSpecification` for equal effects and a given τ², `tooFewStudies` for fewer than two, and what the fit throws.
  public init(model: PoolingModel, studies: DiagnosticStudies) throws(FitError) {
    guard let estimator = model.method.tauSquared, model.fixedTauSquared == nil else {
      throw .invalidSpecification("a profile of the likelihood needs a method that estimates τ², such as REML")
    }
    guard studies.count > 1 else {
      throw .tooFewStudies(needed: 2, got: studies.count, what: "a profile of the likelihood")
    }
    isRestricted = estimator.likelihood == .restricted
    let kind: Likelihood = isRestricted ? .restricted : .full
    var likelihoodModel = PoolingModel(
      method: .random(isRestricted ? .reml : .maximumLikelihood), level: model.level, prediction: .none)
    likelihoodModel.tauSquaredInterval = .profileLikelihood
    let unweighted = DiagnosticStudies(
      yi: studies.yi, vi: studies.vi, design: studies.design, terms: studies.terms)
    let fit = try likelihoodModel.fit(unweighted)
    let problem = try likelihoodModel.problem(unweighted)
    let top = fit.heterogeneity.tauSquared ?? 0
    interval = fit.heterogeneity.tauSquaredInterval ?? Interval(lower: 0, upper: .infinity, level: model.level)
    let point = { (t: Double) in Point(tauSquared: t, logLikelihood: problem.logLikelihood(at: t, kind)) }
    maximum = point(top)
    cutoff = maximum.logLikelihood - 0.5 * (try chiSquaredQuantile(model.level, degreesOfFreedom: 1))
    let reach = 1.2 * (interval.upper.isFinite && interval.upper > 0 ? interval.upper : max(4 * top, 1))
    points = (0..<Self.places).map { point(reach * Double($0) / Double(Self.places - 1)) }
  }
}
