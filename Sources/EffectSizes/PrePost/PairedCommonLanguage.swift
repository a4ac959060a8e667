extension Measure {
  /// Common language effect size of two correlated normal measurements.
  public static let pairedCommonLanguage = change(
    Facts(
      code: "CLESCN", aliases: ["AUCCN"], name: "common language effect size of paired normal measurements",
      scale: .identity, display: .none, varianceTypes: [.LS, .HO],
      formula:
        "d = (m1-m2)/s, s^2 = (sd1^2+sd2^2)/2; yi = Phi(d/sqrt(2)); vi = f(d/sqrt(2))^2 v/2, f the normal density; "
        + "LS: v as for SMCRPH with d for g; HO: v = 2(1-r)/n + d^2 (1+r^2)/(4n)",
      assumptions:
        "Normal measurements. The probability is that a value drawn at occasion 1 exceeds one drawn at occasion 2.",
      source:
        "McGraw and Wong (1992), Psychological Bulletin 111, 361; Bonett (2008), Psychological Methods 13, 99; delta "
        + "method")
  ) { inputs, settings in
    inputs.map { input in
      let d = input.pooledChange
      let v =
        settings.vtype == .HO ? input.homoscedasticVariance(d) : input.heteroscedasticVariance(d, input.n - 1)
      return commonLanguageEffect(Effect(yi: d, vi: v))
    }
  }
}
