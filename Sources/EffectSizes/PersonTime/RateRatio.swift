extension Measure {
  /// Log incidence rate ratio.
  public static let rateRatio = personTime(
    Facts(
      code: "IRR", name: "log incidence rate ratio", scale: .log, display: .exp,
      formula: "yi = log((x1/t1)/(x2/t2)); vi = 1/x1 + 1/x2",
      assumptions: "Independent Poisson counts. Without events in a group 0.5 is added to both counts by default.",
      source:
        "Rothman, Greenland and Lash (2008), Modern Epidemiology, 14; Bagos and Nikolopoulos (2009), International "
        + "Journal of Biostatistics 5(1)")
  ) { Effect(yi: log($0.x1 / $0.t1) - log($0.x2 / $0.t2), vi: 1 / $0.x1 + 1 / $0.x2) }
}
