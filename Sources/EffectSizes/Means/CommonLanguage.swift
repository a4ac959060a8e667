extension Measure {
  /// Common language effect size, or area under the curve, as reported.
  public static let commonLanguage = Measure(
    Facts(
      code: "CLES", aliases: ["AUC"], name: "common language effect size (area under the curve)", scale: .identity,
      display: .none, varianceTypes: [.LS, .LS2, .H0],
      formula: "yi = A; LS: vi = A(1-A) (1 + (N-1)(1-A)/(2-A) + (N-1)A/(1+A))/((n1-1)(n2-1)), N = (n1+n2)/2; "
        + "LS2: vi = (A(1-A) + (n1-1)(A/(2-A) - A^2) + (n2-1)(2A^2/(1+A) - A^2))/((n1-1)(n2-1)); "
        + "H0: vi = (n1+n2+1)/(12 n1 n2)",
      assumptions:
        "A = P(X1 > X2), ties counted half, independent groups; exponential tails behind the formulas. H0 is the "
        + "variance under no difference.",
      source:
        "Newcombe (2006), Statistics in Medicine 25, 559 (LS); Hanley and McNeil (1982), Radiology 143, 29 (LS2); Mann "
        + "and Whitney (1947) (H0)"),
    family: .means, forms: [InputForm([.ai, .n1i, .n2i])]
  ) { columns, settings in
    let rows = UsableRows(count: columns.count, read: AreaReader(columns).read)
    return rows.columns(rows.inputs.map { $0.effect(settings.vtype) }, sizes: { $0.n1 + $0.n2 }) { _ in
      "the variance is undefined for groups of one"
    }
  }

  /// Common language effect size of two normal distributions.
  public static let commonLanguageNormal = Measure(
    Facts(
      code: "CLESN", aliases: ["AUCN"], name: "common language effect size of two normal distributions",
      scale: .identity, display: .none, varianceTypes: [.LS, .HO],
      formula: "yi = Phi(d/sqrt(2)); vi = f(d/sqrt(2))^2 v/2, f the normal density; LS from means: d = (m1-m2)/s, "
        + "s^2 = (sd1^2+sd2^2)/2, v = d^2 (sd1^4/(n1-1) + sd2^4/(n2-1))/(8 s^4) + (sd1^2/(n1-1) + sd2^2/(n2-1))/s^2; "
        + "HO, and from d, t, r, p or the area itself: d by the pooled deviation, v = 1/n1 + 1/n2 + d^2/(2(n1+n2))",
      assumptions: "Normal outcomes, independent groups; with equal variances for HO.",
      source:
        "McGraw and Wong (1992), Psychological Bulletin 111, 361; Bonett (2008), Psychological Methods 13, 99; delta "
        + "method"),
    family: .means, forms: .standardized + [InputForm([.ai, .n1i, .n2i])]
  ) { columns, settings in
    let areas = AreaReader(columns)
    let differences = StandardizedDifferenceReader(columns)
    let rows = UsableRows<StandardizedDifference>(count: columns.count) { row throws(RowProblem.Kind) in
      guard areas.hasValue(row) else { return try differences.read(row) }
      let area = try areas.read(row)
      return StandardizedDifference(d: 2.0.squareRoot() * normalQuantile(area.value), n1: area.n1, n2: area.n2)
    }
    let effects = rows.inputs.map { input in
      let effect = input.means.flatMap { settings.vtype == .LS ? heteroscedastic($0) : nil } ?? input.largeSampleEffect
      return commonLanguageEffect(effect)
    }
    return rows.columns(effects, sizes: \.total) { _ in "undefined without variation within the groups" }
  }
}

/// Φ(d/√2) and its delta-method variance φ(d/√2)² v/2.
func commonLanguageEffect(_ effect: Effect) -> Effect {
  let z = effect.yi * 0.5.squareRoot()
  return Effect(yi: normalCDF(z), vi: 0.5 * square(normalDensity(z)) * effect.vi)
}

/// d by the average variance, uncorrected, with Bonett's variance.
private func heteroscedastic(_ group: TwoMeans) -> Effect {
  let scale = group.averageVariance
  let d = group.difference / scale.squareRoot()
  let v1 = group.sd1 * group.sd1
  let v2 = group.sd2 * group.sd2
  let shape = (v1 * v1 / (group.n1 - 1) + v2 * v2 / (group.n2 - 1)) / (8 * scale * scale)
  return Effect(yi: d, vi: d * d * shape + (v1 / (group.n1 - 1) + v2 / (group.n2 - 1)) / scale)
}

/// An area under the curve and the sizes of the groups.
private struct Area: Sendable {
  let value: Double
  let n1: Double
  let n2: Double

  func effect(_ type: VarianceType) -> Effect {
    if type == .H0 { return Effect(yi: value, vi: (n1 + n2 + 1) / (12 * n1 * n2)) }
    let spread = value * (1 - value)
    let pairs = (n1 - 1) * (n2 - 1)
    if type == .LS2 {
      let q1 = value / (2 - value) - value * value
      let q2 = 2 * value * value / (1 + value) - value * value
      return Effect(yi: value, vi: (spread + (n1 - 1) * q1 + (n2 - 1) * q2) / pairs)
    }
    let others = 0.5 * (n1 + n2) - 1
    return Effect(
      yi: value, vi: spread * (1 + others * (1 - value) / (2 - value) + others * value / (1 + value)) / pairs)
  }
}

private struct AreaReader {
  private let ai, n1i, n2i: RoleColumn

  init(_ columns: StudyColumns) {
    ai = RoleColumn(.ai, of: columns)
    n1i = RoleColumn(.n1i, of: columns)
    n2i = RoleColumn(.n2i, of: columns)
  }

  func hasValue(_ row: Int) -> Bool { !ai[row].isNaN }

  func read(_ row: Int) throws(RowProblem.Kind) -> Area {
    try requireValues(row, [ai, n1i, n2i])
    return Area(
      value: try ai.number(row, "an area between 0 and 1") { $0 >= 0 && $0 <= 1 },
      n1: try n1i.positive(row, "a group size"), n2: try n2i.positive(row, "a group size"))
  }
}
