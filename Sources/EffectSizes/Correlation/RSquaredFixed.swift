extension Measure {
  /// Coefficient of determination, predictors fixed.
  public static let rSquaredFixed = determination(
    Facts(
      code: "R2F", name: "coefficient of determination (fixed predictors)", scale: .identity, display: .none,
      formula: "yi = R2; vi = 4 R2 (1-R2)^2 (1 - R2/2)/n",
      assumptions:
        "Normal errors, predictors fixed by design, a true R2 above 0. The variance is the large-sample one of a "
        + "ratio of a noncentral to the sum of it and a central chi-square.",
      source:
        "delta method on the noncentral F distribution: Johnson, Kotz and Balakrishnan (1995), Continuous Univariate "
        + "Distributions 2, eq. 30.3")
  ) { inputs, _ in
    inputs.map { Effect(yi: $0.r2, vi: 4 * $0.r2 * square(1 - $0.r2) * (1 - 0.5 * $0.r2) / $0.n) }
  }

  /// Fisher's z of the multiple correlation, predictors fixed.
  public static let zRSquaredFixed = determination(
    Facts(
      code: "ZR2F", name: "Fisher's z of the multiple correlation (fixed predictors)", scale: .fisherZ,
      display: .tanhSquared, formula: "yi = atanh(sqrt(R2)); vi = (1 - R2/2)/n",
      assumptions: "As for R2F. The transformation does not stabilise the variance when predictors are fixed.",
      source: "delta method on R2F")
  ) { inputs, _ in inputs.map { Effect(yi: atanh($0.r2.squareRoot()), vi: (1 - 0.5 * $0.r2) / $0.n) } }
}
