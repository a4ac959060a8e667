/// What Q and τ² are computed from in a regression whose columns span no constant (`~ x - 1`, x numeric).
///
/// Q is the weighted sum of squared residuals from the fitted line through the origin, so it should be taken from the
/// estimates as they are. metafor subtracts their unweighted mean first, which changes nothing in a model with an
/// intercept, and without one gives the Q and τ² of other data (its coefficients, scale and likelihood, at that τ², are of the
/// estimates as given). The second form is for comparison with it.
public enum OutcomeOrigin: String, Sendable, CaseIterable {
  /// The estimates as they are.
  case asGiven = "as-given"
  /// The estimates less their unweighted mean, for Q and τ² only.
  case centred
}
