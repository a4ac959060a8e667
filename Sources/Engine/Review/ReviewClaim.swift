import ReviewFiles

/// A number that a review's file stores, held against what its data give.
public struct ReviewClaim: Sendable {
  /// What is claimed, such as `1.2 overall RR`.
  public let claim: String
  /// The study it is about, if it is about one.
  public let study: String?
  /// Kind of quantity: estimate, ci_lower, tau2, …
  public let kind: String
  /// The number as stored.
  public let stated: String
  /// What the data give; `nil` when they give nothing.
  public let recomputed: Double?
  /// The values that the data can give, printed as they are.
  public internal(set) var range: ClosedRange<Double>?
  /// How it was computed.
  public let formula: String
  /// What came of it.
  public internal(set) var verdict: Verdict
  /// Why, where there is something to say.
  public internal(set) var note = ""
}

extension StoredFigure {
  /// How near two computations of this number are to be called the same: relative, and absolute.
  ///
  /// Review software stores its doubles in full: nine digits then are agreement. RevMan's p-values of χ² are by an
  /// approximation: the largest error seen among 60 of a published review is 2.7e-7, and 1.3e-5 of the value.
  private var tolerance: (relative: Double, absolute: Double) {
    switch self {
    case .p: (1e-6, 1e-9)
    case .qP, .subgroupP: (2e-5, 5e-7)
    // Shares of Q come from differences that can cancel.
    case .iSquared, .subgroupISquared, .tauSquared: (1e-8, 1e-8)
    default: (1e-9, 1e-10)
    }
  }

  /// Whether a value is the stored one, to the digits stored.
  func agrees(_ value: Double, with stored: StoredNumber) -> Bool {
    let stated = self == .statistic ? abs(stored.value) : stored.value
    let allowed = max(
      stored.halfUnit * (1 + 1e-9), tolerance.relative * abs(stated), tolerance.absolute)
    return abs(value - stated) <= allowed
  }

  /// What the number is called, with the measure's name for the estimate.
  func name(measure: String, level: Double) -> String {
    let percent = TextFormat(digits: 0).number(100 * level)
    switch self {
    case .estimate: return measure
    case .lower: return "\(measure) \(percent)% CI lower"
    case .upper: return "\(measure) \(percent)% CI upper"
    case .predictionLower: return "prediction interval lower"
    case .predictionUpper: return "prediction interval upper"
    case .statistic: return "Z"
    case .p: return "P"
    case .tauSquared: return "tau²"
    case .tauSquaredLower: return "tau² CI lower"
    case .tauSquaredUpper: return "tau² CI upper"
    case .q: return "Q"
    case .qDegreesOfFreedom: return "df of Q"
    case .qP: return "P of Q"
    case .iSquared: return "I²"
    case .subgroupQ: return "Q"
    case .subgroupDegreesOfFreedom: return "df"
    case .subgroupP: return "P"
    case .subgroupISquared: return "I²"
    case .weight: return "weight"
    case .events1: return "events, group 1"
    case .total1: return "total, group 1"
    case .events2: return "events, group 2"
    case .total2: return "total, group 2"
    }
  }
}
