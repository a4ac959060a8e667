extension Measure {
  /// Mean change standardised by the first deviation.
  public static let standardizedMeanChangeRaw = change(
    Facts(
      code: "SMCR", name: "standardised mean change, by the deviation at the first occasion", scale: .identity,
      display: .none, varianceTypes: [.LS, .LS2, .UB, .AV],
      formula: "d = (m1-m2)/sd1; yi = g = J(n-1) d; LS: vi = 2(1-r)/n + g^2/(2n); LS2: vi = J^2 (2(1-r)/n + d^2/(2n)); "
        + "UB: vi = 2(1-R)/n + (1 - (n-3)/((n-1) J^2)) g^2, R the unbiased estimate of r; AV: LS with the size-weighted "
        + "mean of g",
      assumptions: "Normal outcomes of equal variance at both occasions; sd2 is not needed.",
      source:
        "Becker (1988), British Journal of Mathematical and Statistical Psychology 41, 257; Morris (2000), British "
        + "Journal of Mathematical and Statistical Psychology 53, 17; Olkin and Pratt (1958) (R)"),
    unused: [.sd2i]
  ) { inputs, settings in
    Standardized.effects(
      inputs.map { input in
        var common = Standardized(
          d: input.difference / input.sd1, degreesOfFreedom: input.n - 1, base: 2 * (1 - input.r) / input.n,
          curvature: 1 / (2 * input.n), size: input.n)
        common.unbiasedBase = 2 * (1 - OlkinPratt(input.r, input.n).correlation) / input.n
        return common
      }, settings)
  }

  /// The same with variances that may differ.
  public static let standardizedMeanChangeRawHeteroscedastic = change(
    Facts(
      code: "SMCRH", name: "standardised mean change, by the deviation at the first occasion, heteroscedastic",
      scale: .identity, display: .none, varianceTypes: [.LS, .LS2],
      formula: "yi = g = J(n-1) (m1-m2)/sd1; w = sd1^2 + sd2^2 - 2 r sd1 sd2; "
        + "LS: vi = w/(sd1^2 (n-1)) + g^2/(2(n-1)); LS2: with n for n-1",
      assumptions: "Normal outcomes, variances free to differ.",
      source: "Bonett (2008), Psychological Methods 13, 99, eq. 13")
  ) { inputs, settings in
    inputs.map { input in
      let factor = settings.correct ? hedgesFactor(input.n - 1) : 1
      let g = factor * input.difference / input.sd1
      let df = settings.vtype == .LS2 ? input.n : input.n - 1
      return Effect(yi: g, vi: input.changeVariance / (input.sd1 * input.sd1 * df) + g * g / (2 * df))
    }
  }
}
