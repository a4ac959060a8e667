extension Measure {
  /// Standardised mean difference with Hedges' correction.
  public static let standardizedMeanDifference = standardized(
    Facts(
      code: "SMD", name: "standardised mean difference (Hedges' g)", scale: .identity, display: .none,
      varianceTypes: [.LS, .LS2, .UB, .AV],
      formula: "d = (m1-m2)/sp, sp^2 = ((n1-1) sd1^2 + (n2-1) sd2^2)/m, m = n1+n2-2; yi = g = J(m) d, "
        + "J(m) = Gamma(m/2)/(sqrt(m/2) Gamma((m-1)/2)); A = 1/n1 + 1/n2; LS: vi = A + g^2/(2(n1+n2)); "
        + "LS2: vi = J^2 (A + d^2/(2(n1+n2))); UB: vi = A + (1 - (m-2)/(m J^2)) g^2; "
        + "AV: vi = A + G^2/(2(n1+n2)), G the size-weighted mean of g over the rows",
      assumptions: "Normal outcomes, independent groups, equal variances. Means may be replaced by d, t = d/sqrt(A), "
        + "a point-biserial r or the signed p of the t-test. Without correction g is d.",
      source:
        "Hedges (1981), Journal of Educational Statistics 6, 107, eq. 6e (J); Hedges (1982), Psychological Bulletin 92, "
        + "490, eq. 8 (LS); Hedges (1983), Psychological Bulletin 93, 388, eq. 9 (UB); Borenstein (2009), Handbook of "
        + "Research Synthesis, eq. 12.17 (LS2)")
  ) { inputs, settings in
    let common = inputs.map { input in
      Standardized(
        d: input.d, degreesOfFreedom: input.degreesOfFreedom, base: 1 / input.n1 + 1 / input.n2,
        curvature: 1 / (2 * input.total), size: input.total)
    }
    return Standardized.effects(common, settings)
  }
}
