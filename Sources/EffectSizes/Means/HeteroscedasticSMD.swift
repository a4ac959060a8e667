extension Measure {
  /// Standardised mean difference whose groups may have different variances.
  public static let heteroscedasticSMD = twoMeans(
    Facts(
      code: "SMDH", name: "standardised mean difference, heteroscedastic", scale: .identity, display: .none,
      varianceTypes: [.LS, .LS2, .LS3],
      formula:
        "yi = g = J(n1+n2-2) (m1-m2)/s, s^2 = (sd1^2+sd2^2)/2; LS: vi = g^2 (sd1^4/(n1-1) + sd2^4/(n2-1))/(8 s^4) "
        + "+ (sd1^2/(n1-1) + sd2^2/(n2-1))/s^2; LS2: with n for n-1 everywhere; LS3: with n for n-1 in the second term",
      assumptions: "Normal outcomes, independent groups, variances free to differ. J is Hedges' factor (left out "
        + "without correction).",
      source: "Bonett (2008), Psychological Methods 13, 99, eq. 5; Bonett (2009), Psychological Methods 14, 225, eq. 3"),
    reason: "undefined when both standard deviations are 0, or for groups of one"
  ) { groups, settings in
    groups.map { group in
      let scale = group.averageVariance
      let factor = settings.correct ? hedgesFactor(group.degreesOfFreedom) : 1
      let g = factor * group.difference / scale.squareRoot()
      let v1 = group.sd1 * group.sd1
      let v2 = group.sd2 * group.sd2
      let less1: Double = settings.vtype == .LS2 ? 0 : 1
      let less2: Double = settings.vtype == .LS ? 1 : 0
      let shape = (v1 * v1 / (group.n1 - less1) + v2 * v2 / (group.n2 - less1)) / (8 * scale * scale)
      return Effect(yi: g, vi: g * g * shape + (v1 / (group.n1 - less2) + v2 / (group.n2 - less2)) / scale)
    }
  }
}
