/// With the identity link the likelihood may be highest where some τᵢ² is 0. An interior-point search goes there: the
/// maxima of ℓ + m Σ log τᵢ² for m falling to nothing, each by Newton's method from the one before.
///
/// Source: Nocedal and Wright (2006), Numerical Optimization, section 19.1.
struct LocationScaleBoundary {
  let problem: LocationScaleProblem

  /// Weights of the barrier, falling.
  private static let weights = (0...12).map { step in (0..<step).reduce(0.1) { weight, _ in weight * 0.1 } }
  /// What the likelihood may still lack, per study, when the barrier is at its last weight.
  static var gap: Double { weights.last ?? 0 }
  /// A τᵢ² below this share of the largest counts as 0.
  private static let zero = 1e-6

  /// The highest point reached from some starts, when a τᵢ² is 0 there; `nil` when the search ends in the interior.
  func maximum(from starts: [[Double]]) -> (point: LocationScaleProblem.Point, iterations: Int)? {
    var best: LocationScaleProblem.Point?
    var iterations = 0
    for start in starts where problem.predictor(start).allSatisfy({ $0 > 0 }) {
      var point = problem.point(start)
      for weight in Self.weights { point = climb(point, weight, &iterations) }
      if point.logLikelihood > (best?.logLikelihood ?? -.infinity) { best = point }
    }
    guard let best else { return nil }
    let tau2 = problem.predictor(best.a)
    guard let least = tau2.min(), let most = tau2.max(), least < Self.zero * most else { return nil }
    return (best, iterations)
  }

  private func climb(
    _ start: LocationScaleProblem.Point, _ weight: Double, _ iterations: inout Int
  ) -> LocationScaleProblem.Point {
    var current = start
    for _ in 0..<60 {
      iterations += 1
      let (gradient, observed, expected) = derivatives(current, weight)
      guard
        let information = CorrelationFactor(packed: observed, size: problem.q)
          ?? CorrelationFactor(packed: expected, size: problem.q)
      else { return current }
      let step = information.solve(gradient)
      let gain = zip(step, gradient).reduce(0) { $0 + $1.0 * $1.1 }
      guard gain > 1e-16 * max(1, abs(current.logLikelihood)), let next = advance(current, step, gain, weight) else {
        return current
      }
      current = next
    }
    return current
  }

  private func advance(
    _ current: LocationScaleProblem.Point, _ step: [Double], _ gain: Double, _ weight: Double
  ) -> LocationScaleProblem.Point? {
    let height = self.height(current, weight)
    var length = 1.0
    for _ in 0..<60 {
      let a = zip(current.a, step).map { $0 + length * $1 }
      if problem.predictor(a).allSatisfy({ $0 > 0 }) {
        let next = problem.point(a)
        if self.height(next, weight) >= height + 1e-4 * length * gain { return next }
      }
      length /= 2
    }
    return nil
  }

  private func height(_ point: LocationScaleProblem.Point, _ weight: Double) -> Double {
    point.logLikelihood + weight * problem.predictor(point.a).reduce(0) { $0 + log($1) }
  }

  /// Gradient, and minus the second derivatives (observed, expected), with those of the barrier.
  private func derivatives(
    _ point: LocationScaleProblem.Point, _ weight: Double
  ) -> (gradient: [Double], observed: [Double], expected: [Double]) {
    let tau2 = problem.predictor(point.a)
    var (gradient, observed, expected) = (point.gradient, point.observed, point.expected)
    let k = problem.k
    for i in 0..<k {
      for r in 0..<problem.q {
        let zr = problem.scaleFactor * problem.z.q[r * k + i] / tau2[i]
        gradient[r] += weight * zr
        for s in 0...r {
          let both = weight * zr * problem.scaleFactor * problem.z.q[s * k + i] / tau2[i]
          observed[PackedCholesky.at(r, s)] += both
          expected[PackedCholesky.at(r, s)] += both
        }
      }
    }
    return (gradient, observed, expected)
  }
}
