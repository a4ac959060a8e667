import CLAPACK

/// Householder QR with column pivoting in place, in LAPACK's layout: R in the upper triangle, the reflectors
/// `H = I − τ v vᵀ`, v₀ = 1, below.
///
/// The columns must be scaled to about unit length, so that no square overflows.
enum QRKernel {
  /// Up to this many rows × columns² the Swift loops are taken.
  ///
  /// Measured with Swift 6.3.1 -O against reference LAPACK 3.11 on a 2-core Xeon, Swift and LAPACK in ns with the copy
  /// of the matrix: 10×1: 171 and 355, 13×3: 385 and 664, 50×3: 1026 and 1028, 50×6: 2458 and 2098, 1000×3: 16000 and
  /// 10500.
  static let swiftWork = 450

  /// What comes out beside the factors.
  struct Result {
    var pivots: [Int]
    var tau: [Double]
  }

  static func factorize(_ a: inout [Double], rows m: Int, columns n: Int) -> Result {
    guard m > 0, n > 0 else { return Result(pivots: Array(0..<n), tau: [0]) }
    return m * n * n <= swiftWork ? factorizeInSwift(&a, m, n) : factorizeInLAPACK(&a, m, n)
  }

  /// Source: Golub & Van Loan (2013), algorithms 5.1.1 and 5.4.1; norms are formed anew, not downdated.
  static func factorizeInSwift(_ a: inout [Double], _ m: Int, _ n: Int) -> Result {
    var pivots = Array(0..<n)
    var tau = [Double](repeating: 0, count: min(m, n))
    var squares = [Double](repeating: 0, count: n)
    for j in 0..<n { squares[j] = square(a, from: j * m, count: m) }
    for k in 0..<min(m, n) {
      var best = k
      for j in k..<n where squares[j] > squares[best] { best = j }
      if best != k {
        for i in 0..<m { a.swapAt(i + best * m, i + k * m) }
        pivots.swapAt(best, k)
        squares[best] = squares[k]
      }
      tau[k] = reflect(&a, k, m)
      for j in (k + 1)..<max(n, k + 1) {
        apply(&a, reflector: k, tau[k], m, toColumn: j)
        squares[j] = square(a, from: k + 1 + j * m, count: m - k - 1)
      }
    }
    return Result(pivots: pivots, tau: tau)
  }

  static func factorizeInLAPACK(_ a: inout [Double], _ m: Int, _ n: Int) -> Result {
    var order = [lapack_int_t](repeating: 0, count: n)
    var tau = [Double](repeating: 0, count: min(m, n))
    var (rows, columns, info) = (lapack_int_t(m), lapack_int_t(n), lapack_int_t(0))
    var size = lapack_int_t(2 * n + (n + 1) * 32)
    var work = [Double](repeating: 0, count: Int(size))
    dgeqp3_(&rows, &columns, &a, &rows, &order, &tau, &work, &size, &info)
    return Result(pivots: order.map { Int($0) - 1 }, tau: tau)
  }

  /// Replaces c by `Qᵀ c` (or `Q c`).
  static func applyQ(_ a: [Double], _ tau: [Double], rows m: Int, columns n: Int, transposed: Bool, _ c: inout [Double])
  {
    let count = min(m, n)
    for step in 0..<count {
      let k = transposed ? step : count - 1 - step
      var w = c[k]
      for i in (k + 1)..<max(m, k + 1) { w += a[i + k * m] * c[i] }
      w *= tau[k]
      c[k] -= w
      for i in (k + 1)..<max(m, k + 1) { c[i] -= a[i + k * m] * w }
    }
  }

  /// Replaces column k from its diagonal down by β and the reflector; returns τ.
  private static func reflect(_ a: inout [Double], _ k: Int, _ m: Int) -> Double {
    let diagonal = k + k * m
    let rest = square(a, from: diagonal + 1, count: m - k - 1)
    guard rest > 0 else { return 0 }
    let alpha = a[diagonal]
    let length = (alpha * alpha + rest).squareRoot()
    let beta = alpha > 0 ? -length : length
    let scale = 1 / (alpha - beta)
    for i in (diagonal + 1)..<(diagonal + m - k) { a[i] *= scale }
    a[diagonal] = beta
    return (beta - alpha) / beta
  }

  /// Applies reflector k to column j.
  private static func apply(_ a: inout [Double], reflector k: Int, _ tau: Double, _ m: Int, toColumn j: Int) {
    let (from, to) = (k * m, j * m)
    var w = a[k + to]
    for i in (k + 1)..<max(m, k + 1) { w += a[i + from] * a[i + to] }
    w *= tau
    a[k + to] -= w
    for i in (k + 1)..<max(m, k + 1) { a[i + to] -= a[i + from] * w }
  }

  private static func square(_ a: [Double], from start: Int, count: Int) -> Double {
    var sum = 0.0
    for i in start..<(start + count) { sum += a[i] * a[i] }
    return sum
  }
}
