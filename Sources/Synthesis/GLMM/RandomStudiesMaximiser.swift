import NumericCore

/// Maximises the Laplace likelihood of the model with random study effects, from several starts.
struct RandomStudiesMaximiser<Kernel: ArmPairKernel> {
  private var likelihood: LaplaceLikelihood<Kernel>

  init(_ kernel: Kernel) { likelihood = LaplaceLikelihood(kernel) }

  /// The best maximum; σ of the study effects goes with it.
  mutating func maximise() throws(MixedModelFailure) -> (solution: MixedModelSolution, sigma: Double) {
    if likelihood.kernel.isSeparated { throw .effectInfinite }
    var summits: [RidgedNewton.Summit] = []
    for start in starts() {
      if let summit = RidgedNewton.climb(&likelihood, from: start.vector) { summits.append(summit) }
    }
    guard let best = summits.max(by: { $0.value < $1.value }) else { throw .effectInfinite }
    let hessian = likelihood.curvature(at: best.point, accurate: true)
    guard let factor = Cholesky(negative: hessian) else { throw .variationInfinite }
    let p = RandomStudiesParameters(vector: best.point)
    // The likelihood is even in τ: a climb that ends this near 0 has its maximum there.
    let tau = abs(p.tau) < 1e-7 ? 0 : abs(p.tau)
    var lesser: [Double] = []
    for other in summits.map({ abs($0.point[2]) }) where !([tau] + lesser).contains(where: { abs($0 - other) < 1e-3 }) {
      lesser.append(other)
    }
    let residual = max(0, best.decrement).squareRoot()
    let solution = MixedModelSolution(
      mu: p.mu, tau: tau, value: best.value, variance: factor.inverseDiagonal(0),
      tauVariance: tau == 0 ? nil : factor.inverseDiagonal(2), valueAtZero: .nan, lesserMaxima: lesser,
      convergence: Convergence(
        method: "Newton, Laplace approximation", iterations: likelihood.evaluations, converged: residual < 1e-6,
        residual: residual))
    return (solution, abs(p.sigma))
  }

  /// Crude means, the crude spread of the levels, and a small, a middling and a large τ.
  private func starts() -> [RandomStudiesParameters] {
    let kernel = likelihood.kernel
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
}

extension LaplaceLikelihood: SmoothObjective {
  mutating func slope(at point: [Double]) -> (value: Double, gradient: [Double]) {
    evaluate(RandomStudiesParameters(vector: point))
  }

  /// Central differences of the exact gradient, of fourth order if accurate, else of second.
  mutating func curvature(at point: [Double], accurate: Bool) -> Matrix {
    var result = Matrix(rows: 4, columns: 4)
    let h = accurate ? 2e-3 : 1e-4
    for j in 0..<4 {
      let near = difference(point, j, h)
      if accurate {
        let far = difference(point, j, 2 * h)
        for i in 0..<4 { result[i, j] = (8 * near[i] - far[i]) / (12 * h) }
      } else {
        for i in 0..<4 { result[i, j] = near[i] / (2 * h) }
      }
    }
    for j in 0..<4 {
      for i in 0..<j {
        let mean = (result[i, j] + result[j, i]) / 2
        (result[i, j], result[j, i]) = (mean, mean)
      }
    }
    return result
  }

  func isLost(_ point: [Double]) -> Bool {
    abs(point[0]) > 40 || abs(point[1]) > 80 || abs(point[2]) > 60 || abs(point[3]) > 60
  }

  /// Gradient at a step up in parameter j less the gradient at a step down.
  private mutating func difference(_ point: [Double], _ j: Int, _ h: Double) -> [Double] {
    var (up, down) = (point, point)
    up[j] += h
    down[j] -= h
    return zip(slope(at: up).gradient, slope(at: down).gradient).map { $0 - $1 }
  }
}
