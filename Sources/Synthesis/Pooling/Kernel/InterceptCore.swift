import NumericCore

/// What the kernel and the full fit share of an intercept-only model: τ², and the sums at 0 and at τ².
struct InterceptCore {
  var solution: TauSquaredSolution?
  var atZero: ProfileSums
  var atTau: ProfileSums

  /// τ², 0 for equal and fixed effects.
  var tau2: Double { solution?.value ?? 0 }
}

extension PoolingModel {
  /// Solves for τ² (where the model has one to solve for) and evaluates the sums.
  func interceptCore(_ problem: PoolingProblem) throws(FitError) -> InterceptCore {
    let atZero = problem.sums(at: 0)
    guard let solution = try tauSquaredSolution(problem) else {
      return InterceptCore(solution: nil, atZero: atZero, atTau: atZero)
    }
    return InterceptCore(
      solution: solution, atZero: atZero, atTau: solution.value == 0 ? atZero : problem.sums(at: solution.value))
  }

  /// τ² by the model's estimator or as given; `nil` for equal and fixed effects, 0 for a single study.
  func tauSquaredSolution(_ problem: PoolingProblem) throws(FitError) -> TauSquaredSolution? {
    guard let estimator = method.tauSquared else { return nil }
    if let fixedTauSquared {
      return TauSquaredSolution(value: fixedTauSquared, procedure: "given")
    }
    guard problem.k > problem.p else { return TauSquaredSolution(value: 0, procedure: "one study") }
    let solution = try estimator.estimate(problem)
    guard solution.value.isFinite, solution.converged else {
      throw .notConverged(
        what: "τ² (\(estimator.code))", convergence: Convergence(solution),
        hint: "try another estimator, such as DL, and look for variances that are wrong by orders of magnitude")
    }
    return solution
  }
}

extension Convergence {
  /// The public record of a solution.
  init(_ solution: TauSquaredSolution) {
    self.init(
      method: String(describing: solution.procedure), iterations: solution.iterations,
      converged: solution.converged, residual: solution.residual)
  }
}

extension InterceptCore {
  /// The row of results.
  func row(
    _ problem: PoolingProblem, model: PoolingModel, rule: WaldRule, law: ReferenceLaw, critical: Double
  ) -> PooledRow {
    let k = problem.k
    let single = k == 1
    let scale = single ? 1 : rule.scale(q: atTau.q, degreesOfFreedom: Double(k - 1))
    let se = (scale * (1 / atTau.sumW)).squareRoot()
    let mean = atTau.mean
    let statistic = se > 0 ? mean / se : nil
    let h = heterogeneity(problem, model: model)
    return PooledRow(
      k: k, estimate: mean, standardError: se, degreesOfFreedom: law.degreesOfFreedom, statistic: statistic,
      pValue: statistic.map { law.twoSidedP($0) }, logPValue: statistic.map { law.logTwoSidedP($0) },
      lower: mean - critical * se, upper: mean + critical * se, tauSquared: single ? nil : solution?.value,
      iSquared: single ? nil : h.iSquared, hSquared: single ? nil : h.hSquared, q: single ? nil : atZero.q,
      qPValue: single ? nil : upperTailOfChiSquared(atZero.q, degreesOfFreedom: Double(k - 1)),
      iterations: solution?.iterations ?? 0, converged: true, residual: solution?.residual ?? 0,
      localMaxima: solution?.localMaxima ?? 1)
  }

  /// I² and H² by the model's definition.
  func heterogeneity(_ problem: PoolingProblem, model: PoolingModel) -> (iSquared: Double, hSquared: Double) {
    guard model.iSquared == .tauSquared, let solution, problem.k > 1 else {
      return shareFromQ(atZero.q, degreesOfFreedom: problem.residualDegreesOfFreedom)
    }
    return shareFromTauSquared(solution.value, typicalVariance: problem.typicalVariance(atZero))
  }
}

/// I² and H² from Q: max(0, (Q − df)/Q), 0 for Q = 0, and Q/df.
@inline(__always)
func shareFromQ<V: Lanes>(_ q: V, degreesOfFreedom: Double) -> (iSquared: V, hSquared: V) {
  let df = V(repeating: degreesOfFreedom)
  return (V.zero.replacing(with: (q - df) / q, where: df .< q), q / df)
}

/// I² = τ²/(τ² + ṽ) and H² = 1 + τ²/ṽ.
@inline(__always)
func shareFromTauSquared<V: Lanes>(_ tau2: V, typicalVariance: V) -> (iSquared: V, hSquared: V) {
  (tau2 / (tau2 + typicalVariance), V(repeating: 1) + tau2 / typicalVariance)
}
