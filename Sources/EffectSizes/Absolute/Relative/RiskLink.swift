import NumericCore

/// How an effect moves a risk: the scale on which it is added, g(p₁) = g(p₀) + η.
///
/// Each link gives the difference p₁ − p₀ by a formula of its own, because subtracting the risks would lose the digits
/// of small effects.
public struct RiskLink: Sendable {
  /// The scale in words, such as `log odds`.
  public let name: String
  /// Whether the effect means the same whatever the baseline risk, so that none is needed.
  public let ignoresBaseline: Bool
  /// p₁ before it is kept within 0…1, from the baseline risk and η.
  let risk: @Sendable (_ baseline: Double, _ eta: Double) -> Double
  /// p₁ − p₀.
  let difference: @Sendable (_ baseline: Double, _ eta: Double) -> Double
  /// ∂(p₁ − p₀)/∂η and ∂(p₁ − p₀)/∂p₀.
  let slopes: @Sendable (_ baseline: Double, _ eta: Double) -> Slopes
  /// η from two risks.
  let effect: @Sendable (_ baseline: Double, _ experimental: Double) -> Double

  /// How fast the risk difference changes with the effect and with the baseline risk.
  struct Slopes: Sendable {
    let effect, baseline: Double
  }
}

extension RiskLink {
  /// Odds multiplied: p₁ = p₀ψ/(1 − p₀ + p₀ψ), ψ = e^η, and p₁ − p₀ = p₀(1 − p₀)(ψ − 1)/(1 − p₀ + p₀ψ).
  /// Source: Cochrane Handbook (version 6), 15.4.4.4.
  public static let logOdds = RiskLink(
    name: "log odds", ignoresBaseline: false,
    risk: { p, eta in p * exp(eta) / (1 - p + p * exp(eta)) },
    difference: { p, eta in p * (1 - p) * expm1(eta) / (1 + p * expm1(eta)) },
    slopes: { p, eta in
      let scale = 1 + p * expm1(eta)
      let psi = exp(eta)
      return Slopes(effect: p * (1 - p) * psi / (scale * scale), baseline: psi / (scale * scale) - 1)
    },
    effect: { p0, p1 in log(p1) - log1p(-p1) - log(p0) + log1p(-p0) })

  /// Risks multiplied: p₁ = p₀φ, φ = e^η. Source: Cochrane Handbook (version 6), 15.4.4.3.
  public static let logRisk = RiskLink(
    name: "log risk", ignoresBaseline: false,
    risk: { p, eta in p * exp(eta) },
    difference: { p, eta in p * expm1(eta) },
    slopes: { p, eta in Slopes(effect: p * exp(eta), baseline: expm1(eta)) },
    effect: { p0, p1 in log(p1) - log(p0) })

  /// Risks added: p₁ = p₀ + η; the difference is the same at every baseline risk.
  public static let identity = RiskLink(
    name: "risk", ignoresBaseline: true,
    risk: { p, eta in p + eta },
    difference: { _, eta in eta },
    slopes: { _, _ in Slopes(effect: 1, baseline: 0) },
    effect: { p0, p1 in p1 - p0 })

  /// Hazards multiplied: p₁ = 1 − (1 − p₀)^θ, θ = e^η, under proportional hazards up to the time of the baseline risk.
  ///
  /// p₁ − p₀ = −(1 − p₀) expm1((θ − 1) log(1 − p₀)). Source: Altman and Andersen (1999), BMJ 319:1492.
  public static let logHazard = RiskLink(
    name: "log hazard", ignoresBaseline: false,
    risk: { p, eta in p == 1 ? 1 : -expm1(exp(eta) * log1p(-p)) },
    difference: { p, eta in p == 1 ? 0 : -(1 - p) * expm1(expm1(eta) * log1p(-p)) },
    slopes: { p, eta in
      if p == 1 { return Slopes(effect: 0, baseline: 0) }
      let theta = exp(eta)
      let logSurvival = log1p(-p)
      return Slopes(
        effect: -theta * logSurvival * exp(theta * logSurvival),
        baseline: theta * exp((theta - 1) * logSurvival) - 1)
    },
    effect: { p0, p1 in log(log1p(-p1) / log1p(-p0)) })

  /// A normal outcome shifted by η standard deviations past a fixed threshold: p₁ = Φ(Φ⁻¹(p₀) + η).
  ///
  /// A positive η moves more people to the event. The difference is taken in the tail where it cancels least.
  /// Source: Furukawa (1999), Lancet 353:1680; Furukawa and Leucht (2011), PLoS ONE 6:e19070.
  public static let probit = RiskLink(
    name: "probit", ignoresBaseline: false,
    risk: { p, eta in Normal.cdf(probitOf(p) + eta) },
    difference: { p, eta in
      let z = probitOf(p)
      if z.isInfinite { return 0 }
      let middle = z + eta / 2
      // Φ(z + η) − Φ(z) = η φ(m)(1 + η²(m² − 1)/24 + …) about the middle m: the next term is below 1e-13 here.
      if abs(eta) < 1e-3 { return eta * Normal.density(middle) * (1 + eta * eta * (middle * middle - 1) / 24) }
      return middle < 0
        ? Normal.cdf(z + eta) - Normal.cdf(z) : Normal.upperTail(z) - Normal.upperTail(z + eta)
    },
    slopes: { p, eta in
      let z = probitOf(p)
      if z.isInfinite { return Slopes(effect: 0, baseline: 0) }
      return Slopes(
        effect: Normal.density(z + eta), baseline: exp(Normal.logDensity(z + eta) - Normal.logDensity(z)) - 1)
    },
    effect: { p0, p1 in probitOf(p1) - probitOf(p0) })

  /// The success-rate difference of two normal outcomes η standard deviations apart: 2Φ(η/√2) − 1.
  ///
  /// The chance that a treated person does better than a control, less the chance of the reverse; no baseline risk is
  /// part of it. Source: Kraemer and Kupfer (2006), Biol Psychiatry 59:990.
  public static let superiority = RiskLink(
    name: "probability of superiority", ignoresBaseline: true,
    risk: { _, _ in .nan },
    difference: { _, eta in erf(eta / 2) },
    slopes: { _, eta in Slopes(effect: exp(-eta * eta / 4) / Double.pi.squareRoot(), baseline: 0) },
    effect: { _, _ in .nan })

  private static func probitOf(_ p: Double) -> Double { (try? Normal.quantile(p)) ?? .nan }
}
