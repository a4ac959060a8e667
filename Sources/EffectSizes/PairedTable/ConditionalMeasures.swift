extension Measure {
  /// Matched pairs conditional log odds ratio.
  public static let conditionalOddsRatio = paired(
    Facts(
      code: "MPORC", name: "matched pairs conditional log odds ratio", scale: .log, display: .exp,
      formula: "yi = log(b/c); vi = 1/b + 1/c",
      assumptions: "Only discordant pairs inform. With a zero cell 0.5 is added to every cell of the row by default.",
      source: "Curtin, Elbourne and Altman (2002), Statistics in Medicine 21, 2145; Zou (2007), Clinical Trials 4, 25")
  ) { t in Effect(yi: log(t.b / t.c), vi: 1 / t.b + 1 / t.c) }

  /// Matched pairs conditional log odds ratio by Peto's method.
  public static let conditionalPeto = paired(
    Facts(
      code: "MPPETO", name: "matched pairs conditional log odds ratio estimated with Peto's method", scale: .log,
      display: .exp, formula: "yi = 2 (b - c)/(b + c); vi = 4/(b + c)",
      assumptions: "Observed less expected b - (b+c)/2 over its variance (b+c)/4; effect not far from none.",
      source: "Curtin, Elbourne and Altman (2002), Statistics in Medicine 21, 2145")
  ) { t in Effect(yi: 2 * (t.b - t.c) / (t.b + t.c), vi: 4 / (t.b + t.c)) }
}
