import NumericCore

/// What an inference of the Wald family does to the model-based covariance and which law it uses.
struct WaldRule: Sendable {
  /// Whether t with k − p df stands in for the normal.
  var usesT: Bool
  /// Whether the covariance is scaled by s² = Q(τ²)/(k − p).
  var scales: Bool
  /// The least scale.
  var floor = 0.0
}

extension Inference {
  /// The rule, for the members of the Wald family that need nothing else.
  var waldRule: WaldRule? {
    switch self {
    case .normal: WaldRule(usesT: false, scales: false)
    case .t: WaldRule(usesT: true, scales: false)
    case .hartungKnapp: WaldRule(usesT: true, scales: true)
    case .hartungKnappAdHoc: WaldRule(usesT: true, scales: true, floor: 1)
    case .hartungKnappIQWiG, .kenwardRoger, .henmiCopas, .profileLikelihood, .profileLikelihoodBartlett: nil
    }
  }
}

extension WaldRule {
  /// The factor on the model-based variances: max(floor, Q(τ²)/(k − p)) or 1.
  @inline(__always)
  func scale<V: Lanes>(q: V, degreesOfFreedom: Double) -> V {
    scales ? .larger(V(repeating: floor), q / V(repeating: degreesOfFreedom)) : V(repeating: 1)
  }
}
