import CLAPACK

/// Eigenvalues and eigenvectors of a symmetric matrix, `A = V diag(λ) Vᵀ`, by LAPACK's dsyevr.
///
/// Only the lower triangle is read.
public struct SymmetricEigen: Sendable {
  /// The eigenvalues, ascending.
  public let values: [Double]
  /// The eigenvectors, column j for `values[j]`, orthonormal; their signs are arbitrary.
  public let vectors: Matrix

  /// Decomposes a symmetric matrix; throws `notFinite` or `noConvergence`.
  public init(_ matrix: consuming Matrix) throws(LinearAlgebraError) {
    precondition(matrix.rows == matrix.columns, "a square matrix")
    guard matrix.isFinite else { throw .notFinite(operation: "eigenvalues") }
    let n = matrix.rows
    guard n > 0 else {
      (values, vectors) = ([], matrix)
      return
    }
    var (order, found, info) = (lapack_int_t(n), lapack_int_t(0), lapack_int_t(0))
    var (low, high, tolerance) = (0.0, 0.0, 0.0)
    var (first, last) = (lapack_int_t(1), lapack_int_t(n))
    var w = [Double](repeating: 0, count: n)
    var z = Matrix(rows: n, columns: n)
    var support = [lapack_int_t](repeating: 0, count: 2 * n)
    var (size, integerSize) = (lapack_int_t(26 * n), lapack_int_t(10 * n))
    var work = [Double](repeating: 0, count: 26 * n)
    var integers = [lapack_int_t](repeating: 0, count: 10 * n)
    dsyevr_(
      "V", "A", "L", &order, &matrix.storage, &order, &low, &high, &first, &last, &tolerance, &found, &w, &z.storage,
      &order, &support, &work, &size, &integers, &integerSize, &info, 1, 1, 1)
    guard info == 0 else { throw .noConvergence(operation: "eigenvalues") }
    (values, vectors) = (w, z)
  }

  /// `V diag(f(λ)) Vᵀ`: a function of the matrix, such as its square root or pseudo-inverse.
  public func applying(_ function: (Double) -> Double) -> Matrix {
    let n = values.count
    var scaled = vectors
    for j in 0..<n {
      let factor = function(values[j])
      for i in 0..<n { scaled[i, j] *= factor }
    }
    return scaled.timesTransposed(vectors)
  }
}
