public import NumericCore

/// Comparison of two nested models by their likelihoods.
public struct LikelihoodRatioTest: Sendable {
  /// 2 (ℓ_full − ℓ_reduced), at least 0.
  public let statistic: Double
  /// Number of parameters that the full model has more.
  public let degreesOfFreedom: Int
  /// Upper tail of χ².
  public let pValue: Double
  /// What Bartlett's correction divides the statistic by, and the p-value after it; `nil` when the designs are not given.
  public private(set) var bartlettFactor, correctedPValue: Double?
  /// Share of the reduced model's τ² that the full model accounts for (0–1), `nil` when either has no τ².
  public let rSquared: Double?

  /// Compares a model with one that is a special case of it, both fitted by maximum likelihood to the same studies.
  ///
  /// τ² counts as a parameter; comparing with an equal-effects model tests τ² = 0 on the boundary, where the p-value
  /// is too large (conservative).
  ///
  /// - Throws: `FitError.invalidSpecification` unless both are ML (or equal-effects) fits of the same number of
  ///   studies and the full one has more parameters and at least the likelihood.
  public init(full: Fit, reduced: Fit) throws(FitError) {
    for fit in [full, reduced] where !["ML", "EE", "FE"].contains(fit.method) {
      throw .invalidSpecification(
        "a likelihood-ratio test compares maximum-likelihood fits, not \(fit.method); fit both with ML")
    }
    guard let upper = full.likelihood, let lower = reduced.likelihood, full.k == reduced.k else {
      throw .invalidSpecification(
        "a likelihood-ratio test needs two fits of the same studies, got k = \(full.k) and k = \(reduced.k)")
    }
    let df = Self.parameters(upper) - Self.parameters(lower)
    let difference = 2 * (upper.logLikelihood - lower.logLikelihood)
    guard df > 0, difference > -1e-8 * max(1, abs(upper.logLikelihood)) else {
      throw .invalidSpecification(
        "the models are not nested: the full one must have more parameters and at least the likelihood of the other")
    }
    statistic = max(0, difference)
    degreesOfFreedom = df
    pValue = try OmnibusTest.wald(statistic, m: df, denominator: nil).pValue
    if let all = reduced.heterogeneity.tauSquared, let rest = full.heterogeneity.tauSquared, all > 0 {
      rSquared = max(0, (all - rest) / all)
    } else {
      rSquared = nil
    }
  }

  /// The test with Bartlett's correction beside it, from the designs of the two models.
  ///
  /// The factor is the expected statistic over its degrees of freedom, at the smaller model's τ² (see ``BartlettFactor``). Without
  /// an estimated τ² the statistic is χ² as it is and nothing is corrected.
  public func corrected(vi: [Double], full: Matrix, reduced: Matrix, reducedFit: Fit) -> LikelihoodRatioTest {
    guard let tau2 = reducedFit.heterogeneity.tauSquared, degreesOfFreedom == full.columns - reduced.columns else {
      return self
    }
    let excess =
      BartlettFactor.excess(vi: vi, tau2: tau2, design: full)
      - BartlettFactor.excess(vi: vi, tau2: tau2, design: reduced)
    let factor = 1 + excess / Double(degreesOfFreedom)
    guard factor > 0 else { return self }
    var result = self
    result.bartlettFactor = factor
    result.correctedPValue = upperTailOfChiSquared(statistic / factor, degreesOfFreedom: Double(degreesOfFreedom))
    return result
  }

  /// Number of parameters that the information criterion counts, (AIC + 2ℓ)/2.
  private static func parameters(_ likelihood: LikelihoodStatistics) -> Int {
    Int(exactly: ((likelihood.aic + 2 * likelihood.logLikelihood) / 2).rounded()) ?? 0
  }
}
