private import NumericCore

/// A smooth function of estimates and its sampling variance.
public enum DeltaMethod {
  /// g(θ) and v = Σᵢⱼ gᵢ gⱼ Cov(θᵢ, θⱼ), gᵢ the slope of g at θ, by central differences.
  ///
  /// - Parameters:
  ///   - estimates: θ.
  ///   - covariance: the covariances, row by row; as many rows and columns as estimates.
  ///   - function: g; smooth about θ.
  /// - Returns: the value and variance, `nil` when the sizes do not agree or g is not finite about θ.
  ///
  /// Source: Oehlert (1992), The American Statistician 46, 27.
  public static func transform(
    _ estimates: [Double], covariance: [[Double]], _ function: ([Double]) -> Double
  ) -> (value: Double, variance: Double)? {
    let count = estimates.count
    guard count > 0, covariance.count == count, covariance.allSatisfy({ $0.count == count }) else { return nil }
    let value = function(estimates)
    let slopes = NumericalDerivative.gradient(at: estimates, function)
    var variance = 0.0
    for i in 0..<count {
      for j in 0..<count { variance += slopes[i] * slopes[j] * covariance[i][j] }
    }
    return value.isFinite && variance.isFinite ? (value, variance) : nil
  }
}
