extension WaldRoute {
  /// From both limits: v = ((u − l)/(2 z))², z the normal quantile of the interval's level.
  ///
  /// Only the width counts: an estimate off the middle does not change it. Source: Cochrane Handbook, 6.3.1.
  static let interval = WaldRoute(
    name: "confidence interval", words: [.lower, .upper], formula: "vi = ((ci_upper - ci_lower)/(2 z))^2",
    assumption: "the interval is a normal one of the level given, symmetric on the analysis scale",
    source: "Cochrane Handbook for Systematic Reviews of Interventions, 6.3.1"
  ) { printed, z in square((printed.upper - printed.lower) / (2 * z)) }

  /// From the upper limit alone: v = ((u − y)/z)².
  static let upperLimit = WaldRoute(
    name: "upper confidence limit", words: [.upper], formula: "vi = ((ci_upper - yi)/z)^2",
    assumption: "the interval is a normal one of the level given, symmetric on the analysis scale",
    source: "Cochrane Handbook for Systematic Reviews of Interventions, 6.3.1"
  ) { printed, z in oneSided(printed.upper - printed.estimate, other: printed.lower, z) }

  /// From the lower limit alone: v = ((y − l)/z)².
  static let lowerLimit = WaldRoute(
    name: "lower confidence limit", words: [.lower], formula: "vi = ((yi - ci_lower)/z)^2",
    assumption: "the interval is a normal one of the level given, symmetric on the analysis scale",
    source: "Cochrane Handbook for Systematic Reviews of Interventions, 6.3.1"
  ) { printed, z in oneSided(printed.estimate - printed.lower, other: printed.upper, z) }
}

/// (distance/z)² when the other limit is not printed; 0, which is no variance, for a limit on the wrong side.
private func oneSided(_ distance: Double, other limit: Double, _ z: Double) -> Double {
  guard limit.isNaN else { return .nan }
  return distance < 0 ? 0 : square(distance / z)
}
