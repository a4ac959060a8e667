/// Hartung–Knapp with the floor applied only where it is needed.
///
/// The scale s² = Q(τ²)/(k − 1) stands unless the interval it gives is narrower than the normal interval with the
/// DerSimonian–Laird τ²; then it is raised to at least 1. Source: IQWiG 2022, General Methods, version 6.1, section 10.3.9.
struct HartungKnappIQWiG {
  let problem: PoolingProblem
  let base: MeanSolution

  /// The estimate.
  func estimate(level: Double) throws(FitError) -> Estimate {
    let plain = try base.wald(WaldRule(usesT: true, scales: true), level: level)
    let dl = problem.sums(at: truncatedAtZero(problem.momentEstimate(at: 0)))
    let classic = 2 * (try ReferenceLaw.normal.critical(level: level)) / dl.sumW.squareRoot()
    guard plain.interval.upper - plain.interval.lower < classic else { return plain }
    return try base.wald(WaldRule(usesT: true, scales: true, floor: 1), level: level)
  }
}
