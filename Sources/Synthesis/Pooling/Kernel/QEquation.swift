extension PoolingProblem {
  /// Iterations after which the search for Q(τ²) = c is given up; the worst of 100 000 wild sets took fewer than 40.
  private static let limit = 300

  /// The τ² ≥ 0 with Q(τ²) = target, 0 when Q(0) is at most the target.
  ///
  /// Q is a sum of terms cⱼ/(eⱼ + τ²), so 1/Q is concave and increasing: Newton steps on target/Q − 1 from the left never pass
  /// the root, and are quadratic near it. With equal variances the first step is exact. Q(τ²) ≤ TSS/τ² bounds the root.
  func rootOfQ(equalTo target: Double) -> TauSquaredSolution {
    let atZero = sums(at: 0)
    guard atZero.q > target else {
      return TauSquaredSolution(value: 0, procedure: "Newton on 1/Q", residual: 0)
    }
    var t = 0.0
    var s = atZero
    let ceiling = totalSumOfSquares / target
    for iteration in 1...Self.limit {
      let step = (s.q - target) * s.q / (target * s.yPPy)
      let next = min(t + step, ceiling)
      let moved = next - t
      t = next
      if !(moved.magnitude > 1e-8 * t) {
        return TauSquaredSolution(
          value: t, procedure: "Newton on 1/Q", iterations: iteration, converged: moved.isFinite,
          residual: (moved / t) * (moved / t))
      }
      s = sums(at: t)
    }
    return TauSquaredSolution(
      value: t, procedure: "Newton on 1/Q", iterations: Self.limit, converged: false,
      residual: s.q / target - 1)
  }
}
