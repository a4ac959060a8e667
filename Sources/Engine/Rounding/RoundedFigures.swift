import Synthesis

/// The figures of a pooled analysis that rounding can move, on the analysis scale.
enum RoundedFigure: String, CaseIterable {
  case estimate, se, lower = "ci_lower", upper = "ci_upper", p, tauSquared = "tau2", iSquared = "i2", q, qP = "q_p"
  case predictionLower = "pi_lower", predictionUpper = "pi_upper"

  /// Its value in a fit.
  func value(_ fit: Fit) -> Double? {
    switch self {
    case .estimate: fit.pooled?.value
    case .se: fit.pooled?.standardError
    case .lower: fit.pooled?.interval.lower
    case .upper: fit.pooled?.interval.upper
    case .p: fit.pooled?.pValue
    case .tauSquared: fit.heterogeneity.tauSquared
    case .iSquared: fit.heterogeneity.iSquared.map { 100 * $0 }
    case .q: fit.heterogeneity.q
    case .qP: fit.heterogeneity.qPValue
    case .predictionLower: fit.prediction?.interval.lower
    case .predictionUpper: fit.prediction?.interval.upper
    }
  }

  /// Whether it is shown back-transformed.
  var isDisplayed: Bool {
    switch self {
    case .estimate, .lower, .upper, .predictionLower, .predictionUpper: true
    default: false
    }
  }
}
