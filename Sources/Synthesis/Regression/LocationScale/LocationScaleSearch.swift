/// The global maximum of a location-scale likelihood: safeguarded Newton from several starts.
struct LocationScaleSearch {
  let problem: LocationScaleProblem

  /// Where the search ended.
  struct Maximum {
    var point: LocationScaleProblem.Point
    var convergence: Convergence
    /// Whether another start ended at another, lower maximum.
    var severalMaxima: Bool
    /// Whether a τᵢ² is 0 there (identity link).
    var isAtBoundary = false
  }

  /// Iterations of one start; typical searches take 6 to 12.
  private static let limit = 200
  /// The search has converged when half the Newton decrement, the likelihood still to be gained, is below this.
  private static let tolerance = 1e-15
  /// With more studies than this the likelihood is close to a parabola and two starts are enough.
  private static let manyStudies = 2_000
  /// log τ² this far below the smallest log vᵢ means that no heterogeneity is left in some setting.
  private static let floor = -25.0

  /// Finds the highest maximum over all starts.
  func maximum() throws(FitError) -> Maximum {
    var best: (point: LocationScaleProblem.Point, iterations: Int, left: Double)?
    var several = false
    var iterations = 0
    let starts = starts()
    for start in starts {
      let (point, steps, left) = climb(from: start)
      iterations += steps
      guard let left, isInterior(point) else { continue }
      if let found = best {
        several = several || abs(found.point.logLikelihood - point.logLikelihood) > 1e-6
        if found.point.logLikelihood >= point.logLikelihood { continue }
      }
      best = (point, steps, left)
    }
    if problem.link == .identity, let edge = LocationScaleBoundary(problem: problem).maximum(from: starts),
      edge.point.logLikelihood > (best?.point.logLikelihood ?? -.infinity)
    {
      return Maximum(
        point: edge.point,
        convergence: Convergence(
          method: "interior-point Newton to a boundary", iterations: iterations + edge.iterations, converged: true,
          residual: LocationScaleBoundary.gap * Double(problem.k)),
        severalMaxima: best != nil, isAtBoundary: true)
    }
    guard let best else {
      throw .notConverged(
        what: "scale coefficients",
        convergence: Convergence(
          method: "Newton from \(starts.count) starts", iterations: iterations, converged: false, residual: .nan),
        hint: problem.link == .log
          ? "some setting shows no heterogeneity, so that its log τ² has no finite estimate; leave moderators out of --scale"
          : "the likelihood rises to where some setting has τ² = 0; use --scale-link log, or leave moderators out of --scale"
      )
    }
    return Maximum(
      point: best.point,
      convergence: Convergence(
        method: "Newton with line search, \(starts.count) starts", iterations: best.iterations, converged: true,
        residual: best.left),
      severalMaxima: several)
  }

  /// Starts: the same τ² everywhere at several sizes around the moment estimate, and a regression of log r².
  private func starts() -> [[Double]] {
    let k = problem.k
    var residuals = problem.yi
    let means = problem.x.projections(of: problem.yi)
    for j in 0..<problem.p { for i in 0..<k { residuals[i] -= means[j] * problem.x.q[j * k + i] } }
    let square = residuals.reduce(0) { $0 + $1 * $1 } / Double(k - problem.p)
    let sampling = problem.vi.reduce(0, +) / Double(k)
    let size = max(square - sampling, 0.05 * square, 1e-3 * sampling)
    let projected = [0.0, -2, 2, -5].map { shift in
      coordinates([Double](repeating: onScale(size * exp(shift)), count: k))
    }
    let squares = (0..<k).map { i in
      onScale(max(residuals[i] * residuals[i] - problem.vi[i], 0.1 * residuals[i] * residuals[i], 1e-2 * size))
    }
    let fromResiduals = coordinates(squares)
    return k > Self.manyStudies ? [projected[0], fromResiduals] : projected + [fromResiduals]
  }

  /// A τ² as the linear predictor has it.
  private func onScale(_ tau2: Double) -> Double { problem.link == .log ? log(tau2) : tau2 }

  private func coordinates(_ eta: [Double]) -> [Double] {
    problem.z.projections(of: eta).map { $0 / problem.scaleFactor }
  }

  /// Climbs until the Newton decrement is nothing; the last element is what is left, `nil` without convergence.
  private func climb(
    from start: [Double]
  ) -> (point: LocationScaleProblem.Point, iterations: Int, left: Double?) {
    var current = problem.point(start)
    guard current.logLikelihood.isFinite else { return (current, 0, nil) }
    for iteration in 1...Self.limit {
      let newton = CorrelationFactor(packed: current.observed, size: problem.q)
      guard let information = newton ?? CorrelationFactor(packed: current.expected, size: problem.q) else {
        return (current, iteration, nil)
      }
      let step = information.solve(current.gradient)
      let gain = zip(step, current.gradient).reduce(0) { $0 + $1.0 * $1.1 }
      if newton != nil, gain <= Self.tolerance * max(1, abs(current.logLikelihood)) {
        return (current, iteration, gain)
      }
      guard let next = advance(current, step: step, gain: gain) else {
        // Rounding hides what is left to gain; that is the maximum when it is tiny.
        return (current, iteration, newton != nil && gain < 1e-9 * max(1, abs(current.logLikelihood)) ? gain : nil)
      }
      current = next
    }
    return (current, Self.limit, nil)
  }

  /// The point along the step, cut to size, that gains enough (Armijo); `nil` when none does.
  private func advance(
    _ current: LocationScaleProblem.Point, step: [Double], gain: Double
  ) -> LocationScaleProblem.Point? {
    let largest = step.map { abs($0) }.max() ?? 0
    var length = problem.link == .log && largest > 3 ? 3 / largest : 1
    for _ in 0..<50 {
      let next = problem.point(zip(current.a, step).map { $0 + length * $1 })
      if next.logLikelihood >= current.logLikelihood + 1e-4 * length * gain { return next }
      length /= 2
    }
    return nil
  }

  /// Whether heterogeneity is left in every setting.
  private func isInterior(_ point: LocationScaleProblem.Point) -> Bool {
    guard problem.link == .log else { return problem.predictor(point.a).allSatisfy { $0 > 0 } }
    let eta = problem.predictor(point.a)
    return zip(eta, problem.vi).allSatisfy { $0 > log($1) + Self.floor } && eta.allSatisfy { abs($0) < 199 }
  }
}
