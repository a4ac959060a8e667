/// Everything that the estimators need to know of the data at one value of τ².
///
/// With W = diag(1/(vᵢ + τ²)) and P = W − WX(X'WX)⁻¹X'W, the sums are y'Py and its relatives. As functions of τ² all of
/// them decrease (dP/dτ² = −PP), which the solvers rely on.
struct ProfileSums {
  /// Σwᵢ and Σwᵢ².
  var sumW, sumW2: Double
  /// y'Py, the generalised Q.
  var q: Double
  /// tr(P) and tr(PP).
  var traceP, tracePP: Double
  /// y'PPy and y'PPPy; the latter to the accuracy a derivative needs.
  var yPPy, yPPPy: Double
  /// μ̂, of intercept-only models.
  var mean: Double
}
