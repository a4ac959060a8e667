extension Measure {
  /// Raw proportion.
  public static let rawProportion = proportion(
    Facts(
      code: "PR", name: "proportion", scale: .identity, display: .none, varianceTypes: [.LS, .UB, .AV],
      formula: "yi = p = x/n; LS: vi = p(1-p)/n; UB: vi = p(1-p)/(n-1); AV: vi = P(1-P)/n, P the pooled proportion",
      assumptions: "Binomial counts. Without events, or with events only, 0.5 is added to both counts by default.",
      source: "Schwarzer and Rücker (2022), Methods in Molecular Biology 2345, 159")
  ) { groups, settings in
    let average = pooledProportion(groups)
    return groups.map { group in
      let spread = settings.vtype == .AV ? average * (1 - average) : group.p * (group.rest / group.n)
      return Effect(yi: group.p, vi: spread / (settings.vtype == .UB ? group.n - 1 : group.n))
    }
  }

  /// Log proportion.
  public static let logProportion = proportion(
    Facts(
      code: "PLN", name: "log proportion", scale: .log, display: .exp, varianceTypes: [.LS, .AV],
      formula: "yi = log(x/n); LS: vi = 1/x - 1/n; AV: vi = (1-P)/(n P), P the pooled proportion",
      assumptions: "Binomial counts. Without events, or with events only, 0.5 is added to both counts by default.",
      source: "Schwarzer and Rücker (2022), Methods in Molecular Biology 2345, 159")
  ) { groups, settings in
    let average = pooledProportion(groups)
    return groups.map { group in
      let vi = settings.vtype == .AV ? (1 - average) / (group.n * average) : group.rest / (group.x * group.n)
      return Effect(yi: log(group.p), vi: vi)
    }
  }

  /// Logit of a proportion.
  public static let logitProportion = proportion(
    Facts(
      code: "PLO", name: "logit transformed proportion", scale: .logit, display: .logistic, varianceTypes: [.LS, .AV],
      formula: "yi = log(x/(n-x)); LS: vi = 1/x + 1/(n-x); AV: vi = 1/(n P (1-P)), P the pooled proportion",
      assumptions: "Binomial counts. Without events, or with events only, 0.5 is added to both counts by default.",
      source:
        "Gart and Zweifel (1967), Biometrika 54, 181; Schwarzer and Rücker (2022), Methods in Molecular Biology 2345, "
        + "159")
  ) { groups, settings in
    let average = pooledProportion(groups)
    return groups.map { group in
      let vi = settings.vtype == .AV ? 1 / (group.n * average * (1 - average)) : 1 / group.x + 1 / group.rest
      return Effect(yi: log(group.x / group.rest), vi: vi)
    }
  }

  /// Probit of a proportion.
  public static let probitProportion = proportion(
    Facts(
      code: "PRZ", name: "probit transformed proportion", scale: .probit, display: .probit,
      formula: "yi = z = probit(x/n); vi = p(1-p)/(n f(z)^2), f the normal density",
      assumptions:
        "Binomial counts cut from a normal variable. Without events, or with events only, 0.5 is added to both "
        + "counts by default.",
      source: "Sánchez-Meca, Marín-Martínez and Chacón-Moscoso (2003), Psychological Methods 8, 448; delta method")
  ) { groups, _ in groups.map { probitEffect(events: $0.x, others: $0.rest) } }

  /// Arcsine square root of a proportion.
  public static let arcsineProportion = proportion(
    Facts(
      code: "PAS", name: "arcsine square root transformed proportion", scale: .arcsine, display: .sineSquared,
      formula: "yi = asin(sqrt(x/n)); vi = 1/(4n)",
      assumptions: "Binomial counts; the transformation stabilises the variance, so nothing is added unless asked for.",
      source: "Rücker, Schwarzer, Carpenter and Olkin (2009), Statistics in Medicine 28, 721"),
    add: 0
  ) { groups, _ in groups.map { Effect(yi: asin($0.p.squareRoot()), vi: 0.25 / $0.n) } }

  /// Freeman–Tukey double arcsine of a proportion.
  public static let freemanTukeyProportion = proportion(
    Facts(
      code: "PFT", name: "Freeman-Tukey double arcsine transformed proportion", scale: .freemanTukey,
      display: .freemanTukey,
      formula: "yi = (asin(sqrt(x/(n+1))) + asin(sqrt((x+1)/(n+1))))/2; vi = 1/(4n+2)",
      assumptions:
        "Binomial counts; nothing is added unless asked for. A pooled value goes back with the harmonic mean of "
        + "the sizes, which can mislead when they differ much.",
      source:
        "Freeman and Tukey (1950), Annals of Mathematical Statistics 21, 607; Miller (1978), American Statistician 32, "
        + "138 (back); Schwarzer et al. (2019), Research Synthesis Methods 10, 476 (caution)"),
    add: 0
  ) { groups, _ in
    groups.map { group in
      let first = asin((group.x / (group.n + 1)).squareRoot())
      let second = asin(((group.x + 1) / (group.n + 1)).squareRoot())
      return Effect(yi: 0.5 * (first + second), vi: 1 / (4 * group.n + 2))
    }
  }
}

/// Σ x/Σ n over the rows.
private func pooledProportion(_ groups: [Proportion]) -> Double { weightedAverage(groups, of: \.p, by: \.n) }
