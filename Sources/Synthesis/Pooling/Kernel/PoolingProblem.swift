/// The data of one fit, ready to be evaluated at any τ²: what every estimator works on.
///
/// Without moderators the sums come from packed studies, with moderators from an orthonormal basis of the design.
struct PoolingProblem: Sendable {
  /// The studies as an intercept-only problem.
  var studies = PackedStudies()
  /// The design's basis; `nil` for intercept-only models.
  var basis: DesignBasis?
  /// Stands for `studies` when these are all but one of a larger set whose sums are shared; intercept-only.
  var deletion: DeletedStudy?
  /// Plain columns for the methods that are not hot; empty in the batch kernel.
  var yi: [Double] = []
  var vi: [Double] = []
  /// Weights given by the user.
  var userWeights: [Double]?

  /// Number of studies.
  var k: Int { deletion?.count ?? studies.count }
  /// Number of coefficients.
  var p: Int { basis?.columns ?? 1 }
  /// k − p.
  var residualDegreesOfFreedom: Double { Double(k - p) }

  /// All sums at τ².
  func sums(at tau2: Double) -> ProfileSums {
    if let basis { return basis.sums(at: tau2) }
    if let deletion { return deletion.sums(at: tau2) }
    return studies.sums(at: tau2)
  }

  /// Σlog(vᵢ + τ²).
  func sumOfLogVariances(at tau2: Double) -> Double {
    deletion?.sumOfLogVariances(at: tau2) ?? studies.sumOfLogVariances(at: tau2)
  }

  /// An upper bound of the variances.
  var largestVariance: Double { deletion?.sums.largestV ?? studies.largestV }

  /// Unweighted Σ(yᵢ − ȳ)².
  private var sumOfSquares: Double { deletion?.totalSumOfSquares ?? studies.totalSumOfSquares }

  /// Unweighted residual sum of squares y'(I − X(X'X)⁻¹X')y.
  var totalSumOfSquares: Double { basis?.residualSumOfSquares ?? sumOfSquares }

  /// tr((I − X(X'X)⁻¹X')V).
  var unweightedTracePV: Double {
    basis?.unweightedTracePV ?? (deletion?.sumV ?? studies.sumV) * Double(k - 1) / Double(k)
  }

  /// Σ(yᵢ − ȳ)²/k, without moderators whatever the model.
  var crudeVariance: Double { sumOfSquares / Double(k) }

  /// Typical sampling variance ṽ = (k − p)/tr(P) at τ² = 0 (Higgins and Thompson 2002, eq. 9, for any p).
  func typicalVariance(_ atZero: ProfileSums) -> Double { residualDegreesOfFreedom / atZero.traceP }

  /// The moment estimate (may be negative) from Q with weights 1/(vᵢ + c).
  ///
  /// E y'Py = tr(P(V + τ²I)) and tr(P(V + cI)) = k − p, so τ² = c + (y'Py − (k − p))/tr(P).
  func momentEstimate(at c: Double) -> Double {
    let s = sums(at: c)
    return c + (s.q - residualDegreesOfFreedom) / s.traceP
  }

  /// Variance of y'Py with weights 1/(vᵢ + c) when the between-study variance is τ²: 2 tr(PΣPΣ), Σ = V + τ²I.
  func varianceOfQ(_ s: ProfileSums, at c: Double, tau2: Double) -> Double {
    let shift = tau2 - c
    return max(0, 2 * (residualDegreesOfFreedom + 2 * shift * s.traceP + shift * shift * s.tracePP))
  }

  /// Standard error of the moment estimate with weights 1/(vᵢ + c).
  func momentStandardError(at c: Double, tau2: Double) -> Double {
    let s = sums(at: c)
    return varianceOfQ(s, at: c, tau2: tau2).squareRoot() / s.traceP
  }
}
