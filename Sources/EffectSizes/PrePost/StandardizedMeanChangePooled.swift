extension Measure {
  /// Mean change standardised by the root mean square deviation.
  public static let standardizedMeanChangePooled = change(
    Facts(
      code: "SMCRP", name: "standardised mean change, by the pooled deviation", scale: .identity, display: .none,
      formula: "s^2 = (sd1^2+sd2^2)/2; m = 2(n-1)/(1+r^2); yi = g = J(m) (m1-m2)/s; "
        + "vi = 2(1-r)/n + g^2 (1+r^2)/(4n)",
      assumptions: "Normal outcomes of equal variance at both occasions.",
      source:
        "Cousineau (2020), The Quantitative Methods for Psychology 16, 418; Bonett (2008), Psychological Methods 13, 99"
    )
  ) { inputs, settings in
    inputs.map { input in
      let g = input.pooledChange * (settings.correct ? hedgesFactor(input.pooledDegreesOfFreedom) : 1)
      return Effect(yi: g, vi: input.homoscedasticVariance(g))
    }
  }

  /// The same with variances that may differ.
  public static let standardizedMeanChangePooledHeteroscedastic = change(
    Facts(
      code: "SMCRPH", name: "standardised mean change, by the pooled deviation, heteroscedastic", scale: .identity,
      display: .none, varianceTypes: [.LS, .LS2],
      formula: "s^2 = (sd1^2+sd2^2)/2; m = 2(n-1)/(1+r^2); yi = g = J(m) (m1-m2)/s; w = sd1^2 + sd2^2 - 2 r sd1 sd2; "
        + "LS: vi = w/(s^2 (n-1)) + g^2 (sd1^4 + sd2^4 + 2 r^2 sd1^2 sd2^2)/(8 s^4 (n-1)); LS2: with n for n-1",
      assumptions: "Normal outcomes, variances free to differ.",
      source: "Bonett (2008), Psychological Methods 13, 99, eq. 10; Cousineau (2020) (J)")
  ) { inputs, settings in
    inputs.map { input in
      let g = input.pooledChange * (settings.correct ? hedgesFactor(input.pooledDegreesOfFreedom) : 1)
      let df = settings.vtype == .LS2 ? input.n : input.n - 1
      return Effect(yi: g, vi: input.heteroscedasticVariance(g, df))
    }
  }
}

extension PairedMeans {
  /// (m₁ − m₂)/√((s₁² + s₂²)/2).
  var pooledChange: Double { difference / averageVariance.squareRoot() }

  /// Degrees of freedom of the average of two correlated variances, 2(n−1)/(1+r²).
  var pooledDegreesOfFreedom: Double { 2 * (n - 1) / (1 + r * r) }

  /// 2(1−r)/n + d²(1+r²)/(4n), for equal variances.
  func homoscedasticVariance(_ d: Double) -> Double { 2 * (1 - r) / n + d * d * (1 + r * r) / (4 * n) }

  /// The same with variances that may differ, over `df`.
  func heteroscedasticVariance(_ d: Double, _ df: Double) -> Double {
    let v1 = sd1 * sd1
    let v2 = sd2 * sd2
    let scale = averageVariance
    let shape = (v1 * v1 + v2 * v2 + 2 * r * r * v1 * v2) / (8 * scale * scale)
    return (changeVariance / scale + d * d * shape) / df
  }
}
