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
    for i in 0..<rows { q[j * rows + i] /= left }
  }

  private func norm(_ j: Int) -> Double {
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
    var total = 0.0
    for i in 0..<rows { total += q[a * rows + i] * q[b * rows + i] }
    return total
  }

  private mutating func subtract(_ factor: Double, of a: Int, from b: Int) {
    for i in 0..<rows { q[b * rows + i] -= factor * q[a * rows + i] }
  }

  /// Q'x.
  func projections(of x: [Double]) -> [Double] {
    (0..<columns).map { j in
      var total = 0.0
      for i in 0..<rows { total += q[j * rows + i] * x[i] }
      return total
    }
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
