/// What the effects are regressed on in Egger's test.
public enum SmallStudyPredictor: String, Sendable, CaseIterable {
  /// Standard error √vᵢ.
  case sei
  /// Sampling variance vᵢ.
  case vi
  /// Size nᵢ.
  case ni
  /// 1/nᵢ.
  case ninv
  /// √nᵢ.
  case sqrtni
  /// 1/√nᵢ.
  case sqrtninv

  /// Whether a predictor of zero means an infinitely large study, so that the intercept is a limit estimate.
  var vanishesForLargeStudies: Bool {
    switch self {
    case .sei, .vi, .ninv, .sqrtninv: true
    case .ni, .sqrtni: false
    }
  }

  /// The predictor of each study.
  /// - Throws: `invalidSpecification` when it needs sizes and the data have none.
  func values(_ studies: BiasStudies) throws(FitError) -> [Double] {
    let what = "predictor \(rawValue)"
    return switch self {
    case .sei: studies.sei
    case .vi: studies.vi
    case .ni: try studies.requireSizes(what)
    case .ninv: try studies.requireSizes(what).map { 1 / $0 }
    case .sqrtni: try studies.requireSizes(what).map { $0.squareRoot() }
    case .sqrtninv: try studies.requireSizes(what).map { 1 / $0.squareRoot() }
    }
  }
}
