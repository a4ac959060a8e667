/// The pooled result of a part of the studies: a row of leave-one-out and cumulative analyses.
public struct RefitRow: Sendable {
  /// Number of studies.
  public var k: Int
  /// Estimate and standard error; `NaN` where the model could not be fitted.
  public var estimate, standardError: Double
  /// estimate / standard error and its two-sided p-value.
  public var statistic, pValue: Double?
  /// Ends of the confidence interval.
  public var lower, upper: Double
  /// Cochran's Q and its p-value, τ², I² (0–1), H²; `nil` for one study.
  public var q, qPValue, tauSquared, iSquared, hSquared: Double?

  /// The row of a kernel's result.
  init(_ row: PooledRow) {
    k = row.k
    estimate = row.estimate
    standardError = row.standardError
    statistic = row.statistic
    pValue = row.pValue
    (lower, upper) = (row.lower, row.upper)
    (q, qPValue, tauSquared) = (row.q, row.qPValue, row.tauSquared)
    (iSquared, hSquared) = (row.iSquared, row.hSquared)
  }

  /// The row of a fit without moderators.
  public init(_ fit: Fit) {
    k = fit.k
    let pooled = fit.coefficients.first
    estimate = pooled?.value ?? .nan
    standardError = pooled?.standardError ?? .nan
    statistic = pooled?.statistic
    pValue = pooled?.pValue
    lower = pooled?.interval.lower ?? .nan
    upper = pooled?.interval.upper ?? .nan
    let h = fit.heterogeneity
    let single = fit.k == 1
    q = single ? nil : h.q
    qPValue = single ? nil : h.qPValue
    tauSquared = single ? nil : h.tauSquared
    iSquared = single ? nil : h.iSquared
    hSquared = single ? nil : h.hSquared
  }

  /// The row of studies that could not be fitted.
  public init(notEstimable k: Int) {
    self.k = k
    (estimate, standardError, lower, upper) = (.nan, .nan, .nan, .nan)
  }
}
