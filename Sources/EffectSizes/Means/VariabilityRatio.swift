extension Measure {
  /// Log variability ratio.
  public static let variabilityRatio = twoMeans(
    Facts(
      code: "VR", name: "log variability ratio", scale: .log, display: .exp, varianceTypes: [.LS, .LS2],
      formula: "yi = log(sd1/sd2) + 1/(2(n1-1)) - 1/(2(n2-1)); LS: vi = 1/(2(n1-1)) + 1/(2(n2-1)); "
        + "LS2: vi = n1/(2(n1-1)^2) + n2/(2(n2-1)^2)",
      assumptions: "Normal outcomes, independent groups; the bias correction is made by default. Means are not needed.",
      source:
        "Nakagawa et al. (2015), Methods in Ecology and Evolution 6, 143, eqs. 8-9; Senior, Viechtbauer and Nakagawa "
        + "(2020), Research Synthesis Methods 11, 553 (LS2)"),
    unused: [.m1i, .m2i], reason: "undefined when a standard deviation is 0 or a group has one subject"
  ) { groups, settings in
    groups.map { group in
      let first = logDeviation(group.sd1, group.n1, settings)
      let second = logDeviation(group.sd2, group.n2, settings)
      return Effect(yi: first.yi - second.yi, vi: first.vi + second.vi)
    }
  }

  /// Log coefficient of variation ratio.
  public static let coefficientOfVariationRatio = twoMeans(
    Facts(
      code: "CVR", name: "log coefficient of variation ratio", scale: .log, display: .exp, varianceTypes: [.LS, .LS2],
      formula: "u = sd^2/(n m^2); yi = log((sd1/m1)/(sd2/m2)) + 1/(2(n1-1)) - 1/(2(n2-1)) + (u2 - u1)/2; "
        + "LS: vi = u1 + u2 + 1/(2(n1-1)) + 1/(2(n2-1)); "
        + "LS2: vi = u1 + u2 + (u1^2 + u2^2)/2 + n1/(2(n1-1)^2) + n2/(2(n2-1)^2)",
      assumptions: "Normal outcomes (mean and variance independent), means of the same sign; the bias corrections are "
        + "made by default.",
      source: "Nakagawa et al. (2015), Methods in Ecology and Evolution 6, 143, eqs. 11-12; Senior, Viechtbauer and "
        + "Nakagawa (2020), Research Synthesis Methods 11, 553"),
    reason: "undefined for means of different sign or 0, a standard deviation of 0, or a group of one"
  ) { groups, settings in
    groups.map { group in
      let first = logDeviation(group.sd1, group.n1, settings)
      let second = logDeviation(group.sd2, group.n2, settings)
      let means = logMeanRatio(group, settings)
      return Effect(yi: first.yi - second.yi - means.yi, vi: first.vi + second.vi + means.vi)
    }
  }
}

/// log s with its bias correction 1/(2(n−1)), and its variance.
func logDeviation(_ sd: Double, _ n: Double, _ settings: Settings) -> Effect {
  Effect(
    yi: log(sd) + (settings.correct ? 0.5 / (n - 1) : 0),
    vi: settings.vtype == .LS2 ? 0.5 * n / square(n - 1) : 0.5 / (n - 1))
}

/// log(m₁/m₂) with its bias correction (u₁ − u₂)/2, u = s²/(n m²), and its variance.
func logMeanRatio(_ group: TwoMeans, _ settings: Settings) -> Effect {
  let u1 = square(group.sd1 / group.m1) / group.n1
  let u2 = square(group.sd2 / group.m2) / group.n2
  let second = settings.vtype == .LS2 ? 0.5 * (u1 * u1 + u2 * u2) : 0
  return Effect(yi: log(group.m1 / group.m2) + (settings.correct ? 0.5 * (u1 - u2) : 0), vi: u1 + u2 + second)
}
