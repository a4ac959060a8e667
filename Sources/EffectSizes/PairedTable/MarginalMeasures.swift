extension Measure {
  /// Matched pairs marginal log risk ratio.
  public static let pairedRiskRatio = paired(
    Facts(
      code: "MPRR", name: "matched pairs marginal log risk ratio", scale: .log, display: .exp,
      formula: "yi = log((a+b)/(a+c)); vi = (b+c)/((a+b)(a+c))",
      assumptions: "Multinomial pairs. With a zero cell 0.5 is added to every cell of the row by default.",
      source: "Zou (2007), Clinical Trials 4, 25; Nam and Blackwelder (2002), Statistics in Medicine 21, 689")
  ) { t in
    let first = t.a + t.b
    let second = t.a + t.c
    return Effect(yi: log(first / second), vi: (t.b + t.c) / first / second)
  }

  /// Matched pairs marginal log odds ratio.
  public static let pairedOddsRatio = paired(
    Facts(
      code: "MPOR", name: "matched pairs marginal log odds ratio", scale: .log, display: .exp,
      formula: "p1 = (a+b)/n, p2 = (a+c)/n; yi = logit(p1) - logit(p2); vi = 1/(n p1 q1) + 1/(n p2 q2) "
        + "- 2 (a/n - p1 p2)/(n p1 q1 p2 q2)",
      assumptions: "Multinomial pairs. With a zero cell 0.5 is added to every cell of the row by default.",
      source: "Becker and Balagtas (1993), Biometrics 49, 997; Zou (2007), Clinical Trials 4, 25")
  ) { t in
    let n = t.total
    let spread1 = (t.a + t.b) * (t.c + t.d) / n
    let spread2 = (t.a + t.c) * (t.b + t.d) / n
    // a/n − p₁p₂ = (ad − bc)/n²
    let covariance = (t.a * t.d - t.b * t.c) / n
    return Effect(
      yi: log((t.a + t.b) / (t.c + t.d)) - log((t.a + t.c) / (t.b + t.d)),
      vi: 1 / spread1 + 1 / spread2 - 2 * covariance / (spread1 * spread2))
  }

  /// Matched pairs marginal risk difference.
  public static let pairedRiskDifference = paired(
    Facts(
      code: "MPRD", name: "matched pairs marginal risk difference", scale: .identity, display: .none,
      formula: "yi = (b - c)/n; vi = (b + c - (b-c)^2/n)/n^2",
      assumptions: "Multinomial pairs. With a zero cell 0.5 is added to every cell of the row by default.",
      source:
        "May and Johnson (1997), Statistics in Medicine 16, 2127; Newcombe (1998), Statistics in Medicine 17, 2635")
  ) { t in
    let n = t.total
    // b + c − (b−c)²/n = (b (n − b + c) + c (n − c + b))/n, a sum of terms ≥ 0.
    let spread = (t.b * (t.a + 2 * t.c + t.d) + t.c * (t.a + 2 * t.b + t.d)) / n
    return Effect(yi: (t.b - t.c) / n, vi: spread / (n * n))
  }
}
