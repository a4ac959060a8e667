import NumericCore

/// A function of a few parameters that is to be maximised.
protocol SmoothObjective {
  /// Value and gradient.
  mutating func slope(at point: [Double]) -> (value: Double, gradient: [Double])
  /// Symmetric matrix of second derivatives; `accurate` asks for the best, else a quick one will do.
  mutating func curvature(at point: [Double], accurate: Bool) -> Matrix
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
  private static func ascent(_ gradient: [Double], _ hessian: Matrix) -> [Double] {
    var ridge = 0.0
    let size = (0..<hessian.rows).reduce(1) { max($0, abs(hessian[$1, $1])) }
    while ridge.isFinite {
      if let factor = Cholesky(negative: hessian, ridge: ridge) { return factor.solve(gradient) }
      ridge = ridge == 0 ? 1e-3 * size : 4 * ridge
    }
    return gradient
  }
}

extension Cholesky {
  /// The factor of −A + ridge·I, `nil` when it is not positive definite by a margin of rounding.
  init?(negative matrix: Matrix, ridge: Double = 0) {
    var negative = matrix
    for i in negative.storage.indices { negative.storage[i] = -negative.storage[i] }
    for j in 0..<negative.rows { negative[j, j] += ridge }
    guard let made = try? Cholesky(negative) else { return nil }
    for j in 0..<negative.rows where made.factor[j, j] * made.factor[j, j] <= 1e-14 * abs(negative[j, j]) { return nil }
    self = made
  }

  /// Element (j, j) of the inverse of the matrix that was factorised.
  func inverseDiagonal(_ j: Int) -> Double {
    var unit = [Double](repeating: 0, count: order)
    unit[j] = 1
    return solve(unit)[j]
  }
}
