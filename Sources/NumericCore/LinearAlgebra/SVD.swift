import CLAPACK

/// Singular value decomposition `A = U diag(σ) Vᵀ` of an m × n matrix, thin, by LAPACK's dgesdd.
public struct SVD: Sendable {
  /// The singular values, descending; min(m, n) of them.
  public let values: [Double]
  /// The left vectors, m × min(m, n).
  public let u: Matrix
  /// The right vectors as rows, min(m, n) × n.
  public let vTransposed: Matrix

  /// Decomposes a matrix; throws `notFinite` or `noConvergence`.
  public init(_ matrix: consuming Matrix) throws(LinearAlgebraError) {
    guard matrix.isFinite else { throw .notFinite(operation: "singular values") }
    let (m, n) = (matrix.rows, matrix.columns)
    let count = min(m, n)
    var s = [Double](repeating: 0, count: count)
    var left = Matrix(rows: m, columns: count)
    var right = Matrix(rows: count, columns: n)
    if count > 0 {
      var (rows, columns, inner, info) = (lapack_int_t(m), lapack_int_t(n), lapack_int_t(count), lapack_int_t(0))
      var integers = [lapack_int_t](repeating: 0, count: 8 * count)
      // The documented minimum for the thin decomposition.
      let needed = 4 * count * count + 7 * count + max(m, n)
      var size = lapack_int_t(needed)
      var work = [Double](repeating: 0, count: needed)
      dgesdd_(
        "S", &rows, &columns, &matrix.storage, &rows, &s, &left.storage, &rows, &right.storage, &inner, &work, &size,
        &integers, &info, 1)
      guard info == 0 else { throw .noConvergence(operation: "singular values") }
    }
    (values, u, vTransposed) = (s, left, right)
  }

  /// Number of singular values above `tolerance` times the largest; by default max(m, n) ε, as is usual.
  public func rank(tolerance: Double? = nil) -> Int {
    let relative = tolerance ?? Double(max(u.rows, vTransposed.columns)) * 2.220446049250313e-16
    let largest = values.first ?? 0
    return values.count { $0 > relative * largest }
  }

  /// The Moore–Penrose inverse `V diag(1/σ) Uᵀ` over the singular values above the tolerance of ``rank(tolerance:)``.
  public func pseudoInverse(tolerance: Double? = nil) -> Matrix {
    let rank = rank(tolerance: tolerance)
    var scaled = u.selecting(columns: Array(0..<rank))
    for j in 0..<rank {
      for i in 0..<scaled.rows { scaled[i, j] /= values[j] }
    }
    return vTransposed.selecting(rows: Array(0..<rank)).transposedTimes(scaled.transposed)
  }
}
