extension BaselineCarrying {
  /// The delta method: f ± z √((∂f/∂η)² var(η) + (∂f/∂p₀)² var(p₀)), symmetric on the scale of the risk difference.
  ///
  /// The variance of η is what the effect's interval implies. Good when both intervals are short; kept beside MOVER for
  /// comparison. Held within −1…1. Source: Cramér (1946), Mathematical Methods of Statistics, 27.7.
  public static let delta = BaselineCarrying(code: "delta", name: "delta method") {
    effect, baseline, _ throws(AbsoluteEffectError) in
    let z = try TwoSided.quantile(effect.level)
    let slopes = effect.measure.link.slopes(baseline.value, effect.eta)
    let value = effect.difference(at: baseline.value, eta: effect.eta)
    let byEffect = slopes.effect * effect.standardError(z: z)
    let half = z * (byEffect * byEffect + slopes.baseline * slopes.baseline * (try baseline.variance())).squareRoot()
    return CarriedLimits(limits: ConfidenceLimits(lower: value - half, upper: value + half).clamped(to: -1...1))
  }
}
