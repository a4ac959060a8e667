/// Kenward and Roger's standard error and degrees of freedom for μ under REML, with the expected information of τ².
///
/// Φ = 1/Σwᵢ, I = ½tr(PP), W = 1/I. Adjusted variance Φ + 2Φ²W(Σwᵢ³ − (Σwᵢ²)²/Σwᵢ); for one
/// coefficient and one variance the general degrees of freedom reduce to ν = 2/(W(Φ*Σwᵢ²)²) and the scale λ to 1. Here Φ* is the
/// adjusted variance, as Partlett and Riley have it; Kenward and Roger's A₁ and A₂ take the unadjusted one, for a larger ν.
/// Source: Kenward and Roger 1997, sections 2 and 3; Partlett and Riley 2017, section 2.3.
struct KenwardRoger {
  let mean, variance, degreesOfFreedom: Double

  /// From the sums at the REML estimate.
  init(problem: PoolingProblem, core: InterceptCore) {
    let s = core.atTau
    let sumW3 = problem.vi.reduce(0) { total, v in
      let w = 1 / (v + core.tau2)
      return total + w * w * w
    }
    let phi = 1 / s.sumW
    let inverseInformation = 2 / s.tracePP
    mean = s.mean
    variance = phi + 2 * phi * phi * inverseInformation * max(0, sumW3 - s.sumW2 * s.sumW2 * phi)
    degreesOfFreedom = 2 / (inverseInformation * (variance * s.sumW2) * (variance * s.sumW2))
  }

  /// The estimate.
  func estimate(level: Double) throws(FitError) -> Estimate {
    let law = try ReferenceLaw(degreesOfFreedom: degreesOfFreedom)
    return Estimate(
      value: mean, standardError: variance.squareRoot(), law: law, critical: try law.critical(level: level),
      level: level)
  }
}
