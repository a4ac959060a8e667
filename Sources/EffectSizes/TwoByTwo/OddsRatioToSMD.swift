extension Measure {
  /// Odds ratio turned into a standardised mean difference, normal distributions assumed.
  public static let oddsRatioToSMDNormal = twoByTwo(
    Facts(
      code: "OR2DN", name: "odds ratio turned into a standardised mean difference (normal)", scale: .identity,
      display: .none, formula: "yi = log(OR)/1.65; vi = v/1.65^2, v the variance of the log odds ratio",
      assumptions: "The outcome is cut from normal variables of equal variance.",
      source:
        "Cox and Snell (1989), Analysis of Binary Data, 1.5; Sánchez-Meca et al. (2003), Psychological Methods 8, 448")
  ) { tables, _ in tables.map { oddsRatioEffect($0).scaled(by: 1 / 1.65) } }

  /// Odds ratio turned into a standardised mean difference, logistic distributions assumed.
  public static let oddsRatioToSMDLogistic = twoByTwo(
    Facts(
      code: "OR2DL", aliases: ["OR2D"], name: "odds ratio turned into a standardised mean difference (logistic)",
      scale: .identity, display: .none,
      formula: "yi = log(OR) sqrt(3)/pi; vi = 3 v/pi^2, v the variance of the log odds ratio",
      assumptions: "The outcome is cut from logistic variables of equal variance.",
      source:
        "Hasselblad and Hedges (1995), Psychological Bulletin 117, 167; Chinn (2000), Statistics in Medicine 19, 3127")
  ) { tables, _ in tables.map { oddsRatioEffect($0).scaled(by: 3.0.squareRoot() / .pi) } }
}
