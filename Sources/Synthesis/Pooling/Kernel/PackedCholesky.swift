/// A Cholesky factor LL' of a small symmetric matrix, packed by rows of the lower triangle: element (i, j) at i(i + 1)/2 + j.
///
/// Made anew at every τ² that a solver tries, so kept free of checks that only large systems need. A pivot lost to rounding is
/// replaced by the smallest one that rounding allows, which keeps a search going; final results come from a QR.
struct PackedCholesky {
  let size: Int
  private(set) var l: [Double]

  /// Factorises the packed lower triangle.
  init(size: Int, packed: [Double]) {
    self.size = size
    l = packed
    for j in 0..<size {
      for i in j..<size {
        var value = l[Self.at(i, j)]
        let diagonal = value
        for m in 0..<j { value -= l[Self.at(i, m)] * l[Self.at(j, m)] }
        if i == j {
          l[Self.at(j, j)] = max(value, 1e-16 * diagonal).squareRoot()
        } else {
          l[Self.at(i, j)] = value / l[Self.at(j, j)]
        }
      }
    }
  }

  @inline(__always)
  static func at(_ i: Int, _ j: Int) -> Int { i * (i + 1) / 2 + j }

  /// L⁻¹b.
  func forward(_ b: [Double]) -> [Double] {
    var x = b
    for i in 0..<size {
      for j in 0..<i { x[i] -= l[Self.at(i, j)] * x[j] }
      x[i] /= l[Self.at(i, i)]
    }
    return x
  }

  /// (LL')⁻¹b.
  func solve(_ b: [Double]) -> [Double] {
    var x = forward(b)
    for i in stride(from: size - 1, through: 0, by: -1) {
      for j in (i + 1)..<max(size, i + 1) { x[i] -= l[Self.at(j, i)] * x[j] }
      x[i] /= l[Self.at(i, i)]
    }
    return x
  }

  /// (LL')⁻¹S for a packed symmetric S, as a full row-major matrix.
  func solve(packed s: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: size * size)
    for j in 0..<size {
      let column = solve((0..<size).map { s[Self.at(max($0, j), min($0, j))] })
      for i in 0..<size { result[i * size + j] = column[i] }
    }
    return result
  }

  /// The diagonal of the factor.
  var diagonal: [Double] { (0..<size).map { l[Self.at($0, $0)] } }
}
