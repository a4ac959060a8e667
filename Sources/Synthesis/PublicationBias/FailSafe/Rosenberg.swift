import NumericCore

extension FailSafe {
  /// Rosenberg's number: null studies of average weight that bring the common-effect test to a two-sided p of 0.05.
  ///
  /// N = k((z/z₀.₉₇₅)² − 1), z = Σwᵢyᵢ/√Σwᵢ, wᵢ = 1/vᵢ. Source: Rosenberg (2005), equation 12.
  static let rosenberg = FailSafe(
    name: "rosenberg", title: "null studies of average weight until the common-effect test gives p = 0.05",
    source: "Rosenberg (2005)"
  ) { studies throws(FitError) in
    let z = CommonEffect(studies).z
    let ratio = z / (try ReferenceLaw.normal.critical(level: 1 - alpha))
    return try FailSafeResult(
      method: "rosenberg", count: Double(studies.count) * (ratio * ratio - 1), pValue: Normal.twoSidedP(z))
  }
}
