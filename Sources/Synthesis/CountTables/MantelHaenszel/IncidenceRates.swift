import NumericCore

extension MantelHaenszelMeasure where Columns == PersonTimeColumns {
  /// Log incidence rate ratio: θ = log(R/S) with R = Σ x₁t₂/T and S = Σ x₂t₁/T, T = t₁ + t₂.
  ///
  /// Variance of Greenland and Robins (1985): Σ (t₁/T)(t₂/T)(x₁ + x₂) / (R S). Weights x₂t₁/T. Not estimable when R or
  /// S is zero. Rothman, Greenland and Lash (2008), eq. 15-19.
  public static let incidenceRateRatio = MantelHaenszelMeasure(code: "IRR", varianceName: "Greenland-Robins") {
    (data, complete) throws(FitError) in
    var (r, s, p) = (0.0, 0.0, 0.0)
    var weights = [Double](repeating: 0, count: data.count)
    for i in 0..<data.count where complete[i] {
      let total = data.time1[i] + data.time2[i]
      let (f1, f2) = (data.time1[i] / total, data.time2[i] / total)
      r += data.events1[i] * f2
      s += data.events2[i] * f1
      p += f1 * f2 * (data.events1[i] + data.events2[i])
      weights[i] = data.events2[i] * f1
    }
    try needPositive(r, "the Mantel-Haenszel rate ratio (no events in group 1)")
    try needPositive(s, "the Mantel-Haenszel rate ratio (no events in group 2)")
    return PooledCounts(value: log(r / s), variance: p / r / s, weights: weights)
  }

  /// Incidence rate difference: θ = Σ (x₁t₂ − x₂t₁)/T / W with W = Σ t₁t₂/T, T = t₁ + t₂.
  ///
  /// Variance of Greenland and Robins (1985): Σ (t₁t₂/T)² (x₁/t₁² + x₂/t₂²) / W². Weights t₁t₂/T. Not estimable without
  /// any event. Rothman, Greenland and Lash (2008), eq. 15-16.
  public static let incidenceRateDifference = MantelHaenszelMeasure(code: "IRD", varianceName: "Greenland-Robins") {
    (data, complete) throws(FitError) in
    var (difference, total, p) = (0.0, 0.0, 0.0)
    var weights = [Double](repeating: 0, count: data.count)
    for i in 0..<data.count where complete[i] {
      let (t1, t2) = (data.time1[i], data.time2[i])
      let (f1, f2) = (t1 / (t1 + t2), t2 / (t1 + t2))
      difference += data.events1[i] * f2 - data.events2[i] * f1
      weights[i] = t1 * f2
      total += weights[i]
      p += data.events1[i] * f2 * f2 + data.events2[i] * f1 * f1
    }
    try needPositive(p, "the Mantel-Haenszel rate difference (no events in any study)")
    return PooledCounts(value: difference / total, variance: p / total / total, weights: weights)
  }
}
