extension Measure {
  /// Raw mean difference.
  public static let meanDifference = twoMeans(
    Facts(
      code: "MD", name: "raw mean difference", scale: .identity, display: .none, varianceTypes: [.LS, .UB, .HO],
      formula: "yi = m1 - m2; LS and UB: vi = sd1^2/n1 + sd2^2/n2; "
        + "HO: vi = sp^2 (1/n1 + 1/n2), sp^2 the pooled variance",
      assumptions: "Independent groups measured in the same unit in every study. LS lets the variances differ and is "
        + "unbiased already; HO takes them as equal.",
      source: "Borenstein (2009), Handbook of Research Synthesis, eq. 12.3 (HO) and 12.5 (LS)"),
    reason: "the variance is undefined for groups of one"
  ) { groups, settings in
    groups.map { group in
      let vi =
        settings.vtype == .HO
        ? group.pooledVariance * (1 / group.n1 + 1 / group.n2)
        : group.sd1 * group.sd1 / group.n1 + group.sd2 * group.sd2 / group.n2
      return Effect(yi: group.difference, vi: vi)
    }
  }
}
