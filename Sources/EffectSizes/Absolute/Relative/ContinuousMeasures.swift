import NumericCore

extension RelativeMeasure {
  /// Standardised mean difference, by the response of the control group. A positive value means more of the event.
  public static let standardizedMeanDifference = RelativeMeasure(
    code: "SMD", name: "standardised mean difference", method: "Φ(SMD + Φ⁻¹(baseline risk)) (Furukawa and Leucht 2011)",
    link: .probit, domain: .real, alsoPooled: ["SMDH", "SMD1", "SMD1H", "OR2DL", "OR2DN", "PBIT"], toLink: { $0 },
    fromLink: { $0 })

  /// Standardised mean difference by way of the odds ratio, log OR = d π/√3, which is exact for logistic outcomes.
  /// Source: Hasselblad and Hedges (1995), Psychol Bull 117:167.
  public static let standardizedMeanDifferenceByOdds = RelativeMeasure(
    code: "SMD:hasselblad-hedges", name: "standardised mean difference",
    method: "log OR = SMD π/√3, applied to the baseline odds (Hasselblad and Hedges 1995)", link: .logOdds,
    domain: .real, toLink: { $0 * logisticPerNormal }, fromLink: { $0 / logisticPerNormal })

  /// Standardised mean difference without a baseline risk.
  public static let standardizedMeanDifferenceBySuperiority = RelativeMeasure(
    code: "SMD:kraemer-kupfer", name: "standardised mean difference",
    method: "success-rate difference 2Φ(SMD/√2) − 1 (Kraemer and Kupfer 2006)", link: .superiority,
    domain: .real, toLink: { $0 }, fromLink: { $0 })

  /// Mean difference in units of the scale, divided by the standard deviation of people.
  ///
  /// With outcomes normal around the two means, the share of people beyond any fixed value (a minimal important
  /// difference, say) moves as `standardizedMeanDifference` says; the value itself sets the baseline risk.
  /// Source: Thorlund, Walter, Johnston, Furukawa and Guyatt (2011), Res Synth Methods 2:188.
  /// - Throws: `notPositive` unless the standard deviation is positive and finite.
  public static func meanDifference(standardDeviation: Double) throws(AbsoluteEffectError) -> RelativeMeasure {
    guard standardDeviation > 0, standardDeviation.isFinite else {
      throw .notPositive(what: "the standard deviation of the mean difference", value: standardDeviation)
    }
    return RelativeMeasure(
      code: "MD", name: "mean difference", method: "Φ(MD/SD + Φ⁻¹(baseline risk)) (Furukawa and Leucht 2011)",
      link: .probit, domain: .real, toLink: { $0 / standardDeviation },
      fromLink: { $0 * standardDeviation })
  }

  /// Correlation of treatment and outcome in arms of equal size, d = 2r/√(1 − r²).
  /// Source: Borenstein, Hedges, Higgins and Rothstein (2009), equation 7.5.
  public static let correlation = RelativeMeasure(
    code: "COR", name: "correlation", method: "d = 2r/√(1 − r²), then Φ(d + Φ⁻¹(baseline risk))", link: .probit,
    domain: .open(-1, 1), alsoPooled: ["ZCOR", "UCOR", "RPB", "ZPB", "PHI", "ZPHI"],
    toLink: { 2 * $0 / ((1 - $0) * (1 + $0)).squareRoot() },
    fromLink: { $0 / ($0 * $0 + 4).squareRoot() })

  /// Area under the curve, the chance that a treated person has the higher value; d = √2 Φ⁻¹(AUC).
  public static let areaUnderCurve = RelativeMeasure(
    code: "AUC", name: "area under the curve", method: "d = √2 Φ⁻¹(AUC), then Φ(d + Φ⁻¹(baseline risk))",
    link: .probit, domain: .open(0, 1), alsoPooled: ["CLES", "CLESN", "CLESCN"], toLink: { superiorityToShift($0) },
    fromLink: { Normal.cdf($0 / 2.0.squareRoot()) })

  /// Area under the curve without a baseline risk: the success-rate difference 2 AUC − 1.
  public static let areaUnderCurveBySuperiority = RelativeMeasure(
    code: "AUC:kraemer-kupfer", name: "area under the curve",
    method: "success-rate difference 2 AUC − 1 (Kraemer and Kupfer 2006)", link: .superiority, domain: .open(0, 1),
    toLink: { superiorityToShift($0) }, fromLink: { Normal.cdf($0 / 2.0.squareRoot()) })

  /// π/√3, the standard deviation of the standard logistic distribution.
  private static let logisticPerNormal = Double.pi / 3.0.squareRoot()

  private static func superiorityToShift(_ auc: Double) -> Double {
    2.0.squareRoot() * ((try? Normal.quantile(auc)) ?? .nan)
  }
}
