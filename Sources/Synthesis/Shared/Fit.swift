public import NumericCore

/// Between-study variation of a fit. I² and H² are on 0–1 and ≥ 0; percentages are made when printed.
public struct Heterogeneity: Sendable {
  /// τ² with its standard error; `nil` for equal- and fixed-effects models.
  public var tauSquared, tauSquaredStandardError: Double?
  /// I² (0–1) and H², `nil` when k = 1.
  public var iSquared, hSquared: Double?
  /// Share of τ² that the moderators account for (0–1), `nil` without moderators.
  public var rSquared: Double?
  /// Cochran's Q (Q_E with moderators), its degrees of freedom and p-value.
  public var q: Double?
  /// Degrees of freedom of Q: k − p.
  public var qDegreesOfFreedom: Int?
  /// Upper tail of χ² at Q.
  public var qPValue: Double?
  /// Natural logarithm of that tail, finite where it underflows.
  public var logQPValue: Double? {
    guard let q, let df = qDegreesOfFreedom, df > 0 else { return nil }
    return (try? ChiSquared(degreesOfFreedom: Double(df)))?.logUpperTail(q)
  }
  /// Which definition I² follows: `tau2` (typical sampling variance) or `q`.
  public var iSquaredMethod: String
  /// Confidence intervals of τ², I² and H², when asked for.
  public var tauSquaredInterval, iSquaredInterval, hSquaredInterval: Interval?

  /// Nothing known yet.
  public init(iSquaredMethod: String) { self.iSquaredMethod = iSquaredMethod }
}

/// Test that a set of coefficients is zero together.
public struct OmnibusTest: Sendable {
  /// χ² when `denominatorDegreesOfFreedom` is `nil`, else F.
  public var statistic: Double
  /// Numerator degrees of freedom.
  public var degreesOfFreedom: Int
  /// Denominator degrees of freedom of the F, `nil` for χ².
  public var denominatorDegreesOfFreedom: Double?
  /// Upper-tail p-value.
  public var pValue: Double
  /// Natural logarithm of the p-value, finite where the p-value underflows; of the χ² or F law, not of a permutation.
  public var logPValue: Double? {
    let df = Double(degreesOfFreedom)
    guard let denominatorDegreesOfFreedom else {
      return (try? ChiSquared(degreesOfFreedom: df))?.logUpperTail(statistic)
    }
    return (try? FisherF(numerator: df, denominator: denominatorDegreesOfFreedom))?.logUpperTail(statistic)
  }

  /// A test from its parts.
  public init(statistic: Double, degreesOfFreedom: Int, denominatorDegreesOfFreedom: Double?, pValue: Double) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    self.denominatorDegreesOfFreedom = denominatorDegreesOfFreedom
    self.pValue = pValue
  }
}

/// Likelihood of a fit, with full constants.
public struct LikelihoodStatistics: Sendable {
  /// Log-likelihood, −2 log-likelihood against the saturated model, and the information criteria.
  public var logLikelihood, deviance, aic, bic, aicc: Double
  /// Whether the likelihood is the restricted one.
  public var restricted: Bool

  /// Statistics from their values.
  public init(logLikelihood: Double, deviance: Double, aic: Double, bic: Double, aicc: Double, restricted: Bool) {
    self.logLikelihood = logLikelihood
    self.deviance = deviance
    self.aic = aic
    self.bic = bic
    self.aicc = aicc
    self.restricted = restricted
  }
}

/// Interval for the effect in a new setting.
public struct Prediction: Sendable {
  /// The interval, on the analysis scale.
  public var interval: Interval
  /// Degrees of freedom of the t used, `nil` for the normal.
  public var degreesOfFreedom: Double?
  /// How it was made, in words for the report, such as "t, k − p − 1 df (Riley)".
  public var method: String
  /// Centre and scale of the predictive law, whose shape is t (or normal); `nil` for a bootstrap.
  public var location, scale: Double?

  /// A prediction interval.
  public init(
    interval: Interval, degreesOfFreedom: Double?, method: String, location: Double? = nil, scale: Double? = nil
  ) {
    self.interval = interval
    self.degreesOfFreedom = degreesOfFreedom
    self.method = method
    self.location = location
    self.scale = scale
  }
}

/// A fitted model of effect sizes: pooled estimate or regression, of any method.
public struct Fit: Sendable {
  /// `random`, `mixed` (random with moderators) or `equal` (equal or fixed effects).
  public var effects: String
  /// Code of the method: REML, DL, EE, MH, …
  public var method: String
  /// Word of the inference: normal, t, hartung-knapp, …
  public var inference: String
  /// Coverage of the intervals.
  public var level: Double
  /// Number of studies and of coefficients.
  public var k, p: Int
  /// Names of the coefficients in the order of `coefficients`; `intercept` for the pooled effect.
  public var terms: [String]
  /// The coefficients with their tests and intervals.
  public var coefficients: [Estimate]
  /// Covariance matrix of the coefficients, p × p.
  public var covariance: Matrix
  /// Test of all coefficients but the intercept; `nil` for intercept-only models.
  public var omnibus: OmnibusTest?
  /// Between-study variation.
  public var heterogeneity: Heterogeneity
  /// Interval for a new setting, where it exists and was asked for.
  public var prediction: Prediction?
  /// Likelihood and information criteria, where the method has them.
  public var likelihood: LikelihoodStatistics?
  /// How τ² was found.
  public var convergence: Convergence
  /// Weight of each study in per cent of the total, in the order of the input.
  public var weights: [Double]
  /// Factor on the model-based covariance that the inference applied (Hartung–Knapp and its floored forms), else `nil`.
  public var varianceScale: Double?
  /// What a careful statistician would add.
  public var notes: [Note]

  /// The pooled estimate of an intercept-only model, `nil` with moderators.
  public var pooled: Estimate? { terms == ["intercept"] ? coefficients.first : nil }

  /// A fit from its parts; everything optional starts empty.
  public init(
    effects: String, method: String, inference: String, level: Double, k: Int, terms: [String],
    coefficients: [Estimate], covariance: Matrix, heterogeneity: Heterogeneity, convergence: Convergence,
    weights: [Double]
  ) {
    self.effects = effects
    self.method = method
    self.inference = inference
    self.level = level
    self.k = k
    p = coefficients.count
    self.terms = terms
    self.coefficients = coefficients
    self.covariance = covariance
    self.heterogeneity = heterogeneity
    self.convergence = convergence
    self.weights = weights
    notes = []
  }
}
