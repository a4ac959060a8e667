/// Why a model could not be fitted; the message says what to try.
public enum FitError: Error, Sendable, Equatable {
  /// No study is left.
  case noStudies
  /// Fewer studies than the model has parameters.
  case tooFewStudies(needed: Int, got: Int, what: String)
  /// Columns of the design that are combinations of others.
  case rankDeficient(rank: Int, columns: [String])
  /// An input outside its domain.
  case domain(what: String, value: Double, expected: String)
  /// The quantity does not exist for these data (no events at all, zero weights).
  case notEstimable(what: String, hint: String)
  /// An iteration ended without meeting its stopping rule.
  case notConverged(what: String, convergence: Convergence, hint: String)
  /// The specification lacks something or contradicts itself (GENQ without weights).
  case invalidSpecification(String)
}
