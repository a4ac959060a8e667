extension RelativeMeasure {
  /// A ratio, whose logarithm is added on the link's scale.
  private static func ratio(
    _ code: String, _ name: String, _ method: String, _ link: RiskLink, alsoPooled: [String] = []
  ) -> RelativeMeasure {
    RelativeMeasure(
      code: code, name: name, method: method, link: link, domain: .positive, alsoPooled: alsoPooled,
      toLink: { log($0) }, fromLink: { exp($0) })
  }

  /// Odds ratio.
  public static let oddsRatio = ratio(
    "OR", "odds ratio", "odds ratio applied to the baseline odds (Cochrane Handbook 15.4.4.4)", .logOdds,
    alsoPooled: ["D2ORL", "D2ORN", "MPORM", "MPORC", "MPPETO"])

  /// Peto's odds ratio, read as an odds ratio, which it approximates when effects are not large.
  public static let petoOddsRatio = ratio(
    "PETO", "Peto odds ratio", "Peto odds ratio applied to the baseline odds (Cochrane Handbook 15.4.4.4)", .logOdds)

  /// Risk ratio; the risk stops at 1.
  public static let riskRatio = ratio(
    "RR", "risk ratio", "risk ratio applied to the baseline risk (Cochrane Handbook 15.4.4.3)", .logRisk,
    alsoPooled: ["MPRR"])

  /// Hazard ratio, with the risk of the event by a time as the baseline.
  public static let hazardRatio = ratio(
    "HR", "hazard ratio", "1 − (1 − baseline risk)^HR (Altman and Andersen 1999)", .logHazard)

  /// Incidence rate ratio; with constant rates the risk by a time follows as for hazards.
  public static let incidenceRateRatio = ratio(
    "IRR", "incidence rate ratio", "1 − (1 − baseline risk)^IRR, constant rates", .logHazard)

  /// Risk difference, the same at every baseline risk.
  public static let riskDifference = RelativeMeasure(
    code: "RD", name: "risk difference", method: "risk difference, as given", link: .identity,
    domain: .closed(-1...1), limitDomain: .real, alsoPooled: ["MPRD"], toLink: { $0 }, fromLink: { $0 })
}
