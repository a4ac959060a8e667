import CLAPACK

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The Cholesky factor L of a symmetric positive definite matrix, `A = L Lᵀ`.
///
/// Only the lower triangle of A is read. Small matrices are factorised in Swift, larger ones by LAPACK (dpotrf).
/// Source: Golub & Van Loan (2013), algorithm 4.2.2.
public struct Cholesky: Sendable {
  /// L in the lower triangle; the strict upper triangle holds nothing of meaning.
  public let factor: Matrix
  /// The 1-norm of A, for the condition estimate.
  private let norm: Double

  /// The order n of the matrix.
  public var order: Int { factor.rows }

  /// Factorises a symmetric matrix.
  ///
  /// Throws `notPositiveDefinite(column:)` at the first column whose pivot is not positive (NaN included).
  public init(_ matrix: consuming Matrix) throws(LinearAlgebraError) {
    precondition(matrix.rows == matrix.columns, "a square matrix")
    let n = matrix.rows
    norm = Cholesky.norm(matrix)
    try CholeskyKernel.factorize(&matrix.storage, order: n)
    factor = matrix
  }

  /// `x` with `A x = b`.
  public func solve(_ b: [Double]) -> [Double] {
    var x = b
    CholeskyKernel.solve(factor.storage, order: order, &x)
    return x
  }

  /// `X` with `A X = B`, column by column.
  public func solve(_ b: Matrix) -> Matrix {
    precondition(b.rows == order, "as many rows as the matrix")
    guard order > 0, b.columns > 0 else { return b }
    var x = b
    var (n, count, info) = (lapack_int_t(order), lapack_int_t(b.columns), lapack_int_t(0))
    dpotrs_("L", &n, &count, factor.storage, &n, &x.storage, &n, &info, 1)
    return x
  }

  /// `L⁻¹ b`: turns correlated data with covariance A into uncorrelated data of variance 1.
  public func forwardSolve(_ b: [Double]) -> [Double] {
    var x = b
    CholeskyKernel.forwardSolve(factor.storage, order: order, &x)
    return x
  }

  /// `L⁻¹ B`, column by column.
  public func forwardSolve(_ b: Matrix) -> Matrix {
    precondition(b.rows == order, "as many rows as the matrix")
    guard order > 0, b.columns > 0 else { return b }
    var x = b
    var (n, count, info) = (lapack_int_t(order), lapack_int_t(b.columns), lapack_int_t(0))
    dtrtrs_("L", "N", "N", &n, &count, factor.storage, &n, &x.storage, &n, &info, 1, 1, 1)
    return x
  }

  /// `log |A| = 2 Σ log Lⱼⱼ`.
  public var logDeterminant: Double {
    var sum = 0.0
    for j in 0..<order { sum += log(factor[j, j]) }
    return 2 * sum
  }

  /// `A⁻¹`, symmetric: for a covariance matrix that is itself wanted; use `solve` for everything else.
  public func inverse() -> Matrix {
    guard order > 0 else { return factor }
    var result = factor
    var (n, info) = (lapack_int_t(order), lapack_int_t(0))
    dpotri_("L", &n, &result.storage, &n, &info, 1)
    for j in 0..<order {
      for i in 0..<j { result[i, j] = result[j, i] }
    }
    return result
  }

  /// Estimate of `1 / (‖A‖₁ ‖A⁻¹‖₁)` (dpocon): near the rounding unit 1e-16 the matrix is singular in effect.
  public var reciprocalCondition: Double {
    guard order > 0 else { return 1 }
    var (n, info, anorm, result) = (lapack_int_t(order), lapack_int_t(0), norm, 0.0)
    var work = [Double](repeating: 0, count: 3 * order)
    var integers = [lapack_int_t](repeating: 0, count: order)
    dpocon_("L", &n, factor.storage, &n, &anorm, &result, &work, &integers, &info, 1)
    return result
  }

  /// The 1-norm of a symmetric matrix given by its lower triangle.
  private static func norm(_ matrix: borrowing Matrix) -> Double {
    var largest = 0.0
    for j in 0..<matrix.columns {
      var sum = 0.0
      for i in 0..<matrix.rows { sum += abs(i >= j ? matrix[i, j] : matrix[j, i]) }
      if !(sum <= largest) { largest = sum }
    }
    return largest
  }
}
