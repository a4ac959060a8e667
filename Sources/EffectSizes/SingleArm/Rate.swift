/// Events and person-time of one group.
struct Rate: Sendable {
  let x: Double
  let t: Double
}

extension Measure {
  /// A measure of one group's events and person-time.
  static func rate(
    _ facts: Facts, add: Double = 0.5, estimate: @escaping @Sendable (Rate) -> Effect
  ) -> Measure {
    Measure(facts, family: .rate, forms: [InputForm([.xi, .ti])], add: add) { columns, settings in
      let xi = RoleColumn(.xi, of: columns)
      let ti = RoleColumn(.ti, of: columns)
      var rows = UsableRows<Rate>(count: columns.count) { row throws(RowProblem.Kind) in
        try requireValues(row, [xi, ti])
        return Rate(x: try xi.nonNegative(row, "a count"), t: try ti.positive(row, "a person-time"))
      }
      rows.correct(settings, needs: { $0.x == 0 }) { Rate(x: $0.x + $1, t: $0.t) }
      return rows.columns(rows.inputs.map(estimate), sizes: \.t) { _ in
        "undefined without events; a continuity correction makes it estimable"
      }
    }
  }

  /// Incidence rate.
  public static let rawRate = rate(
    Facts(
      code: "IR", name: "incidence rate", scale: .identity, display: .none, formula: "yi = x/t; vi = x/t^2",
      assumptions: "Poisson counts (or observed over expected events). Without events 0.5 is added by default.",
      source: "Rothman, Greenland and Lash (2008), Modern Epidemiology, 14")
  ) { Effect(yi: $0.x / $0.t, vi: $0.x / square($0.t)) }

  /// Log incidence rate.
  public static let logRate = rate(
    Facts(
      code: "IRLN", name: "log incidence rate", scale: .log, display: .exp, formula: "yi = log(x/t); vi = 1/x",
      assumptions: "Poisson counts (or observed over expected events). Without events 0.5 is added by default.",
      source: "Rothman, Greenland and Lash (2008), Modern Epidemiology, 14")
  ) { Effect(yi: log($0.x / $0.t), vi: 1 / $0.x) }

  /// Square root of an incidence rate.
  public static let squareRootRate = rate(
    Facts(
      code: "IRS", name: "square root transformed incidence rate", scale: .squareRoot, display: .square,
      formula: "yi = sqrt(x/t); vi = 1/(4t)",
      assumptions: "Poisson counts; the transformation stabilises the variance, so nothing is added unless asked for.",
      source: "Bagos and Nikolopoulos (2009), International Journal of Biostatistics 5(1)"),
    add: 0
  ) { Effect(yi: ($0.x / $0.t).squareRoot(), vi: 0.25 / $0.t) }

  /// Freeman–Tukey transformed incidence rate.
  public static let freemanTukeyRate = rate(
    Facts(
      code: "IRFT", name: "Freeman-Tukey transformed incidence rate", scale: .freemanTukey, display: .freemanTukeyRate,
      formula: "yi = (sqrt(x/t) + sqrt((x+1)/t))/2; vi = 1/(4t)",
      assumptions:
        "Poisson counts; nothing is added unless asked for. A pooled value goes back with the harmonic mean of "
        + "the person-times.",
      source: "Freeman and Tukey (1950), Annals of Mathematical Statistics 21, 607"),
    add: 0
  ) { Effect(yi: 0.5 * (($0.x / $0.t).squareRoot() + (($0.x + 1) / $0.t).squareRoot()), vi: 0.25 / $0.t) }

  /// The measures of one group's rate.
  static let rates: [Measure] = [rawRate, logRate, squareRootRate, freemanTukeyRate]
}
