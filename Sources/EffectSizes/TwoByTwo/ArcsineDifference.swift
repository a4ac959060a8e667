extension Measure {
  /// Arcsine square root transformed risk difference.
  public static let arcsineDifference = twoByTwo(
    Facts(
      code: "AS", name: "arcsine square root transformed risk difference", scale: .arcsine, display: .none,
      formula: "yi = asin(sqrt(a/n1)) - asin(sqrt(c/n2)); vi = 1/(4 n1) + 1/(4 n2)",
      assumptions:
        "Independent binomial counts; the transformation stabilises the variance, so nothing is added to zero "
        + "cells unless asked for. Twice the value is Cohen's h. A difference of arcsines has no scale to go back to.",
      source: "Rücker, Schwarzer, Carpenter and Olkin (2009), Statistics in Medicine 28, 721"),
    add: 0
  ) { tables, _ in
    tables.map { table in
      Effect(
        yi: asin((table.a / table.n1).squareRoot()) - asin((table.c / table.n2).squareRoot()),
        vi: 0.25 / table.n1 + 0.25 / table.n2)
    }
  }
}
