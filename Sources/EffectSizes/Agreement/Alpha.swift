/// Cronbach's alpha of an instrument with `items` items in a sample of n.
struct Alpha: Sendable {
  let alpha: Double
  let items: Double
  let n: Double
}

extension Measure {
  private static func alpha(_ facts: Facts, estimate: @escaping @Sendable (Alpha) -> Effect) -> Measure {
    Measure(facts, family: .agreement, forms: [InputForm([.ai, .mi, .ni])]) { columns, _ in
      let ai = RoleColumn(.ai, of: columns)
      let mi = RoleColumn(.mi, of: columns)
      let ni = RoleColumn(.ni, of: columns)
      let rows = UsableRows<Alpha>(count: columns.count) { row throws(RowProblem.Kind) in
        try requireValues(row, [ai, mi, ni])
        return Alpha(
          alpha: try ai.number(row, "an alpha of at most 1") { $0 <= 1 },
          items: try mi.number(row, "at least 2 items") { $0 >= 2 }, n: try ni.positive(row, "a sample size"))
      }
      return rows.columns(rows.inputs.map { $0.n > 2 ? estimate($0) : .undefined }, sizes: \.n) { _ in
        "undefined for an alpha of 1, or for fewer than 3 subjects"
      }
    }
  }

  /// Raw alpha.
  public static let rawAlpha = alpha(
    Facts(
      code: "ARAW", name: "Cronbach's alpha", scale: .identity, display: .none,
      formula: "yi = alpha; vi = 2 m (1-alpha)^2/((m-1)(n-2)), m items",
      assumptions: "Multivariate normal items with equal variances and covariances.",
      source: "van Zyl, Neudecker and Nel (2000), Psychometrika 65, 271; Bonett (2010), Psychological Methods 15, 368")
  ) { Effect(yi: $0.alpha, vi: 2 * $0.items * square(1 - $0.alpha) / (($0.items - 1) * ($0.n - 2))) }

  /// Alpha, transformed after Hakstian and Whalen.
  public static let hakstianWhalenAlpha = alpha(
    Facts(
      code: "AHW", name: "Cronbach's alpha, Hakstian-Whalen transformed", scale: .cubeRoot, display: .hakstianWhalen,
      formula: "yi = 1 - (1-alpha)^(1/3); vi = 18 m (n-1) (1-alpha)^(2/3)/((m-1)(9n-11)^2), m items",
      assumptions:
        "Multivariate normal items with equal variances and covariances. Turned round so that it increases with "
        + "alpha.",
      source: "Hakstian and Whalen (1976), Psychometrika 41, 219")
  ) { input in
    let root = cbrt(1 - input.alpha)
    let n = input.n
    return Effect(
      yi: 1 - root, vi: 18 * input.items * (n - 1) * root * root / ((input.items - 1) * square(9 * n - 11)))
  }

  /// Alpha, transformed after Bonett.
  public static let bonettAlpha = alpha(
    Facts(
      code: "ABT", name: "Cronbach's alpha, Bonett transformed", scale: .logComplement, display: .bonett,
      formula: "yi = -log(1-alpha); vi = 2 m/((m-1)(n-2)), m items",
      assumptions:
        "Multivariate normal items with equal variances and covariances. Turned round so that it increases with "
        + "alpha.",
      source: "Bonett (2002), Journal of Educational and Behavioral Statistics 27, 335")
  ) { Effect(yi: -log1p(-$0.alpha), vi: 2 * $0.items / (($0.items - 1) * ($0.n - 2))) }

  /// The measures of reliability and of genotype counts.
  static let agreement: [Measure] = [rawAlpha, hakstianWhalenAlpha, bonettAlpha, relativeExcessHeterozygosity]
}
