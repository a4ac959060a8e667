/// Mean, standard deviation and size of one group.
struct GroupMean: Sendable {
  let m: Double
  let sd: Double
  let n: Double

  /// s²/(n m²), the variance of log m.
  var relativeVariance: Double { square(sd / m) / n }
}

extension Measure {
  /// A measure of one group's mean and deviation; `unused` roles are neither needed nor checked.
  static func mean(
    _ facts: Facts, unused: Set<Role> = [], estimate: @escaping @Sendable ([GroupMean], Settings) -> [Effect]
  ) -> Measure {
    let forms = [InputForm([Role.mi, .sdi, .ni].filter { !unused.contains($0) })]
    return Measure(facts, family: .mean, forms: forms) { columns, settings in
      let mi = RoleColumn(.mi, of: columns)
      let sdi = RoleColumn(.sdi, of: columns)
      let ni = RoleColumn(.ni, of: columns)
      let needsMean = !unused.contains(.mi)
      let rows = UsableRows<GroupMean>(count: columns.count) { row throws(RowProblem.Kind) in
        try requireValues(row, needsMean ? [mi, sdi, ni] : [sdi, ni])
        return GroupMean(
          m: needsMean ? try mi.number(row) : .nan, sd: try sdi.nonNegative(row, "a standard deviation"),
          n: try ni.positive(row, "a group size"))
      }
      return rows.columns(estimate(rows.inputs, settings), sizes: \.n) { _ in
        "undefined for a group of one, a standard deviation of 0, or a mean that is not positive"
      }
    }
  }

  /// Raw mean.
  public static let rawMean = mean(
    Facts(
      code: "MN", name: "mean", scale: .identity, display: .none, varianceTypes: [.LS, .HO],
      formula: "yi = m; LS: vi = sd^2/n; HO: vi = S^2/n, S^2 the variance pooled over the rows with weights n-1",
      assumptions:
        "sd is the standard deviation of the observations, not the standard error. HO: one variance everywhere.",
      source: "Borenstein (2009), Handbook of Research Synthesis, 12")
  ) { groups, settings in
    let pooled = weightedAverage(groups, of: { $0.sd * $0.sd }, by: { $0.n - 1 })
    return groups.map { Effect(yi: $0.m, vi: (settings.vtype == .HO ? pooled : $0.sd * $0.sd) / $0.n) }
  }

  /// Standardised mean of one group.
  public static let standardizedMean = mean(
    Facts(
      code: "SMN", name: "single-group standardised mean", scale: .identity, display: .none,
      varianceTypes: [.LS, .LS2, .UB, .AV],
      formula: "d = m/sd; yi = g = J(n-1) d; LS: vi = 1/n + g^2/(2n); LS2: vi = J^2 (1/n + d^2/(2n)); "
        + "UB: vi = 1/n + (1 - (n-3)/((n-1) J^2)) g^2; AV: LS with the size-weighted mean of g",
      assumptions: "Normal outcomes. Subtract a constant from the means first for a difference from it.",
      source: "Gibbons, Hedeker and Davis (1993), Journal of Educational Statistics 18, 271; Hedges (1981)")
  ) { groups, settings in
    Standardized.effects(
      groups.map { group in
        Standardized(
          d: group.m / group.sd, degreesOfFreedom: group.n - 1, base: 1 / group.n, curvature: 1 / (2 * group.n),
          size: group.n)
      }, settings)
  }

  /// Log mean.
  public static let logMean = mean(
    Facts(
      code: "MNLN", name: "log mean", scale: .log, display: .exp, formula: "yi = log(m); vi = sd^2/(n m^2)",
      assumptions: "Positive means on a ratio scale.",
      source: "Hedges, Gurevitch and Curtis (1999), Ecology 80, 1150; delta method")
  ) { groups, _ in groups.map { Effect(yi: log($0.m), vi: $0.relativeVariance) } }

  /// Log standard deviation.
  public static let logStandardDeviation = mean(
    Facts(
      code: "SDLN", name: "log standard deviation", scale: .log, display: .exp, varianceTypes: [.LS, .LS2],
      formula: "yi = log(sd) + 1/(2(n-1)); LS: vi = 1/(2(n-1)); LS2: vi = n/(2(n-1)^2)",
      assumptions: "Normal outcomes; the bias correction is made by default. Means are not needed.",
      source:
        "Raudenbush and Bryk (1987), Journal of Educational Statistics 12, 241; Nakagawa et al. (2015), Methods in "
        + "Ecology and Evolution 6, 143, eqs. 6-7"),
    unused: [.mi]
  ) { groups, settings in groups.map { logDeviation($0.sd, $0.n, settings) } }

  /// Log coefficient of variation.
  public static let logCoefficientOfVariation = mean(
    Facts(
      code: "CVLN", name: "log coefficient of variation", scale: .log, display: .exp, varianceTypes: [.LS, .LS2],
      formula: "yi = log(sd/m) + 1/(2(n-1)); u = sd^2/(n m^2); LS: vi = 1/(2(n-1)) + u; "
        + "LS2: vi = n/(2(n-1)^2) + u + u^2/2",
      assumptions: "Normal outcomes, positive means; the bias correction is made by default.",
      source:
        "Nakagawa et al. (2015), Methods in Ecology and Evolution 6, 143, eqs. 26-27; Senior, Viechtbauer and Nakagawa "
        + "(2020), Research Synthesis Methods 11, 553 (LS2)")
  ) { groups, settings in
    groups.map { group in
      let deviation = logDeviation(group.sd, group.n, settings)
      let u = group.relativeVariance
      return Effect(
        yi: deviation.yi - log(group.m), vi: deviation.vi + u + (settings.vtype == .LS2 ? 0.5 * u * u : 0))
    }
  }

  /// The measures of one group's mean.
  static let singleMeans: [Measure] = [
    rawMean, standardizedMean, logMean, logStandardDeviation, logCoefficientOfVariation,
  ]
}
