import NumericCore

/// Maximises the Laplace likelihood of the model with random study effects, from several starts.
struct RandomStudiesMaximiser<Kernel: ArmPairKernel> {
  private var likelihood: LaplaceLikelihood<Kernel>
  private let kernel: Kernel

  init(_ kernel: Kernel) {
    self.kernel = kernel
    likelihood = LaplaceLikelihood(kernel)
  }

  /// A stationary point with the Hessian there.
  private struct Point {
    var parameters: RandomStudiesParameters
    var value: Double
    var hessian: [[Double]]
    var decrement: Double
  }

  /// The best maximum; σ of the study effects goes with it.
  mutating func maximise() throws(MixedModelFailure) -> (solution: MixedModelSolution, sigma: Double) {
    var found: [Point] = []
    for start in starts() {
      if let point = climb(from: start) { found.append(point) }
    }
    guard var best = found.max(by: { $0.value < $1.value }) else { throw .effectInfinite }
    best.hessian = hessian(best.parameters, accurate: true)
    let p = best.parameters
    guard let factor = SmallCholesky(best.hessian.map { $0.map { -$0 } }) else { throw .variationInfinite }
    let lesser = found.map { abs($0.parameters.tau) }.filter { tau in
      abs(tau - abs(p.tau)) > 1e-3 * (1 + abs(p.tau))
    }
    let tau = abs(p.tau) < 1e-7 ? 0 : abs(p.tau)
    let residual = max(0, best.decrement).squareRoot()
    let solution = MixedModelSolution(
      mu: p.mu, tau: tau, value: best.value, variance: factor.solve([1, 0, 0, 0])[0],
      tauVariance: tau == 0 ? nil : factor.solve([0, 0, 1, 0])[2], valueAtZero: .nan, lesserMaxima: lesser,
      convergence: Convergence(
        method: "Newton, Laplace approximation", iterations: likelihood.evaluations, converged: residual < 1e-6,
        residual: residual))
    return (solution, abs(p.sigma))
  }

  /// Crude means, the crude spread of the levels, and a small, a middling and a large τ.
  private func starts() -> [RandomStudiesParameters] {
    let crude = (0..<kernel.count).map { kernel.crude($0) }
    let k = Double(kernel.count)
    let level = crude.reduce(0) { $0 + ($1.0 + $1.1) / 2 } / k
    let effect = crude.reduce(0) { $0 + $1.0 - $1.1 } / k
    let spread = crude.reduce(0) { sum, pair in
      let residual = (pair.0 + pair.1) / 2 - level
      return sum + residual * residual
    }
    let sigma = max(0.2, (spread / max(1, k - 1)).squareRoot())
    return [0.1, 0.5, 1.5].map { RandomStudiesParameters(mu: effect, alpha: level, tau: $0, sigma: sigma) }
  }

  /// Newton's method, the Hessian made definite by a ridge where it is not; `nil` when it runs away.
  private mutating func climb(from start: RandomStudiesParameters) -> Point? {
    var p = start
    var current = likelihood.evaluate(p)
    for _ in 0..<200 {
      let curvature = hessian(p, accurate: false)
      let step = ascentStep(current.gradient, curvature)
      let decrement = zip(step, current.gradient).reduce(0) { $0 + $1.0 * $1.1 }
      if decrement < 1e-20 {
        return Point(parameters: p, value: current.value, hessian: curvature, decrement: decrement)
      }
      guard let (next, reached) = advance(p, current.value, along: step) else {
        let settled = decrement < 1e-10
        return settled ? Point(parameters: p, value: current.value, hessian: curvature, decrement: decrement) : nil
      }
      (p, current) = (next, reached)
      if abs(p.mu) > 40 || abs(p.alpha) > 80 || abs(p.tau) > 60 || abs(p.sigma) > 60 { return nil }
    }
    return nil
  }

  /// The largest of the halved steps that does not lower the likelihood.
  private mutating func advance(
    _ p: RandomStudiesParameters, _ value: Double, along step: [Double]
  ) -> (RandomStudiesParameters, (value: Double, gradient: [Double]))? {
    let longest = step.reduce(0) { max($0, abs($1)) }
    var scale = min(1, 2 / longest)
    while scale > 1e-10 {
      var next = p
      next.vector = zip(p.vector, step).map { $0 + scale * $1 }
      let reached = likelihood.evaluate(next)
      if reached.value >= value - 1e-13 * abs(value) { return (next, reached) }
      scale /= 2
    }
    return nil
  }

  private func ascentStep(_ gradient: [Double], _ hessian: [[Double]]) -> [Double] {
    var ridge = 0.0
    while true {
      var negative = hessian.map { $0.map { -$0 } }
      for j in 0..<4 { negative[j][j] += ridge }
      if let factor = SmallCholesky(negative) { return factor.solve(gradient) }
      ridge = ridge == 0 ? 1e-3 * (1 + (0..<4).reduce(0) { max($0, abs(hessian[$1][$1])) }) : 4 * ridge
      if !ridge.isFinite { return gradient }
    }
  }

  /// Central differences of the exact gradient, of second order while climbing and of fourth order at the end.
  private mutating func hessian(_ p: RandomStudiesParameters, accurate: Bool) -> [[Double]] {
    var result = [[Double]](repeating: [0, 0, 0, 0], count: 4)
    let h = accurate ? 2e-3 : 1e-4
    for j in 0..<4 {
      let near = difference(p, j, h)
      let far = accurate ? difference(p, j, 2 * h) : near
      for i in 0..<4 {
        result[i][j] = accurate ? (8 * near[i] - far[i]) / (12 * h) : near[i] / (2 * h)
      }
    }
    for i in 0..<4 {
      for j in 0..<i {
        let mean = (result[i][j] + result[j][i]) / 2
        (result[i][j], result[j][i]) = (mean, mean)
      }
    }
    return result
  }

  private mutating func difference(_ p: RandomStudiesParameters, _ j: Int, _ h: Double) -> [Double] {
    var (up, down) = (p, p)
    up.vector[j] += h
    down.vector[j] -= h
    return zip(likelihood.evaluate(up).gradient, likelihood.evaluate(down).gradient).map { $0 - $1 }
  }
}

/// Cholesky factor of a small symmetric positive definite matrix.
struct SmallCholesky {
  private var l: [[Double]]

  /// `nil` when the matrix is not positive definite.
  init?(_ matrix: [[Double]]) {
    let n = matrix.count
    l = matrix
    for j in 0..<n {
      for i in j..<n {
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

  func solve(_ b: [Double]) -> [Double] {
    var x = b
    for i in x.indices {
      for m in 0..<i { x[i] -= l[i][m] * x[m] }
      x[i] /= l[i][i]
    }
    for i in x.indices.reversed() {
      for m in (i + 1)..<max(i + 1, x.count) { x[i] -= l[m][i] * x[m] }
      x[i] /= l[i][i]
    }
    return x
  }
}
