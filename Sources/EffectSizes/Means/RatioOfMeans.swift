extension Measure {
  /// Log ratio of means (log response ratio).
  public static let ratioOfMeans = twoMeans(
    Facts(
      code: "ROM", name: "log ratio of means", scale: .log, display: .exp, varianceTypes: [.LS, .LS2, .HO, .AV, .AVHO],
      formula:
        "u = sd^2/(n m^2); yi = log(m1/m2) + (u1 - u2)/2; LS: vi = u1 + u2; LS2: vi = u1 + u2 + (u1^2 + u2^2)/2; "
        + "HO: vi = sp^2 (1/(n1 m1^2) + 1/(n2 m2^2)); AV: vi = C1^2/n1 + C2^2/n2, C the size-weighted mean coefficient of "
        + "variation of a group over the rows; AVHO: the same with one C for both groups",
      assumptions: "Means of the same sign on a ratio scale; the bias correction (u1 - u2)/2 is made by default.",
      source:
        "Hedges, Gurevitch and Curtis (1999), Ecology 80, 1150, eq. 1; Lajeunesse (2015), Ecology 96, 2056, eqs. 8-9 "
        + "(correction, LS2); Nakagawa et al. (2023), Ecology Letters 26, 232 (AV, AVHO)"),
    reason: "undefined for means of different sign, or a mean of 0"
  ) { groups, settings in
    let cv1 = weightedAverage(groups, of: { $0.sd1 / $0.m1 }, by: \.n1)
    let cv2 = weightedAverage(groups, of: { $0.sd2 / $0.m2 }, by: \.n2)
    let n1 = groups.reduce(0) { $0 + $1.n1 }
    let n2 = groups.reduce(0) { $0 + $1.n2 }
    let both = (cv1 * n1 + cv2 * n2) / (n1 + n2)
    return groups.map { group in
      let large = logMeanRatio(group, settings)
      let yi = large.yi
      return switch settings.vtype {
      case .HO:
        Effect(
          yi: yi, vi: group.pooledVariance * (1 / (group.n1 * square(group.m1)) + 1 / (group.n2 * square(group.m2))))
      case .AV: Effect(yi: yi, vi: square(cv1) / group.n1 + square(cv2) / group.n2)
      case .AVHO: Effect(yi: yi, vi: square(both) * (1 / group.n1 + 1 / group.n2))
      default: large
      }
    }
  }
}
