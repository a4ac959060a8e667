private import NumericCore

extension ConversionRoute {
  /// From a printed difference with its standard error, interval, z or p: the difference itself, d and what follows from it.
  static let printedDifferences: [ConversionRoute] = [
    meanDifference, differenceOfMeansToStandardized, standardizedDifference, riskDifference,
  ]

  private static let precision: [ReportedWord] = [ReportedWord(.sei), .lower, .upper, .zStatistic, .pValue]
  private static let source = "Cochrane Handbook for Systematic Reviews of Interventions, 6.3 and 6.5.2.3"
  private static let normal = "without a standard error: the printed interval, z or two-sided p is a normal one"

  private static let meanDifference = ConversionRoute(
    "mean difference with its precision", [.meanDifference], optional: precision + sizes, source: source
  ) { target in
    guard target.code == "MD" else { return nil }
    return Bridge(assumptions: [
      "without a standard error: the printed interval or p is that of a t-test with n1 + n2 - 2 degrees of freedom where "
        + "the sizes are given, else a normal one"
    ]) { columns, row, settings throws(ConversionProblem) in
      let error = try standardError(of: .meanDifference, columns, row, settings)
      return Effect(yi: columns.value(.meanDifference, row), vi: square(error))
    }
  }

  /// t = MD/SE, then as from t: the pooled SD is SE/√(1/n₁ + 1/n₂).
  private static let differenceOfMeansToStandardized = ConversionRoute(
    "mean difference with its precision and group sizes", [.meanDifference] + sizes, optional: precision, source: source
  ) { target in
    guard target.code != "MD", let carrier = standardizedCarrier(of: target) else { return nil }
    return Bridge(
      carrier, for: target,
      assumptions: [
        "the standard error, interval or p is that of a t-test with pooled variance (SD = SE/sqrt(1/n1 + 1/n2))"
      ]
    ) { columns, row, settings throws(ConversionProblem) in
      let error = try standardError(of: .meanDifference, columns, row, settings)
      return [
        .ti: columns.value(.meanDifference, row) / error, .n1i: columns.value(sizes[0], row),
        .n2i: columns.value(sizes[1], row),
      ]
    }
  }

  private static let standardizedDifference = ConversionRoute(
    "standardised mean difference with its precision", [.standardizedDifference], optional: precision, source: source
  ) { target in
    Scaling.fromDifference(to: target).map { factor in
      Bridge(assumptions: [normal] + (factor == 1 ? [] : ["log OR = d pi/sqrt(3), or 1.65 d for D2ORN"])) {
        columns, row, settings throws(ConversionProblem) in
        try normalEstimate(.standardizedDifference, columns, row, settings).scaled(by: factor)
      }
    }
  }

  private static let riskDifference = ConversionRoute(
    "risk difference with its precision", [.riskDifference], optional: precision, source: source
  ) { target in
    guard target.code == "RD" else { return nil }
    return Bridge(assumptions: [normal]) { columns, row, settings throws(ConversionProblem) in
      try normalEstimate(.riskDifference, columns, row, settings)
    }
  }

  private static let sizes: [ReportedWord] = [ReportedWord(.n1i), ReportedWord(.n2i)]

  private static func normalEstimate(
    _ word: ReportedWord, _ columns: ReportedColumns, _ row: Int, _ settings: RouteSettings
  ) throws(ConversionProblem) -> Effect {
    let error = columns.value(ReportedWord(.sei), row)
    if error > 0 { return Effect(yi: columns.value(word, row), vi: square(error)) }
    let found = try WaldRoute.recover(
      PrintedEstimate(columns, row, estimate: word, scale: .identity), critical: settings.critical)
    return Effect(yi: found.yi, vi: found.vi)
  }

  /// The standard error as printed, else from interval or p with the t quantile where both sizes are given, else normal.
  private static func standardError(
    of word: ReportedWord, _ columns: ReportedColumns, _ row: Int, _ settings: RouteSettings
  ) throws(ConversionProblem) -> Double {
    let total = columns.value(sizes[0], row) + columns.value(sizes[1], row)
    let printed = PrintedEstimate(columns, row, estimate: word, scale: .identity)
    guard !(columns.value(ReportedWord(.sei), row) > 0), total > 2,
      let law = try? StudentT(degreesOfFreedom: total - 2)
    else { return try normalEstimate(word, columns, row, settings).vi.squareRoot() }
    if printed.upper > printed.lower, let t = try? law.quantile(upperTail: (1 - settings.level) / 2) {
      return (printed.upper - printed.lower) / (2 * t)
    }
    if printed.p > 0, printed.p < 1, printed.estimate != 0, let t = try? law.quantile(upperTail: printed.p / 2) {
      return abs(printed.estimate) / t
    }
    return try normalEstimate(word, columns, row, settings).vi.squareRoot()
  }
}
