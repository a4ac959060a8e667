import NumericCore

/// A symmetric positive definite matrix as its diagonal and the Cholesky factor of its correlation matrix, so that
/// coefficients of very different sizes do not spoil each other.
struct CorrelationFactor {
  private let scales: [Double]
  private let factor: PackedCholesky

  /// A pivot of the correlation matrix below this is taken for 0: one row follows from the others.
  private static let tolerance = 1e-11

  /// The factor of a packed lower triangle, `nil` unless the matrix is positive definite.
  init?(packed: [Double], size: Int) {
    var scales: [Double] = []
    for i in 0..<size {
      let variance = packed[PackedCholesky.at(i, i)]
      guard variance > 0, variance.isFinite else { return nil }
      scales.append(variance.squareRoot())
    }
    var correlations = packed
    for i in 0..<size {
      for j in 0...i { correlations[PackedCholesky.at(i, j)] /= scales[i] * scales[j] }
    }
    let factor = PackedCholesky(size: size, packed: correlations)
    guard factor.diagonal.allSatisfy({ $0 * $0 > Self.tolerance }) else { return nil }
    self.scales = scales
    self.factor = factor
  }

  /// x'M⁻¹x.
  func quadraticForm(_ x: [Double]) -> Double {
    factor.forward(zip(x, scales).map { $0 / $1 }).reduce(0) { $0 + $1 * $1 }
  }

  /// M⁻¹x.
  func solve(_ x: [Double]) -> [Double] {
    zip(factor.solve(zip(x, scales).map { $0 / $1 }), scales).map { $0 / $1 }
  }

  /// M⁻¹.
  func inverse(size: Int) -> Matrix {
    var inverse = factor.inverse
    for j in 0..<size { for i in 0..<size { inverse[i, j] /= scales[i] * scales[j] } }
    return inverse
  }

  /// log |R|, R the correlation matrix.
  var logDeterminantOfCorrelations: Double { factor.diagonal.reduce(0) { $0 + 2 * log($1) } }
}

extension PackedCholesky {
  /// (LL')⁻¹, symmetric to the last bit.
  var inverse: Matrix {
    // Columns of L⁻¹; their products are the elements.
    let columns = (0..<size).map { j in forward((0..<size).map { $0 == j ? 1 : 0 }) }
    var inverse = Matrix(rows: size, columns: size)
    for i in 0..<size {
      for j in 0...i {
        var sum = 0.0
        for m in i..<size { sum += columns[i][m] * columns[j][m] }
        inverse[i, j] = sum
        inverse[j, i] = sum
      }
    }
    return inverse
  }
}
