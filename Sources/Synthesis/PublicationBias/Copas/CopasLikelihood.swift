import NumericCore

/// The log-likelihood of Copas's selection model at given γ₀ and γ₁, in (μ, ρ, τ², β).
///
/// A study with standard error sᵢ is seen when γ₀ + γ₁/sᵢ + δᵢ > 0, δᵢ ~ N(0, 1), its error having correlation ρ with δᵢ. With
/// uᵢ = γ₀ + γ₁/sᵢ, λ = φ/Φ, σᵢ² = sᵢ²/(1 − ρ²λ(uᵢ)(uᵢ + λ(uᵢ))) (sᵢ is the error of the studies that are seen),
/// ρ̃ᵢ = ρσᵢ/√(τ² + σᵢ²) and vᵢ = (uᵢ + ρ̃ᵢ(yᵢ − μ − βsᵢ)/√(τ² + σᵢ²))/√(1 − ρ̃ᵢ²),
/// ℓ = Σ −½log(τ² + σᵢ²) − ½(yᵢ − μ − βsᵢ)²/(τ² + σᵢ²) − log Φ(uᵢ) + log Φ(vᵢ).
/// β is 0 but for the test of what selection leaves unexplained. Source: Copas and Shi (2000), Biostatistics 1, 247, and
/// (2001), Statistical Methods in Medical Research 10, 251; formulas quoted from memory.
struct CopasLikelihood {
  private let yi, sei: [Double]
  private let u, spread: [Double]
  private let constant: Double

  /// The likelihood of some studies at a degree of selection.
  init(yi: [Double], sei: [Double], gamma0: Double, gamma1: Double) {
    self.yi = yi
    self.sei = sei
    u = sei.map { gamma0 + gamma1 / $0 }
    let logs = u.map { Normal.logCDF($0) }
    spread = zip(u, logs).map { u, logP in
      let ratio = exp(Normal.logDensity(u) - logP)
      return ratio * (u + ratio)
    }
    constant = -logs.reduce(0, +)
  }

  /// Value, gradient and Hessian.
  func evaluate(_ x: [Double]) -> SelectionTally {
    let variables = (0..<4).map { $0 < x.count ? Jet(x[$0], variable: $0) : Jet(0) }
    let (mu, rho, tau2, beta) = (variables[0], variables[1], variables[2], variables[3])
    let rhoSquared = rho * rho
    var sum = Jet(constant)
    for i in yi.indices {
      let sigma2 = sei[i] * sei[i] * (Jet(1) - spread[i] * rhoSquared).reciprocal
      let total = tau2 + sigma2
      let inverse = total.reciprocal
      let residual = Jet(yi[i]) - mu - sei[i] * beta
      let fraction = sigma2 * inverse
      let slope = rho * (fraction * inverse).squareRoot
      let v = (Jet(u[i]) + slope * residual) * (Jet(1) - rhoSquared * fraction).reciprocal.squareRoot
      sum = sum + -0.5 * total.logarithm + -0.5 * (residual * residual * inverse) + v.logNormalCDF
    }
    return tally(sum, x.count)
  }

  private func tally(_ sum: Jet, _ n: Int) -> SelectionTally {
    var tally = SelectionTally(parameters: n - 2)
    tally.value = sum.value
    let rows = [sum.row0, sum.row1, sum.row2, sum.row3]
    for i in 0..<n {
      tally.gradient[i] = sum.gradient[i]
      for j in 0..<n { tally.hessian[i, j] = rows[i][j] }
    }
    return tally
  }
}
