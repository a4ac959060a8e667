import NumericCore

/// A thin QR factorisation X = QR by classical Gram–Schmidt done twice, which is orthonormal to rounding
/// (Giraud, Langou and Rozložník 2005) and works on the long columns of a k × p matrix in place.
struct ThinQR: Sendable {
  /// Number of rows.
  let rows: Int
  /// Number of columns.
  let columns: Int
  /// Orthonormal columns, column-major.
  private(set) var q: [Double]
  /// Upper triangle, column-major p × p.
  private(set) var r: [Double]
  /// Columns that are combinations of earlier ones; empty when the rank is full.
  private(set) var dependent: [Int] = []

  /// A column is taken for dependent when orthogonalising leaves less than this part of it: rounding leaves 1e-15.
  private static let tolerance = 1e-11

  /// Factorises `x`, column-major rows × columns.
  init(rows: Int, columns: Int, x: [Double]) {
    self.rows = rows
    self.columns = columns
    q = x
    r = [Double](repeating: 0, count: columns * columns)
    for j in 0..<columns { orthogonalise(j) }
  }

  private mutating func orthogonalise(_ j: Int) {
    let original = norm(j)
    for _ in 0..<2 {
      let projections = (0..<j).map { dot($0, j) }
      for (i, projection) in projections.enumerated() {
        subtract(projection, of: i, from: j)
        r[i + j * columns] += projection
      }
    }
    let left = norm(j)
    guard left > Self.tolerance * original else {
      dependent.append(j)
      for i in 0..<rows { q[j * rows + i] = 0 }
      r[j + j * columns] = 1
      return
    }
    r[j + j * columns] = left
    let count = rows
    q.withUnsafeMutableBufferPointer { q in for i in 0..<count { q[j * count + i] /= left } }
  }

  /// Length of a column, scaled by its largest element where squares would leave the range.
  private func norm(_ j: Int) -> Double {
    let plain = dot(j, j)
    if plain > 1e-200, plain < 1e200 { return plain.squareRoot() }
    let largest = q[(j * rows)..<((j + 1) * rows)].reduce(0) { max($0, $1.magnitude) }
    guard largest > 0, largest.isFinite else { return largest }
    var total = 0.0
    for i in (j * rows)..<((j + 1) * rows) {
      let scaled = q[i] / largest
      total += scaled * scaled
    }
    return largest * total.squareRoot()
  }

  private func dot(_ a: Int, _ b: Int) -> Double {
    q.withUnsafeBufferPointer { Self.dot($0, from: a * rows, $0, from: b * rows, count: rows) }
  }

  /// Σxᵢyᵢ in four partial sums: quicker, and rounding grows a quarter as fast.
  private static func dot(
    _ x: UnsafeBufferPointer<Double>, from a: Int, _ y: UnsafeBufferPointer<Double>, from b: Int, count: Int
  ) -> Double {
    var s = SIMD4<Double>.zero
    var i = 0
    while i + 4 <= count {
      let p = a + i
      let r = b + i
      let first = SIMD4<Double>(x[p], x[p + 1], x[p + 2], x[p + 3])
      let second = SIMD4<Double>(y[r], y[r + 1], y[r + 2], y[r + 3])
      s += first * second
      i += 4
    }
    var total = s.sum()
    while i < count {
      total += x[a + i] * y[b + i]
      i += 1
    }
    return total
  }

  private mutating func subtract(_ factor: Double, of a: Int, from b: Int) {
    let count = rows
    q.withUnsafeMutableBufferPointer { q in
      for i in 0..<count { q[b * count + i] -= factor * q[a * count + i] }
    }
  }

  /// Q'x.
  func projections(of x: [Double]) -> [Double] {
    q.withUnsafeBufferPointer { q in
      x.withUnsafeBufferPointer { x in
        (0..<columns).map { Self.dot(q, from: $0 * rows, x, from: 0, count: rows) }
      }
    }
  }

  /// x less its projection on the columns, taken twice.
  func residuals(of x: [Double]) -> [Double] {
    var r = x
    for _ in 0..<2 {
      let projections = projections(of: r)
      q.withUnsafeBufferPointer { q in
        r.withUnsafeMutableBufferPointer { r in
          for j in 0..<columns {
            let factor = projections[j]
            for i in 0..<rows { r[i] -= factor * q[j * rows + i] }
          }
        }
      }
    }
    return r
  }

  /// R⁻¹b.
  func solve(_ b: [Double]) -> [Double] {
    var x = b
    for j in stride(from: columns - 1, through: 0, by: -1) {
      for i in (j + 1)..<max(columns, j + 1) { x[j] -= r[j + i * columns] * x[i] }
      x[j] /= r[j + j * columns]
    }
    return x
  }

  /// R⁻¹SR⁻ᵀ for a symmetric S, by solving for its columns and then its rows; exactly symmetric.
  func sandwich(_ s: Matrix) -> Matrix {
    var half = s
    for j in 0..<columns {
      let column = solve((0..<columns).map { s[$0, j] })
      for i in 0..<columns { half[i, j] = column[i] }
    }
    var result = half
    for i in 0..<columns {
      let row = solve((0..<columns).map { half[i, $0] })
      for j in 0..<columns { result[i, j] = row[j] }
    }
    for i in 0..<columns {
      for j in 0..<i {
        let mean = 0.5 * (result[i, j] + result[j, i])
        result[i, j] = mean
        result[j, i] = mean
      }
    }
    return result
  }
}
