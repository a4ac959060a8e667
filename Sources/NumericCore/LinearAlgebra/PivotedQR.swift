import CLAPACK

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// QR factorisation with column pivoting, `A P = Q R`, of a k × p matrix with k ≥ p or less; Q is never formed.
///
/// Columns are first scaled by powers of two to lengths in [1, 2), so the rank does not depend on units.
/// **Rank.** Column j is *dependent* when what is left of it after projection on the independent columns before it is
/// at most `tolerance` times its own length, the rule of LINPACK's dqrdc2 and of R's `lm` (whose tolerance, 1e-7, is
/// the default). So the later of two equal columns is the one reported, whatever the pivots.
/// Source: Golub & Van Loan (2013), section 5.4.2; LAPACK dgeqp3.
public struct PivotedQR: Sendable {
  /// R above the diagonal, the Householder vectors below.
  private let factors: Matrix
  private let reflectors: [Double]
  /// The factors that multiplied the columns.
  private let scale: [Double]
  /// `pivots[j]` is the column of A that stands at place j of `A P`.
  public let pivots: [Int]
  /// The columns that are linear combinations of those before them, ascending; empty at full rank.
  public let dependentColumns: [Int]

  /// Number of rows k and of columns p.
  public var rows: Int { factors.rows }
  /// Number of columns p.
  public var columns: Int { factors.columns }
  /// Number of independent columns.
  public var rank: Int { columns - dependentColumns.count }

  /// Factorises a matrix; throws `notFinite` if it holds a NaN or an infinity.
  public init(_ matrix: consuming Matrix, tolerance: Double = 1e-7) throws(LinearAlgebraError) {
    guard matrix.isFinite else { throw .notFinite(operation: "QR") }
    scale = PivotedQR.scaleColumns(&matrix)
    let result = QRKernel.factorize(&matrix.storage, rows: matrix.rows, columns: matrix.columns)
    pivots = result.pivots
    dependentColumns = PivotedQR.dependentColumns(matrix, pivots: pivots, tolerance: tolerance)
    factors = matrix
    reflectors = result.tau
  }

  /// Throws `rankDeficient` unless all columns are independent.
  public func requireFullRank() throws(LinearAlgebraError) {
    guard dependentColumns.isEmpty else {
      throw .rankDeficient(rank: rank, columns: columns, dependent: dependentColumns)
    }
  }

  /// The x that makes `‖A x − b‖` smallest; throws `rankDeficient` unless A has full column rank.
  public func leastSquares(_ b: [Double]) throws(LinearAlgebraError) -> [Double] {
    try requireFullRank()
    var c = Array(applyingTransposedQ(b)[0..<columns])
    solveUpper(&c, count: 1, transposed: false)
    return unpermuted(c)
  }

  /// `Qᵀ b`: the first p elements belong to the fit, the rest to the residual.
  public func applyingTransposedQ(_ b: [Double]) -> [Double] { applyQ(transposed: true, b) }

  /// `Q b`.
  public func applyingQ(_ b: [Double]) -> [Double] { applyQ(transposed: false, b) }

  /// `(AᵀA)⁻¹ = P R⁻¹ R⁻ᵀ Pᵀ`, without forming `AᵀA`; throws `rankDeficient` unless A has full column rank.
  public func crossProductInverse() throws(LinearAlgebraError) -> Matrix {
    try requireFullRank()
    let p = columns
    var inverse = Matrix.identity(p).storage
    solveUpper(&inverse, count: p, transposed: false)
    let r = Matrix(rows: p, columns: p, storage: inverse)
    let product = r.timesTransposed(r)
    var result = Matrix(rows: p, columns: p)
    for j in 0..<p {
      for i in 0..<p { result[pivots[i], pivots[j]] = product[i, j] * scale[pivots[i]] * scale[pivots[j]] }
    }
    return result
  }

  /// `log |AᵀA| = 2 Σ log |Rⱼⱼ|`; −∞ when a column is exactly dependent.
  public var logDeterminantOfCrossProduct: Double {
    guard rows >= columns else { return -.infinity }
    var sum = 0.0
    for j in 0..<columns { sum += log(abs(factors[j, j])) - log(scale[pivots[j]]) }
    return 2 * sum
  }

  /// The diagonal of the projection `A (AᵀA)⁻¹ Aᵀ`; throws `rankDeficient` unless A has full column rank.
  public func leverages() throws(LinearAlgebraError) -> [Double] {
    let q = try thinQ()
    var result = [Double](repeating: 0, count: rows)
    for j in 0..<columns {
      for i in 0..<rows { result[i] += q[i, j] * q[i, j] }
    }
    return result
  }

  /// The first p columns of Q (k × p), an orthonormal basis of A's columns; throws unless A has full column rank.
  public func thinQ() throws(LinearAlgebraError) -> Matrix {
    try requireFullRank()
    guard columns > 0 else { return factors }
    var q = factors
    var (m, n, info) = (lapack_int_t(rows), lapack_int_t(columns), lapack_int_t(0))
    var size = lapack_int_t(32 * columns)
    var work = [Double](repeating: 0, count: Int(size))
    dorgqr_(&m, &n, &n, &q.storage, &m, reflectors, &work, &size, &info)
    return q
  }

  /// Estimate of `1 / (‖R‖₁ ‖R⁻¹‖₁)` of the column-scaled matrix (dtrcon); 0 when it has fewer rows than columns.
  public var reciprocalCondition: Double {
    guard columns > 0 else { return 1 }
    guard rows >= columns else { return 0 }
    var (n, lda, info, result) = (lapack_int_t(columns), lapack_int_t(rows), lapack_int_t(0), 0.0)
    var work = [Double](repeating: 0, count: 3 * columns)
    var integers = [lapack_int_t](repeating: 0, count: columns)
    dtrcon_("1", "U", "N", &n, factors.storage, &lda, &result, &work, &integers, &info, 1, 1, 1)
    return result
  }

  private func applyQ(transposed: Bool, _ b: [Double]) -> [Double] {
    precondition(b.count == rows, "as many elements as the matrix has rows")
    var c = b
    QRKernel.applyQ(factors.storage, reflectors, rows: rows, columns: columns, transposed: transposed, &c)
    return c
  }

  /// Solves `R x = b` (or with Rᵀ) in place for `count` right-hand sides of p elements.
  private func solveUpper(_ b: inout [Double], count: Int, transposed: Bool) {
    guard columns > 0 else { return }
    var (n, many, lda, info) = (lapack_int_t(columns), lapack_int_t(count), lapack_int_t(rows), lapack_int_t(0))
    dtrtrs_("U", transposed ? "T" : "N", "N", &n, &many, factors.storage, &lda, &b, &n, &info, 1, 1, 1)
  }

  /// From the pivoted, scaled solution to that of A.
  private func unpermuted(_ c: [Double]) -> [Double] {
    var x = [Double](repeating: 0, count: columns)
    for j in 0..<columns { x[pivots[j]] = c[j] * scale[pivots[j]] }
    return x
  }

  /// Brings each column's length to [1, 2) by a power of two, exactly; returns the factors. A zero column stays.
  private static func scaleColumns(_ matrix: inout Matrix) -> [Double] {
    var scale = [Double](repeating: 1, count: matrix.columns)
    for j in 0..<matrix.columns {
      let range = j * matrix.rows..<(j + 1) * matrix.rows
      let (mantissa, exponent) = length(matrix.storage, range)
      guard mantissa > 0 else { continue }
      let power = Int32(clamping: exponent + Int(mantissa.exponent))
      scale[j] = scalbn(1, -min(max(power, -1000), 1000))
      for i in range { matrix.storage[i] *= scale[j] }
    }
    return scale
  }

  /// The length of a column as `mantissa · 2^exponent`; the sum of squares can neither overflow nor vanish.
  private static func length(_ x: [Double], _ range: Range<Int>) -> (mantissa: Double, exponent: Int) {
    var sum = 0.0
    for i in range { sum += x[i] * x[i] }
    if sum > 1e-250, sum < 1e250 { return (sum.squareRoot(), 0) }
    var largest = 0.0
    for i in range { largest = max(largest, abs(x[i])) }
    guard largest > 0 else { return (0, 0) }
    sum = 0
    for i in range { sum += (x[i] / largest) * (x[i] / largest) }
    return (largest.significand * sum.squareRoot(), Int(largest.exponent))
  }

  /// Left-to-right elimination on `R Pᵀ`, the p × p matrix with A's columns seen from Q.
  private static func dependentColumns(_ matrix: borrowing Matrix, pivots: [Int], tolerance: Double) -> [Int] {
    let (m, n) = (min(matrix.rows, matrix.columns), matrix.columns)
    // Far from any deficiency: the smallest pivot is large, and no column can lose more than that.
    if m == n, n > 0, abs(matrix[n - 1, n - 1]) > 1e3 * tolerance * Double(n) { return [] }
    var vectors = Matrix(rows: m, columns: n)
    for j in 0..<n {
      for i in 0..<min(j + 1, m) { vectors[i, pivots[j]] = matrix[i, j] }
    }
    var dependent: [Int] = []
    var basis: [[Double]] = []
    for j in 0..<n {
      var rest = vectors.column(j)
      let length = norm(rest)
      // Twice is enough for orthogonality to the rounding unit.
      for _ in 0..<2 {
        for direction in basis {
          var dot = 0.0
          for i in 0..<m { dot += rest[i] * direction[i] }
          for i in 0..<m { rest[i] -= dot * direction[i] }
        }
      }
      let left = norm(rest)
      if left <= tolerance * length || basis.count == m {
        dependent.append(j)
      } else {
        basis.append(rest.map { $0 / left })
      }
    }
    return dependent
  }

  private static func norm(_ x: [Double]) -> Double {
    var sum = 0.0
    for value in x { sum += value * value }
    return sum.squareRoot()
  }
}
