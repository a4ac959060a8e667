import CLAPACK

/// Solutions of linear systems whose matrix is not positive definite.
public enum LinearSystems {
  /// `X` with `A X = B` for a symmetric A, definite or not (dsysv); only the lower triangle is read.
  ///
  /// Throws `singular(column:)` when a diagonal block is exactly zero, `notFinite` for a NaN or an infinity.
  public static func solve(symmetric a: consuming Matrix, _ b: Matrix) throws(LinearAlgebraError) -> Matrix {
    precondition(a.rows == a.columns && b.rows == a.rows, "a square matrix and as many rows")
    guard a.isFinite, b.isFinite else { throw .notFinite(operation: "symmetric system") }
    guard a.rows > 0, b.columns > 0 else { return b }
    var x = b
    var (n, count, info) = (lapack_int_t(a.rows), lapack_int_t(b.columns), lapack_int_t(0))
    var size = lapack_int_t(32 * a.rows)
    var work = [Double](repeating: 0, count: Int(size))
    var pivots = [lapack_int_t](repeating: 0, count: a.rows)
    dsysv_("L", &n, &count, &a.storage, &n, &pivots, &x.storage, &n, &work, &size, &info, 1)
    guard info == 0 else { throw .singular(column: Int(info) - 1) }
    return x
  }

  /// `x` with `A x = b` for a symmetric A, definite or not; throws as the version for matrices.
  public static func solve(symmetric a: consuming Matrix, _ b: [Double]) throws(LinearAlgebraError) -> [Double] {
    try solve(symmetric: a, Matrix(rows: b.count, columns: 1, storage: b)).storage
  }

  /// Which triangle of a matrix is meant; the other is not read.
  public enum Triangle: Sendable {
    /// The lower triangle L, or its transpose.
    case lower, lowerTransposed
    /// The upper triangle R, or its transpose.
    case upper, upperTransposed
  }

  /// `X` with `T X = B` for a triangle T of a square matrix (dtrtrs).
  ///
  /// Throws `singular(column:)` at an exact zero on the diagonal.
  public static func solve(
    _ triangle: Triangle, of a: Matrix, _ b: Matrix
  ) throws(LinearAlgebraError) -> Matrix {
    precondition(a.rows == a.columns && b.rows == a.rows, "a square matrix and as many rows")
    guard a.rows > 0, b.columns > 0 else { return b }
    let upper = triangle == .upper || triangle == .upperTransposed
    let transposed = triangle == .lowerTransposed || triangle == .upperTransposed
    var x = b
    var (n, count, info) = (lapack_int_t(a.rows), lapack_int_t(b.columns), lapack_int_t(0))
    dtrtrs_(
      upper ? "U" : "L", transposed ? "T" : "N", "N", &n, &count, a.storage, &n, &x.storage, &n, &info, 1, 1, 1)
    guard info == 0 else { throw .singular(column: Int(info) - 1) }
    return x
  }
}
