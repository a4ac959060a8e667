import NumericCore

/// The coefficients at a given τ², with their model-based covariance.
struct CoefficientSolution: Sendable {
  var beta: [Double]
  var covariance: Matrix
  /// Σ(yᵢ − xᵢ'β)²/(vᵢ + τ²).
  var residual: Double

  /// Least squares with weights 1/(vᵢ + τ²), or with the user's and then the sandwich covariance
  /// (X'AX)⁻¹X'A(V + τ²I)AX(X'AX)⁻¹, by a QR of A^½X.
  init(problem: PoolingProblem, x: [Double], tau2: Double) {
    let k = problem.k
    let p = problem.p
    let total = problem.vi.map { $0 + tau2 }
    let roots = problem.userWeights.map { $0.map { $0.squareRoot() } } ?? total.map { 1 / $0.squareRoot() }
    var scaled = x
    scaled.withUnsafeMutableBufferPointer { out in
      for j in 0..<p { for i in 0..<k { out[j * k + i] *= roots[i] } }
    }
    let qr = ThinQR(rows: k, columns: p, x: scaled)
    var y = problem.yi
    for i in 0..<k { y[i] *= roots[i] }
    beta = qr.solve(qr.projections(of: y))
    covariance = qr.sandwich(Self.middle(problem, qr: qr, roots: roots, total: total))
    residual = 0
    for i in 0..<k {
      var r = problem.yi[i]
      for j in 0..<p { r -= beta[j] * x[j * k + i] }
      residual += r * r / total[i]
    }
  }

  /// Q'A^½(V + τ²I)A^½Q, the identity without user weights.
  private static func middle(_ problem: PoolingProblem, qr: ThinQR, roots: [Double], total: [Double]) -> Matrix {
    let p = qr.columns
    var s = Matrix(rows: p, columns: p)
    guard problem.userWeights != nil else {
      for j in 0..<p { s[j, j] = 1 }
      return s
    }
    for i in 0..<qr.rows {
      let factor = roots[i] * roots[i] * total[i]
      for a in 0..<p { for b in 0..<p { s[a, b] += factor * qr.q[a * qr.rows + i] * qr.q[b * qr.rows + i] } }
    }
    return s
  }
}
