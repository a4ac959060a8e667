import NumericCore

/// E-value: how strongly an unmeasured confounder must be associated with both exposure and outcome, on the scale of risk
/// ratios, to explain an effect away.
///
/// E = RR + √(RR(RR − 1)) for RR ≥ 1, of 1/RR below. Other measures become risk ratios first (`RiskRatioScale`). The E-value of
/// the interval is that of the limit nearer to 1; it is 1 when the interval holds 1. Source: VanderWeele and Ding (2017),
/// Annals of Internal Medicine 167, 268–274.
///
/// With heterogeneity, T is the bias factor common to all studies, and G the strength of confounding behind it, that leaves
/// fewer than a share r of studies with true effects beyond q: T = exp(Φ⁻¹(1 − r)τ + |μ| − q), G = T + √(T² − T). Source: Mathur and
/// VanderWeele (2020), JASA 115, 163–172, equations 3.2 and 3.3 (quoted from memory).
public struct EValue: Sendable {
  /// How an effect on the analysis scale becomes a log risk ratio.
  public enum RiskRatioScale: String, Sendable {
    /// A log risk ratio or a log rate ratio, as it is.
    case riskRatio = "as it is"
    /// A log odds or hazard ratio of a rare outcome (15% or less), as it is.
    case rareOutcome = "as it is (rare outcome)"
    /// A log odds ratio of a common outcome: its half, that is √OR.
    case oddsRatio = "square root of the odds ratio (common outcome)"
    /// A log hazard ratio of a common outcome: log((1 − ½^√HR)/(1 − ½^√(1/HR))).
    case hazardRatio = "(1 - 0.5^sqrt(HR)) / (1 - 0.5^sqrt(1/HR)) (common outcome)"
    /// A standardised mean difference: 0.91 d.
    case standardizedMeanDifference = "exp(0.91 d)"

    /// The log risk ratio.
    func logRiskRatio(_ x: Double) -> Double {
      switch self {
      case .riskRatio, .rareOutcome: x
      case .oddsRatio: 0.5 * x
      case .hazardRatio:
        log(-expm1(-0.6931471805599453 * exp(0.5 * x))) - log(-expm1(-0.6931471805599453 * exp(-0.5 * x)))
      case .standardizedMeanDifference: 0.91 * x
      }
    }
  }

  /// How the effect became a risk ratio.
  public let scale: RiskRatioScale
  /// The risk ratio, and its limit nearer to 1 (1 when the interval holds it).
  public let riskRatio, limit: Double
  /// E-values of both.
  public let estimateValue, limitValue: Double
  /// The share r and the log risk ratio q (away from 0) that T and G are of.
  public let share, threshold: Double
  /// T and G; `nil` without τ², 1 where the share is below r already.
  public let biasFactor, confounding: Double?

  /// The E-values of a pooled effect.
  /// - Parameters:
  ///   - pooled: on the analysis scale.
  ///   - tauSquared: of the analysis scale, `nil` for equal effects.
  ///   - share: r, in (0, 1).
  ///   - threshold: q, the log of the smallest risk ratio of interest, at least 0.
  /// - Throws: `domain` for a share outside (0, 1).
  public init(
    _ pooled: Estimate, tauSquared: Double?, scale: RiskRatioScale, share: Double = 0.1,
    threshold: Double = 0.09531017980432493
  ) throws(FitError) {
    self.scale = scale
    self.share = share
    self.threshold = threshold
    let effect = scale.logRiskRatio(pooled.value)
    let (low, high) = (scale.logRiskRatio(pooled.interval.lower), scale.logRiskRatio(pooled.interval.upper))
    let near = low > 0 ? low : (high < 0 ? high : 0)
    riskRatio = exp(effect)
    limit = exp(near)
    estimateValue = EValue.value(abs(effect))
    limitValue = EValue.value(abs(near))
    guard let tauSquared, tauSquared > 0 else {
      (biasFactor, confounding) = (nil, nil)
      return
    }
    // The transformations are close to linear; τ goes by their slope at the pooled effect.
    let step = 1e-5
    let slope = (scale.logRiskRatio(pooled.value + step) - scale.logRiskRatio(pooled.value - step)) / (2 * step)
    let quantile = try ReferenceLaw.normal.quantile(1 - share)
    let excess = max(0, quantile * slope * tauSquared.squareRoot() + abs(effect) - threshold)
    biasFactor = exp(excess)
    confounding = EValue.value(excess)
  }

  /// E of a log risk ratio of at least 0.
  static func value(_ logRiskRatio: Double) -> Double {
    let ratio = exp(logRiskRatio)
    return ratio + (ratio * expm1(logRiskRatio)).squareRoot()
  }
}
