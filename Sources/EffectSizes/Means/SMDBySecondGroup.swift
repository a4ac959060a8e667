extension Measure {
  /// Mean difference standardised by the second group's deviation.
  public static let smdBySecondGroup = twoMeans(
    Facts(
      code: "SMD1", name: "mean difference standardised by the deviation of group 2 (Glass's delta)", scale: .identity,
      display: .none, varianceTypes: [.LS, .LS2, .UB, .AV],
      formula: "d = (m1-m2)/sd2; m = n2-1; yi = g = J(m) d; LS: vi = 1/n1 + 1/n2 + g^2/(2 n2); "
        + "LS2: vi = J^2 (1/n1 + 1/n2 + d^2/(2 n2)); UB: vi = 1/n1 + 1/n2 + (1 - (m-2)/(m J^2)) g^2; "
        + "AV: the size-weighted mean of g over the rows plugged into LS",
      assumptions: "Normal outcomes with equal variances, of which only group 2's is used; sd1 is not needed.",
      source: "Hedges (1981), Journal of Educational Statistics 6, 107; Glass (1976)"),
    unused: [.sd1i], reason: "undefined when the deviation of group 2 is 0 or group 2 has fewer than 3 subjects"
  ) { groups, settings in
    let d = groups.map { $0.difference / $0.sd2 }
    let inputs = zip(groups, d).map { group, d in
      Standardized(
        d: d, degreesOfFreedom: group.n2 - 1, base: 1 / group.n1 + 1 / group.n2, curvature: 1 / (2 * group.n2),
        size: group.total)
    }
    return Standardized.effects(inputs, settings)
  }

  /// The same with variances that may differ.
  public static let smdBySecondGroupHeteroscedastic = twoMeans(
    Facts(
      code: "SMD1H", name: "mean difference standardised by the deviation of group 2, heteroscedastic",
      scale: .identity, display: .none, varianceTypes: [.LS, .LS2],
      formula: "yi = g = J(n2-1) (m1-m2)/sd2; LS: vi = sd1^2/(sd2^2 (n1-1)) + 1/(n2-1) + g^2/(2(n2-1)); "
        + "LS2: with n for n-1",
      assumptions: "Normal outcomes, variances free to differ.",
      source: "Bonett (2008), Psychological Methods 13, 99; Bonett (2009), Psychological Methods 14, 225"),
    reason: "undefined when the deviation of group 2 is 0 or group 2 has fewer than 3 subjects"
  ) { groups, settings in
    groups.map { group in
      let factor = settings.correct ? hedgesFactor(group.n2 - 1) : 1
      let g = factor * group.difference / group.sd2
      let less: Double = settings.vtype == .LS2 ? 0 : 1
      let ratio = square(group.sd1 / group.sd2)
      return Effect(
        yi: g, vi: ratio / (group.n1 - less) + 1 / (group.n2 - less) + g * g / (2 * (group.n2 - less)))
    }
  }
}
