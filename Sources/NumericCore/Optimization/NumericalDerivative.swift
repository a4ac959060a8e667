/// Derivatives by differences.
///
/// Steps are halved several times and extrapolated to zero (Richardson); of the tableau the entry with the smallest
/// estimated error is taken, so neither rounding nor a first step too long does harm.
/// Source: Ridders (1982).
public enum NumericalDerivative {
  /// First step relative to max(|x|, 1).
  public static let firstStep = 0.05
  private static let levels = 7

  /// `f′(x)` and an estimate of its error.
  public static func derivative(
    at x: Double, step: Double? = nil, _ f: (Double) -> Double
  ) -> (value: Double, error: Double) {
    extrapolated(step ?? firstStep * max(abs(x), 1)) { h in (f(x + h) - f(x - h)) / (2 * h) }
  }

  /// `f″(x)` and an estimate of its error.
  public static func secondDerivative(
    at x: Double, step: Double? = nil, _ f: (Double) -> Double
  ) -> (value: Double, error: Double) {
    let center = f(x)
    return extrapolated(step ?? firstStep * max(abs(x), 1)) { h in (f(x + h) - 2 * center + f(x - h)) / (h * h) }
  }

  /// The gradient, each component extrapolated.
  public static func gradient(at x: [Double], steps: [Double]? = nil, _ f: ([Double]) -> Double) -> [Double] {
    x.indices.map { i in
      derivative(at: x[i], step: steps?[i]) { value in
        var point = x
        point[i] = value
        return f(point)
      }.value
    }
  }

  /// The gradient by one central difference each, step `ε^⅓ max(|x|, 1)`: two evaluations a variable, about 10 digits.
  public static func centralGradient(at x: [Double], _ f: ([Double]) -> Double) -> [Double] {
    var point = x
    return x.indices.map { i in
      let h = 6e-6 * max(abs(x[i]), 1)
      let (above, below) = (x[i] + h, x[i] - h)
      point[i] = above
      let high = f(point)
      point[i] = below
      let low = f(point)
      point[i] = x[i]
      return (high - low) / (above - below)
    }
  }

  /// The matrix of second derivatives, each entry extrapolated; symmetric.
  public static func hessian(at x: [Double], steps: [Double]? = nil, _ f: ([Double]) -> Double) -> Matrix {
    let n = x.count
    let steps = steps ?? x.map { firstStep * max(abs($0), 1) }
    let center = f(x)
    var result = Matrix(rows: n, columns: n)
    for i in 0..<n {
      for j in 0...i {
        result[i, j] =
          extrapolated(1) { t in
            let (hi, hj) = (t * steps[i], t * steps[j])
            if i == j {
              return (f(moved(x, i, hi)) - 2 * center + f(moved(x, i, -hi))) / (hi * hi)
            }
            let (up, down) = (moved(x, i, hi), moved(x, i, -hi))
            let diagonal = f(moved(up, j, hj)) + f(moved(down, j, -hj))
            return (diagonal - f(moved(up, j, -hj)) - f(moved(down, j, hj))) / (4 * hi * hj)
          }.value
        result[j, i] = result[i, j]
      }
    }
    return result
  }

  private static func moved(_ x: [Double], _ i: Int, _ step: Double) -> [Double] {
    var point = x
    point[i] += step
    return point
  }

  /// Neville's tableau for a formula whose error is a series in h²; the steps shrink by 1.6.
  private static func extrapolated(_ first: Double, _ formula: (Double) -> Double) -> (value: Double, error: Double) {
    let shrink = 1.6
    var h = first
    var row = [formula(h)]
    var best = (value: row[0], error: Double.infinity)
    for level in 1..<levels {
      h /= shrink
      var next = [formula(h)]
      var factor = shrink * shrink
      for j in 0..<level {
        next.append(next[j] + (next[j] - row[j]) / (factor - 1))
        factor *= shrink * shrink
        let error = max(abs(next[j + 1] - next[j]), abs(next[j + 1] - row[j]))
        if error <= best.error { best = (next[j + 1], error) }
      }
      // The highest order got worse: rounding has taken over.
      if abs(next[level] - row[level - 1]) >= 2 * best.error { break }
      row = next
    }
    return best
  }
}
