import CLAPACK

extension Matrix {
  /// The transpose.
  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for j in 0..<columns {
      for i in 0..<rows { result[j, i] = self[i, j] }
    }
    return result
  }

  /// The product `A B`.
  public static func * (a: Matrix, b: Matrix) -> Matrix {
    precondition(a.columns == b.rows, "inner dimensions agree")
    return product(a, transposed: false, b, transposed: false)
  }

  /// `Aᵀ B` without forming the transpose.
  public func transposedTimes(_ b: Matrix) -> Matrix {
    precondition(rows == b.rows, "inner dimensions agree")
    return Matrix.product(self, transposed: true, b, transposed: false)
  }

  /// `A Bᵀ` without forming the transpose.
  public func timesTransposed(_ b: Matrix) -> Matrix {
    precondition(columns == b.columns, "inner dimensions agree")
    return Matrix.product(self, transposed: false, b, transposed: true)
  }

  /// The product `A x` with a vector.
  public static func * (a: Matrix, x: [Double]) -> [Double] {
    precondition(a.columns == x.count, "inner dimensions agree")
    var result = [Double](repeating: 0, count: a.rows)
    for j in 0..<a.columns {
      let xj = x[j]
      let start = j * a.rows
      for i in 0..<a.rows { result[i] += a.storage[start + i] * xj }
    }
    return result
  }

  /// The product `Aᵀ x` with a vector.
  public func transposedTimes(_ x: [Double]) -> [Double] {
    precondition(rows == x.count, "inner dimensions agree")
    var result = [Double](repeating: 0, count: columns)
    for j in 0..<columns {
      var sum = 0.0
      let start = j * rows
      for i in 0..<rows { sum += storage[start + i] * x[i] }
      result[j] = sum
    }
    return result
  }

  /// `Xᵀ W X` with W the diagonal matrix of the weights: p × p from k × p, no k × k matrix.
  public func crossProduct(weights: [Double]) -> Matrix {
    precondition(rows == weights.count, "one weight a row")
    var result = Matrix(rows: columns, columns: columns)
    for j in 0..<columns {
      for l in 0...j {
        var sum = 0.0
        for i in 0..<rows { sum += storage[j * rows + i] * weights[i] * storage[l * rows + i] }
        result[j, l] = sum
        result[l, j] = sum
      }
    }
    return result
  }

  /// The matrix with each row multiplied by its factor.
  public func scalingRows(by factors: [Double]) -> Matrix {
    precondition(rows == factors.count, "one factor a row")
    var result = self
    for j in 0..<columns {
      for i in 0..<rows { result.storage[j * rows + i] *= factors[i] }
    }
    return result
  }

  /// The quadratic form `xᵀ A x`.
  public func quadraticForm(_ x: [Double]) -> Double {
    let ax = self * x
    var sum = 0.0
    for i in x.indices { sum += x[i] * ax[i] }
    return sum
  }

  /// The sum of two matrices of one shape.
  public static func + (a: Matrix, b: Matrix) -> Matrix { combine(a, b, 1) }

  /// The difference of two matrices of one shape.
  public static func - (a: Matrix, b: Matrix) -> Matrix { combine(a, b, -1) }

  /// The matrix with every element multiplied by a number.
  public static func * (factor: Double, a: Matrix) -> Matrix {
    var result = a
    for i in result.storage.indices { result.storage[i] *= factor }
    return result
  }

  private static func combine(_ a: Matrix, _ b: Matrix, _ sign: Double) -> Matrix {
    precondition(a.rows == b.rows && a.columns == b.columns, "shapes agree")
    var result = a
    for i in result.storage.indices { result.storage[i] += sign * b.storage[i] }
    return result
  }

  private static func product(
    _ a: Matrix, transposed transposeA: Bool, _ b: Matrix, transposed transposeB: Bool
  ) -> Matrix {
    let m = transposeA ? a.columns : a.rows
    let inner = transposeA ? a.rows : a.columns
    let n = transposeB ? b.rows : b.columns
    var c = Matrix(rows: m, columns: n)
    guard m > 0, n > 0, inner > 0 else { return c }
    var (im, ik, `in`) = (lapack_int_t(m), lapack_int_t(inner), lapack_int_t(n))
    var (lda, ldb) = (lapack_int_t(a.rows), lapack_int_t(b.rows))
    var (one, zero) = (1.0, 0.0)
    dgemm_(
      transposeA ? "T" : "N", transposeB ? "T" : "N", &im, &`in`, &ik, &one, a.storage, &lda, b.storage, &ldb, &zero,
      &c.storage, &im, 1, 1)
    return c
  }
}
