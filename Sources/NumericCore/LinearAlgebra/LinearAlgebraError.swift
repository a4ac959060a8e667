/// Why a matrix could not be factorised or a system not be solved. Columns count from 0.
public enum LinearAlgebraError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The leading minor that ends with `column` is not positive: the matrix is no covariance or information matrix.
  case notPositiveDefinite(column: Int)
  /// The columns named are linear combinations of those before them.
  case rankDeficient(rank: Int, columns: Int, dependent: [Int])
  /// An exact zero on the diagonal of a factor: the system has no unique solution.
  case singular(column: Int)
  /// The matrix holds a NaN or an infinity.
  case notFinite(operation: String)
  /// LAPACK's iteration did not converge.
  case noConvergence(operation: String)

  /// The message: what failed and where.
  public var description: String {
    switch self {
    case .notPositiveDefinite(let column):
      "Cholesky: the matrix is not positive definite at column \(column + 1)"
    case .rankDeficient(let rank, let columns, let dependent):
      "QR: rank \(rank) of \(columns) columns; dependent on those before: column "
        + dependent.map { String($0 + 1) }.joined(separator: ", ") + "; leave them out"
    case .singular(let column):
      "linear system: singular at column \(column + 1)"
    case .notFinite(let operation):
      "\(operation): the matrix holds a value that is not finite"
    case .noConvergence(let operation):
      "\(operation): the iteration did not converge"
    }
  }
}
