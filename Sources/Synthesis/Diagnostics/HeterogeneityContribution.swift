/// A study's part in Cochran's Q.
public struct HeterogeneityContribution: Sendable {
  /// (yᵢ − ŷᵢ)²/vᵢ with ŷ of the equal-effects fit; they sum to Q.
  public let q: Double
  /// Its part of Q, 0–1; `nil` when Q is 0.
  public let share: Double?

  /// The contributions of all studies of a model with or without moderators.
  ///
  /// Source: Cochran 1954, Biometrics 10, 101.
  /// - Throws: `tooFewStudies` for fewer than two studies, and what the equal-effects fit throws.
  public static func all(_ studies: DiagnosticStudies) throws(FitError) -> [HeterogeneityContribution] {
    guard studies.count > 1 else {
      throw .tooFewStudies(needed: 2, got: studies.count, what: "contributions to heterogeneity")
    }
    let unweighted = DiagnosticStudies(
      yi: studies.yi, vi: studies.vi, design: studies.design, terms: studies.terms)
    let fit = try PoolingModel(method: .equalEffects).fit(unweighted)
    let beta = fit.coefficients.map(\.value)
    let parts = studies.yi.indices.map { i in
      let residual = studies.yi[i] - dot(studies.moderators(i), beta)
      return residual * residual / studies.vi[i]
    }
    let total = parts.reduce(0, +)
    return parts.map { HeterogeneityContribution(q: $0, share: total > 0 ? $0 / total : nil) }
  }
}
