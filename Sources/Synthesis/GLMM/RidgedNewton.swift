import NumericCore

/// A function of a few parameters that is to be maximised.
protocol SmoothObjective {
  /// Value and gradient.
  mutating func slope(at point: [Double]) -> (value: Double, gradient: [Double])
  /// Symmetric matrix of second derivatives; `accurate` asks for the best, else a quick one will do.
  mutating func curvature(at point: [Double], accurate: Bool) -> [[Double]]
  /// Whether a point has left all reasonable bounds, so that climbing on is useless.
  func isLost(_ point: [Double]) -> Bool
}

/// Newton's method for a maximum, with a ridge on the Hessian where it is not negative definite and halved steps where the
/// function would fall.
struct RidgedNewton {
  /// Where a climb ended.
  struct Summit {
    var point: [Double]
    var value: Double
    /// gᵀ(−H)⁻¹g: the squared distance from the maximum in standard errors.
    var decrement: Double
  }

  /// Climbs until the decrement is below 1e-20; `nil` when the point runs away or no step helps far from a maximum.
  static func climb<Objective: SmoothObjective>(_ objective: inout Objective, from start: [Double]) -> Summit? {
    var point = start
    var current = objective.slope(at: point)
    for _ in 0..<200 {
      if !current.value.isFinite { return nil }
      let step = ascent(current.gradient, objective.curvature(at: point, accurate: false))
      let decrement = zip(step, current.gradient).reduce(0) { $0 + $1.0 * $1.1 }
      let summit = Summit(point: point, value: current.value, decrement: decrement)
      if decrement < 1e-20 { return summit }
      guard let next = advance(&objective, summit, along: step) else { return decrement < 1e-10 ? summit : nil }
      (point, current) = (next.point, next.reached)
      if objective.isLost(point) { return nil }
    }
    return nil
  }

  /// The longest of the halved steps that does not lower the function; none is longer than 2 in any parameter.
  private static func advance<Objective: SmoothObjective>(
    _ objective: inout Objective, _ from: Summit, along step: [Double]
  ) -> (point: [Double], reached: (value: Double, gradient: [Double]))? {
    var scale = min(1, 2 / step.reduce(0) { max($0, abs($1)) })
    while scale > 1e-10 {
      let point = zip(from.point, step).map { $0 + scale * $1 }
      let reached = objective.slope(at: point)
      if reached.value >= from.value - 1e-13 * abs(from.value) { return (point, reached) }
      scale /= 2
    }
    return nil
  }

  /// (−H + ridge)⁻¹ g with the smallest ridge of a rising sequence that makes the matrix positive definite.
  private static func ascent(_ gradient: [Double], _ hessian: [[Double]]) -> [Double] {
    var ridge = 0.0
    let size = hessian.indices.reduce(1) { max($0, abs(hessian[$1][$1])) }
    while ridge.isFinite {
      var negative = hessian.map { $0.map { -$0 } }
      for j in negative.indices { negative[j][j] += ridge }
      if let factor = SmallCholesky(negative) { return factor.solve(gradient) }
      ridge = ridge == 0 ? 1e-3 * size : 4 * ridge
    }
    return gradient
  }
}

/// Cholesky factor of a small symmetric positive definite matrix.
struct SmallCholesky {
  private var l: [[Double]]

  /// `nil` when the matrix is not positive definite.
  init?(_ matrix: [[Double]]) {
    l = matrix
    for j in matrix.indices {
      for i in j..<matrix.count {
        var sum = matrix[i][j]
        for m in 0..<j { sum -= l[i][m] * l[j][m] }
        if i == j {
          if !(sum > 1e-14 * abs(matrix[j][j])) { return nil }
          l[j][j] = sum.squareRoot()
        } else {
          l[i][j] = sum / l[j][j]
        }
      }
    }
  }

  /// The solution of the system with right-hand side `b`.
  func solve(_ b: [Double]) -> [Double] {
    var x = b
    for i in x.indices {
      for m in 0..<i { x[i] -= l[i][m] * x[m] }
      x[i] /= l[i][i]
    }
    for i in x.indices.reversed() {
      for m in x.indices where m > i { x[i] -= l[m][i] * x[m] }
      x[i] /= l[i][i]
    }
    return x
  }

  /// Element (j, j) of the inverse.
  func inverseDiagonal(_ j: Int) -> Double {
    var unit = [Double](repeating: 0, count: l.count)
    unit[j] = 1
    return solve(unit)[j]
  }
}
