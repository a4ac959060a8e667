/// Polynomials orthonormal over given points, without the constant.
///
/// p₀ = 1, p₁ = x − α₁, pⱼ₊₁ = (x − αⱼ₊₁) pⱼ − (nⱼ / nⱼ₋₁) pⱼ₋₁ with αⱼ₊₁ = Σ x pⱼ² / nⱼ and nⱼ = Σ pⱼ²; column j is
/// pⱼ / √nⱼ. The constants are kept, so that new points get the same polynomials.
///
/// Source: Forsythe (1957), Journal of the SIAM 5, 74–88.
struct OrthogonalPolynomial: Sendable, Equatable {
  private let alpha: [Double]
  /// n₀ … n_degree.
  private let norms: [Double]

  var degree: Int { alpha.count }

  /// The polynomials up to `degree` over `points`; `nil` unless there are more distinct points than the degree.
  init?(points: [Double], degree: Int) {
    guard Set(points).count > degree else { return nil }
    var alpha: [Double] = []
    var norms = [Double(points.count)]
    var previous = [Double](repeating: 0, count: points.count)
    var current = [Double](repeating: 1, count: points.count)
    for j in 0..<degree {
      var weighted = 0.0
      for i in points.indices { weighted += points[i] * current[i] * current[i] }
      // The first centre is the mean; a second pass removes the rounding of the first.
      var centre = weighted / norms[j]
      var rest = 0.0
      for i in points.indices { rest += (points[i] - centre) * current[i] * current[i] }
      centre += rest / norms[j]
      let ratio = j == 0 ? 0 : norms[j] / norms[j - 1]
      var norm = 0.0
      for i in points.indices {
        let next = (points[i] - centre) * current[i] - ratio * previous[i]
        previous[i] = current[i]
        current[i] = next
        norm += next * next
      }
      alpha.append(centre)
      norms.append(norm)
    }
    guard norms.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    self.alpha = alpha
    self.norms = norms
  }

  /// Columns 1 … degree at some points.
  func columns(at points: [Double]) -> [[Double]] {
    var columns = [[Double]](repeating: [Double](repeating: 0, count: points.count), count: degree)
    for (i, x) in points.enumerated() {
      var previous = 0.0
      var current = 1.0
      for j in 0..<degree {
        let ratio = j == 0 ? 0 : norms[j] / norms[j - 1]
        (previous, current) = (current, (x - alpha[j]) * current - ratio * previous)
        columns[j][i] = current / norms[j + 1].squareRoot()
      }
    }
    return columns
  }
}
