import Synthesis

/// What one specification gives, on the analysis scale.
public struct SpecificationResult: Sendable, Equatable {
  /// Number of studies.
  public let k: Int
  /// The pooled estimate and its standard error.
  public let estimate, standardError: Double
  /// Ends of the confidence interval.
  public let lower, upper: Double
  /// Two-sided p-value, `nil` where the method has none.
  public let pValue: Double?
  /// τ², `nil` for models without it; I² (0–1); Cochran's Q.
  public let tauSquared, iSquared, q: Double?

  init(_ row: PooledRow) {
    k = row.k
    (estimate, standardError) = (row.estimate, row.standardError)
    (lower, upper, pValue) = (row.lower, row.upper, row.pValue)
    (tauSquared, iSquared, q) = (row.tauSquared, row.iSquared, row.q)
  }

  /// - Returns: `nil` for a fit with moderators.
  init?(_ fit: Fit) {
    guard let pooled = fit.pooled else { return nil }
    k = fit.k
    (estimate, standardError) = (pooled.value, pooled.standardError)
    (lower, upper, pValue) = (pooled.interval.lower, pooled.interval.upper, pooled.pValue)
    tauSquared = fit.heterogeneity.tauSquared
    iSquared = fit.heterogeneity.iSquared
    q = fit.heterogeneity.q
  }

  /// Whether the interval leaves 0 out, that is, no effect on the analysis scale.
  public var excludesNull: Bool { lower > 0 || upper < 0 }
}

/// A place of the grid and what came out there.
public struct SpecificationOutcome: Sendable {
  /// Place among the evaluator's variants, among the grid's models and among its subsets.
  public let variant, model, subset: Int
  /// The numbers, or why there are none.
  public let result: Result<SpecificationResult, EvidenceError>
}
