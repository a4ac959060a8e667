import NumericCore

extension BaselineCarrying {
  /// Variance estimates recovery: the distances that the effect's limits and the baseline's limits make, squared and added.
  ///
  /// With f(p₀, η) the risk difference, lower = f − √((f − f(p̂₀, η limits)⁻)² + (f − min f(p₀, η̂))²), the minimum being over
  /// the baseline's interval, and the upper limit likewise; f need not be monotone in p₀ and for odds it is not. Held
  /// within −1…1. Sources: Zou and Donner (2008), Stat Med 27:1693; Newcombe and Bender (2014), Evid Based Med 19:6.
  public static let mover = BaselineCarrying(
    code: "mover", name: "MOVER (Zou and Donner 2008; Newcombe and Bender 2014)"
  ) { effect, baseline, _ throws(AbsoluteEffectError) in
    let value = effect.difference(at: baseline.value, eta: effect.eta)
    let byEffect = effect.fixedLimits(at: baseline.value)
    let byBaseline = effect.extremes(over: baseline.limits)
    return CarriedLimits(
      limits: ConfidenceLimits(
        lower: value - SquareAndAdd.norm(value - byEffect.lower, value - min(value, byBaseline.lower)),
        upper: value + SquareAndAdd.norm(byEffect.upper - value, max(value, byBaseline.upper) - value)
      ).clamped(to: -1...1))
  }
}

extension RelativeEffect {
  /// The smallest and the largest risk difference over a range of baseline risks.
  ///
  /// For every link |f| has at most one peak in p₀ and f keeps one sign, so the ends and that peak are enough.
  func extremes(over baseline: ConfidenceLimits) -> ConfidenceLimits {
    let ends = ConfidenceLimits(
      ends: difference(at: baseline.lower, eta: eta), difference(at: baseline.upper, eta: eta))
    let sign: Double = eta < 0 ? -1 : 1
    let inside = try? Minimizer.minimum(in: Bracket(baseline.lower, baseline.upper)) {
      -sign * difference(at: $0, eta: eta)
    }
    let peak = inside.map { -sign * $0.minimum } ?? ends.lower
    return ConfidenceLimits(lower: min(ends.lower, peak), upper: max(ends.upper, peak))
  }
}
