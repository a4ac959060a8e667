extension Measure {
  /// Coefficient of determination, predictors fixed.
  public static let rSquaredFixed = determination(
    Facts(
      code: "R2F", name: "coefficient of determination (fixed predictors)", scale: .identity, display: .none,
      formula: "yi = R2; vi = 4 R2 (1-R2)^2 (1 - R2/2)/n",
      assumptions: "Normal errors, predictors fixed.",
      source: "")
  ) { inputs, _ in inputs.map(fixedEffect) }

  /// Fisher's z of the multiple correlation, predictors fixed.
  public static let zRSquaredFixed = determination(
    Facts(
      code: "ZR2F", name: "Fisher's z of the multiple correlation (fixed predictors)", scale: .fisherZ,
      display: .tanhSquared, formula: "yi = atanh(sqrt(R2)); vi = v/(1 - R2^2)^2, v as for R2F",
      assumptions: "As for R2F.", source: "")
  ) { inputs, _ in
    inputs.map { input in
      Effect(yi: atanh(input.r2.squareRoot()), vi: fixedEffect(input).vi / square((1 - input.r2) * (1 + input.r2)))
    }
  }
}

private func fixedEffect(_ input: Determination) -> Effect {
  Effect(yi: input.r2, vi: 4 * input.r2 * square(1 - input.r2) * (1 - 0.5 * input.r2) / input.n)
}
