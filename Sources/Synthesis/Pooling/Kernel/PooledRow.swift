/// The numbers of one intercept-only fit, without the trimmings: what a batch writes for a group.
public struct PooledRow: Sendable, Equatable {
  /// Number of studies.
  public var k: Int
  /// The pooled estimate and its standard error.
  public var estimate, standardError: Double
  /// Degrees of freedom of the t used, `nil` for the normal.
  public var degreesOfFreedom: Double?
  /// estimate / standardError; `nil` when the standard error is 0.
  public var statistic: Double?
  /// Two-sided p-value and its logarithm; `nil` when the standard error is 0.
  public var pValue, logPValue: Double?
  /// Ends of the confidence interval.
  public var lower, upper: Double
  /// τ², `nil` for equal and fixed effects and for one study.
  public var tauSquared: Double?
  /// I² (0–1) and H²; `nil` for one study.
  public var iSquared, hSquared: Double?
  /// Cochran's Q and its p-value; `nil` for one study.
  public var q, qPValue: Double?
  /// How τ² was found.
  public var iterations: Int
  /// Whether the search for τ² met its stopping rule.
  public var converged: Bool
  /// What was left of the equation, relative to its scale.
  public var residual: Double
  /// Number of local maxima of the likelihood (ML, REML), else 1.
  public var localMaxima: Int
}
