extension Measure {
  /// Semi-partial correlation.
  public static let semipartialCorrelation = regression(
    Facts(
      code: "SPCOR", name: "semi-partial correlation", scale: .identity, display: .none, varianceTypes: [.LS, .AV],
      formula: "yi = r = t sqrt(1-R2)/sqrt(n-m-1), R2 of the model; R0 = R2 - r^2; "
        + "LS: vi = (R2^2 - 2 R2 + R0 + 1 - R0^2)/n; AV: with the size-weighted mean of r in R0",
      assumptions:
        "Multivariate normal sample; m predictors, the focal one counted; t the test of its coefficient. r or a "
        + "signed p may be given instead.",
      source: "Aloe and Becker (2012), Journal of Educational and Behavioral Statistics 37, 278, eq. 6"),
    semipartial: true, estimate: semipartialEffects)

  /// Fisher's z of a semi-partial correlation.
  public static let zSemipartialCorrelation = regression(
    Facts(
      code: "ZSPCOR", name: "Fisher's z of a semi-partial correlation", scale: .fisherZ, display: .tanh,
      varianceTypes: [.LS, .AV], formula: "yi = atanh(r); vi = v/(1 - r^2)^2, r and v (LS, AV) as for SPCOR",
      assumptions: "As for SPCOR. The transformation does not stabilise the variance of this measure.",
      source: "delta method on SPCOR"),
    semipartial: true
  ) { semipartialEffects($0, $1).map(\.fisherZ) }
}

private func semipartialEffects(_ inputs: [RegressionCoefficient], _ settings: Settings) -> [Effect] {
  let average = weightedAverage(inputs, of: \.r, by: \.n)
  return inputs.map { input in
    let r = settings.vtype == .AV ? average : input.r
    let full = input.rSquared
    let without = full - r * r
    // R² ² − 2R² + 1 + R₀(1 − R₀)
    return Effect(yi: input.r, vi: (square(1 - full) + without * (1 - without)) / input.n)
  }
}
