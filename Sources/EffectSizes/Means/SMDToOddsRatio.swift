extension Measure {
  /// Standardised mean difference turned into a log odds ratio, normal distributions assumed.
  public static let smdToOddsRatioNormal = standardized(
    Facts(
      code: "D2ORN", name: "standardised mean difference turned into a log odds ratio (normal)", scale: .log,
      display: .exp, formula: "yi = 1.65 d; vi = 1.65^2 (1/n1 + 1/n2 + d^2/(2(n1+n2))), d without Hedges' correction",
      assumptions: "Normal outcomes of equal variance in both groups.",
      source:
        "Cox and Snell (1989), Analysis of Binary Data, 1.5; Sánchez-Meca et al. (2003), Psychological Methods 8, 448")
  ) { inputs, _ in inputs.map { $0.largeSampleEffect.scaled(by: 1.65) } }

  /// Standardised mean difference turned into a log odds ratio, logistic distributions assumed.
  public static let smdToOddsRatioLogistic = standardized(
    Facts(
      code: "D2ORL", aliases: ["D2OR"], name: "standardised mean difference turned into a log odds ratio (logistic)",
      scale: .log, display: .exp,
      formula: "yi = pi d/sqrt(3); vi = (pi^2/3) (1/n1 + 1/n2 + d^2/(2(n1+n2))), d without Hedges' correction",
      assumptions: "Logistic outcomes of equal variance in both groups.",
      source:
        "Hasselblad and Hedges (1995), Psychological Bulletin 117, 167; Chinn (2000), Statistics in Medicine 19, 3127")
  ) { inputs, _ in inputs.map { $0.largeSampleEffect.scaled(by: .pi / 3.0.squareRoot()) } }
}

extension StandardizedDifference {
  /// d, uncorrected, with 1/n₁ + 1/n₂ + d²/(2(n₁+n₂)).
  var largeSampleEffect: Effect { Effect(yi: d, vi: 1 / n1 + 1 / n2 + d * d / (2 * total)) }
}
