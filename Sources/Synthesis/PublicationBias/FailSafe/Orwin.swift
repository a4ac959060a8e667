extension FailSafe {
  /// Orwin's number, weighted: null studies of average weight that halve the common effect.
  ///
  /// N = k(μ̂ − t)/t with the target t = μ̂/2, μ̂ weighted by 1/vᵢ. Source: Orwin (1983); weighted as in McDaniel,
  /// Rothstein and Whetzel (2006).
  static let orwin = FailSafe(
    name: "orwin", title: "null studies that halve the effect", source: "Orwin (1983)"
  ) { studies throws(FitError) in
    let mean = CommonEffect(studies).mean
    guard mean != 0 else { throw .notEstimable(what: "Orwin's number", hint: "the pooled effect is 0 already") }
    let target = 0.5 * mean
    return try FailSafeResult(
      method: "orwin", count: Double(studies.count) * ((mean - target) / target), pValue: nil, target: target)
  }
}
