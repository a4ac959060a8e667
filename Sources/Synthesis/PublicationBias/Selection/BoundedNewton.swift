import NumericCore

/// Newton's method for a maximum in variables that may be fixed, bounded below by 0, or bounded above.
///
/// The Hessian is damped until a step gains (Levenberg, Marquardt); variables at a bound whose gradient points outward
/// stay there. Converged when the gain that Newton's model still promises is below 1e-15 of the value.
/// Source: Nocedal and Wright (2006), sections 10.3 and 16.7.
struct BoundedNewton {
  /// Which variables move, and which of them are bounded below by 0.
  let isFree, isBounded: [Bool]
  /// Upper bounds; none when empty.
  var upper: [Double] = []

  struct Result {
    var point: [Double]
    var tally: SelectionTally
    /// Variables that are neither fixed nor held at their bound.
    var active: [Int]
    var iterations: Int
    var converged: Bool
  }

  private static let iterationLimit = 500

  func maximise(from start: [Double], _ f: ([Double]) -> SelectionTally) -> Result {
    var result = Result(point: start, tally: f(start), active: [], iterations: 0, converged: false)
    guard result.tally.value.isFinite else { return result }
    var damping = 1e-3
    while result.iterations < BoundedNewton.iterationLimit {
      result.iterations += 1
      result.active = start.indices.filter { isMovable($0, result) }
      if result.active.isEmpty {
        result.converged = true
        return result
      }
      if let gain = promisedGain(result), gain <= 1e-15 * max(1, abs(result.tally.value)) {
        // One more full step squares what error is left.
        if let (last, _) = step(result, damping: 0) {
          let tally = f(last)
          if tally.value >= result.tally.value - 1e-12 * max(1, abs(result.tally.value)) {
            (result.point, result.tally) = (last, tally)
          }
        }
        result.converged = true
        return result
      }
      var improved = false
      for _ in 0..<40 {
        if let (next, _) = step(result, damping: damping) {
          let tally = f(next)
          if tally.value > result.tally.value, tally.gradient.allSatisfy(\.isFinite) {
            (result.point, result.tally) = (next, tally)
            damping = max(damping * 0.1, 1e-14)
            improved = true
            break
          }
        }
        damping *= 8
      }
      if !improved {
        result.converged = (promisedGain(result) ?? .infinity) <= 1e-11 * max(1, abs(result.tally.value))
        return result
      }
    }
    return result
  }

  private func isMovable(_ i: Int, _ result: Result) -> Bool {
    guard isFree[i] else { return false }
    if !upper.isEmpty, result.point[i] >= upper[i] { return result.tally.gradient[i] < 0 }
    return !isBounded[i] || result.point[i] > 0 || result.tally.gradient[i] > 0
  }

  /// ½g'(−H)⁻¹g on the active variables, `nil` where −H is not positive definite.
  private func promisedGain(_ result: Result) -> Double? {
    guard let (_, gain) = step(result, damping: 0) else { return nil }
    return gain
  }

  private func step(_ result: Result, damping: Double) -> (point: [Double], gain: Double)? {
    let active = result.active
    let g = active.map { result.tally.gradient[$0] }
    var h = Matrix(rows: active.count, columns: active.count)
    for (a, i) in active.enumerated() {
      for (b, j) in active.enumerated() { h[a, b] = -result.tally.hessian[i, j] }
      h[a, a] += damping * max(abs(h[a, a]), 1e-8)
    }
    guard h.isFinite, let factor = try? Cholesky(h) else { return nil }
    let d = factor.solve(g)
    var point = result.point
    var gain = 0.0
    for (a, i) in active.enumerated() {
      point[i] += d[a]
      gain += 0.5 * d[a] * g[a]
      if isBounded[i], point[i] < 0 { point[i] = 0 }
      if !upper.isEmpty, point[i] > upper[i] { point[i] = upper[i] }
    }
    return (point, gain)
  }
}
