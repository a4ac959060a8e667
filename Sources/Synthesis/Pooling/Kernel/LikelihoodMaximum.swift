/// The global maximum over τ² ≥ 0 of the full or the restricted likelihood, with every local one accounted for: `ScoreScan`
/// on any problem.
struct LikelihoodMaximum {
  let problem: PoolingProblem
  let likelihood: Likelihood

  private func point(at t: Double) -> ScorePoint<Double> {
    switch likelihood {
    case .restricted: ScorePoint(problem.sums(at: t), at: t, .restricted)
    case .full: ScorePoint(problem.sums(at: t), at: t, .full)
    case .knownMean(let mu): ScorePoint(problem.sums(at: t, mean: mu), at: t, .full)
    }
  }

  /// A bound of t²A(t): the unweighted sum of squared residuals.
  private var sumOfSquares: Double {
    guard case .knownMean(let mu) = likelihood else { return problem.totalSumOfSquares }
    return problem.yi.reduce(0) { $0 + ($1 - mu) * ($1 - mu) }
  }

  /// Finds the maximum.
  func solve() -> TauSquaredSolution {
    var scan = ScoreScan(largestVariance: problem.largestVariance)
    var t: Double? = 0
    while let at = t { t = scan.next(point(at: at)) { sumOfSquares } }
    return solution(scan)
  }

  /// The highest of the maxima found.
  private func solution(_ scan: ScoreScan) -> TauSquaredSolution {
    var best = scan.first
    if scan.count > 1 {
      var height = problem.logLikelihood(at: best, likelihood)
      for candidate in scan.others {
        let other = problem.logLikelihood(at: candidate, likelihood)
        if other > height { (best, height) = (candidate, other) }
      }
    }
    var solution = TauSquaredSolution(scan)
    solution.value = best
    return solution
  }
}

extension ScorePoint<Double> {
  /// The parts of the score of the full or the restricted likelihood.
  init(_ s: ProfileSums, at t: Double, _ likelihood: Likelihood) {
    let restricted = likelihood == .restricted
    self.init(
      t: t, a: s.yPPy, b: s.yPPPy, trace: restricted ? s.traceP : s.sumW, trace2: restricted ? s.tracePP : s.sumW2)
  }
}

extension TauSquaredSolution {
  /// What a scan found, its first maximum as the value.
  init(_ scan: ScoreScan) {
    self.init(
      value: scan.first, procedure: "scan of the score, bracketed Newton", iterations: scan.evaluations,
      converged: scan.converged && scan.count > 0, residual: scan.residual, localMaxima: max(1, scan.count))
  }
}
