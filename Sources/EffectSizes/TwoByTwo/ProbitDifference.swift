extension Measure {
  /// Probit transformed risk difference, an estimate of the standardised mean difference.
  public static let probitDifference = twoByTwo(
    Facts(
      code: "PBIT", name: "probit transformed risk difference (as a standardised mean difference)", scale: .probit,
      display: .none,
      formula: "yi = z1 - z2, z = probit(p), p1 = a/n1, p2 = c/n2; vi = sum of p(1-p)/(n f(z)^2), f the normal density",
      assumptions: "The outcome is cut from normal variables of equal variance. With a zero cell 0.5 is added to every "
        + "cell of the row by default.",
      source: "Sánchez-Meca, Marín-Martínez and Chacón-Moscoso (2003), Psychological Methods 8, 448")
  ) { tables, _ in
    tables.map { table in
      let first = probitEffect(events: table.a, others: table.b)
      let second = probitEffect(events: table.c, others: table.d)
      return Effect(yi: first.yi - second.yi, vi: first.vi + second.vi)
    }
  }
}

/// Probit of a proportion and p(1−p)/(n φ(z)²).
func probitEffect(events: Double, others: Double) -> Effect {
  let n = events + others
  // The quantile of the smaller tail keeps its digits.
  let z = events <= others ? normalQuantile(events / n) : -normalQuantile(others / n)
  return Effect(yi: z, vi: events / n * (others / n) / (n * square(normalDensity(z))))
}
