extension Measure {
  /// Raw mean change.
  public static let meanChange = change(
    Facts(
      code: "MC", name: "raw mean change", scale: .identity, display: .none,
      formula: "yi = m1 - m2; vi = (sd1^2 + sd2^2 - 2 r sd1 sd2)/n",
      assumptions:
        "One group measured twice, or matched pairs; r the correlation of the two measurements. When only the "
        + "deviation of the change is known, give it as sd1 with sd2 = 0 and r = 0.",
      source:
        "Morris (2000), British Journal of Mathematical and Statistical Psychology 53, 17; Borenstein (2009), Handbook "
        + "of Research Synthesis, 12.3")
  ) { inputs, _ in inputs.map { Effect(yi: $0.difference, vi: $0.changeVariance / $0.n) } }
}
