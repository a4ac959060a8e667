extension Measure {
  /// Incidence rate difference.
  public static let rateDifference = personTime(
    Facts(
      code: "IRD", name: "incidence rate difference", scale: .identity, display: .none,
      formula: "yi = x1/t1 - x2/t2; vi = x1/t1^2 + x2/t2^2",
      assumptions: "Independent Poisson counts. Without events in a group 0.5 is added to both counts by default.",
      source: "Rothman, Greenland and Lash (2008), Modern Epidemiology, 14")
  ) { Effect(yi: $0.x1 / $0.t1 - $0.x2 / $0.t2, vi: $0.x1 / square($0.t1) + $0.x2 / square($0.t2)) }

  /// Square root transformed incidence rate difference.
  public static let squareRootRateDifference = personTime(
    Facts(
      code: "IRSD", name: "square root transformed incidence rate difference", scale: .squareRoot, display: .none,
      formula: "yi = sqrt(x1/t1) - sqrt(x2/t2); vi = 1/(4 t1) + 1/(4 t2)",
      assumptions: "Independent Poisson counts; the transformation stabilises the variance, so nothing is added unless "
        + "asked for.",
      source: "Bagos and Nikolopoulos (2009), International Journal of Biostatistics 5(1)"),
    add: 0
  ) { Effect(yi: ($0.x1 / $0.t1).squareRoot() - ($0.x2 / $0.t2).squareRoot(), vi: 0.25 / $0.t1 + 0.25 / $0.t2) }
}
