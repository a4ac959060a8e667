extension Measure {
  /// Log ratio of two correlated means.
  public static let changeRatioOfMeans = change(
    Facts(
      code: "ROMC", name: "log ratio of means of two occasions", scale: .log, display: .exp,
      varianceTypes: [.LS, .LS2],
      formula: "C = sd/m; yi = log(m1/m2) + (C1^2 - C2^2)/(2n); LS: vi = (C1^2 + C2^2 - 2 r C1 C2)/n; "
        + "LS2: adds (C1^4 + C2^4 + r^2 C1^2 C2^2 (m1^2/m2^2 + m2^2/m1^2))/(2 n^2)",
      assumptions: "Means of the same sign on a ratio scale; the bias correction is made by default.",
      source: "Lajeunesse (2011), Ecology 92, 2049; Lajeunesse (2015), Ecology 96, 2056 (correction, LS2)"),
    reason: "undefined for means of different sign, or a mean of 0", estimate: { $0.ratios($1) })

  /// Log variability ratio of two correlated measurements.
  public static let changeVariabilityRatio = change(
    Facts(
      code: "VRC", name: "log variability ratio of two occasions", scale: .log, display: .exp,
      formula: "yi = log(sd1/sd2); vi = (1-r^2)/(n-1)",
      assumptions: "Normal measurements. The bias corrections of the two logs cancel. Means are not needed.",
      source: "Nakagawa et al. (2015), Methods in Ecology and Evolution 6, 143, adjusted for the correlation"),
    unused: [.m1i, .m2i], reason: "undefined when a standard deviation is 0 or for a sample of one"
  ) { inputs, _ in inputs.map { Effect(yi: log($0.sd1 / $0.sd2), vi: (1 - $0.r) * (1 + $0.r) / ($0.n - 1)) } }

  /// Log coefficient of variation ratio of two correlated measurements.
  public static let changeCoefficientOfVariationRatio = change(
    Facts(
      code: "CVRC", name: "log coefficient of variation ratio of two occasions", scale: .log, display: .exp,
      formula: "C = sd/m; yi = log(C1/C2) - (C1^2 - C2^2)/(2n); vi = (1-r^2)/(n-1) + (C1^2 + C2^2 - 2 r C1 C2)/n",
      assumptions: "Normal measurements, means of the same sign; the bias correction is made by default.",
      source: "Nakagawa et al. (2015), Methods in Ecology and Evolution 6, 143, adjusted for the correlation"),
    reason: "undefined for means of different sign or 0, or a standard deviation of 0"
  ) { inputs, settings in
    zip(inputs, inputs.ratios(settings)).map { input, means in
      Effect(
        yi: log(input.sd1 / input.sd2) - means.yi, vi: (1 - input.r) * (1 + input.r) / (input.n - 1) + means.vi)
    }
  }
}

extension [PairedMeans] {
  /// Log ratios of the means with their variances.
  fileprivate func ratios(_ settings: Settings) -> [Effect] {
    map { input in
      let c1 = input.sd1 / input.m1
      let c2 = input.sd2 / input.m2
      let n = input.n
      let correction = settings.correct ? 0.5 * (c1 - c2) * (c1 + c2) / n : 0
      // C₁² + C₂² − 2rC₁C₂ as a sum of terms ≥ 0 (C₁ and C₂ have one sign).
      var vi = (square(c1 - c2) + 2 * (1 - input.r) * c1 * c2) / n
      if settings.vtype == .LS2 {
        let ratio = square(input.m1 / input.m2)
        let cross = square(input.r * c1 * c2) * (ratio + 1 / ratio)
        vi += 0.5 * (square(c1 * c1) + square(c2 * c2) + cross) / (n * n)
      }
      return Effect(yi: log(input.m1 / input.m2) + correction, vi: vi)
    }
  }
}
