import CLAPACK

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Cholesky factorisation and solution in place, without allocation, for inner loops.
///
/// Matrices are n × n in column-major order; only the lower triangle is read and written.
public enum CholeskyKernel {
  /// Up to this order the Swift loop is taken.
  ///
  /// Measured with Swift 6.3.1 -O against reference LAPACK 3.11 on a 2-core Xeon, Swift and LAPACK in ns with the copy
  /// of the matrix: order 3: 79 and 191, 5: 112 and 295, 12: 456 and 810, 20: 1620 and 1793, 30: 4840 and 3970.
  static let swiftOrder = 20

  /// Replaces A by L with `A = L Lᵀ`; throws at the first column whose pivot is not positive.
  public static func factorize(_ a: inout [Double], order n: Int) throws(LinearAlgebraError) {
    precondition(a.count == n * n, "n × n elements")
    let failed = n <= swiftOrder ? factorizeInSwift(&a, n) : factorizeInLAPACK(&a, n)
    if let failed { throw .notPositiveDefinite(column: failed) }
  }

  /// Replaces b by the solution of `L Lᵀ x = b`.
  public static func solve(_ l: [Double], order n: Int, _ b: inout [Double]) {
    forwardSolve(l, order: n, &b)
    for j in stride(from: n - 1, through: 0, by: -1) {
      var sum = b[j]
      for i in (j + 1)..<max(n, j + 1) { sum -= l[i + j * n] * b[i] }
      b[j] = sum / l[j + j * n]
    }
  }

  /// Replaces b by `L⁻¹ b`.
  public static func forwardSolve(_ l: [Double], order n: Int, _ b: inout [Double]) {
    precondition(b.count == n && l.count == n * n, "as many elements as the matrix has rows")
    for j in 0..<n {
      let x = b[j] / l[j + j * n]
      b[j] = x
      for i in (j + 1)..<max(n, j + 1) { b[i] -= l[i + j * n] * x }
    }
  }

  /// Left-looking by columns, so that the inner loop runs down contiguous columns.
  static func factorizeInSwift(_ a: inout [Double], _ n: Int) -> Int? {
    for j in 0..<n {
      for k in 0..<j {
        let factor = a[j + k * n]
        for i in j..<n { a[i + j * n] -= factor * a[i + k * n] }
      }
      let pivot = a[j + j * n]
      guard pivot > 0, pivot.isFinite else { return j }
      let root = pivot.squareRoot()
      a[j + j * n] = root
      for i in (j + 1)..<max(n, j + 1) { a[i + j * n] /= root }
    }
    return nil
  }

  static func factorizeInLAPACK(_ a: inout [Double], _ n: Int) -> Int? {
    var (order, info) = (lapack_int_t(n), lapack_int_t(0))
    dpotrf_("L", &order, &a, &order, &info, 1)
    return info == 0 ? nil : Int(info) - 1
  }
}
