extension Measure {
  /// Log odds ratio by Peto's one-step method.
  public static let petoOddsRatio = twoByTwo(
    Facts(
      code: "PETO", name: "log odds ratio estimated with Peto's method", scale: .log, display: .exp,
      formula: "yi = (a - E)/V, E = n1 (a+c)/n, V = n1 n2 (a+c)(b+d)/(n^2 (n-1)); vi = 1/V",
      assumptions:
        "Hypergeometric counts, effect not far from none, groups of similar size. Undefined without any event "
        + "or without any non-event.",
      source: "Yusuf, Peto, Lewis, Collins and Sleight (1985), Progress in Cardiovascular Diseases 27, 335")
  ) { tables, _ in
    tables.map { table in
      let total = table.total
      let events = table.a + table.c
      // a − E = (ad − bc)/n, without the cancellation of a − n1(a+c)/n.
      let excess = (table.a * table.d - table.b * table.c) / total
      let variance = table.n1 / total * (table.n2 / total) * events * (table.b + table.d) / (total - 1)
      return Effect(yi: excess / variance, vi: 1 / variance)
    }
  }
}
