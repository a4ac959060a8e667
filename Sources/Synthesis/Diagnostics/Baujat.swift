/// A study's place in a Baujat plot.
public struct BaujatPoint: Sendable {
  /// Squared Pearson residual (yᵢ − xᵢ'β)²/(vᵢ + τ²); for equal effects the contribution to Q.
  public let contribution: Double
  /// Squared change of the fitted value without the study over its variance, (xᵢ'(β − β₍ᵢ₎))²/xᵢ'V₍ᵢ₎xᵢ.
  public let influence: Double

  /// A point from its parts.
  public init(contribution: Double, influence: Double) {
    self.contribution = contribution
    self.influence = influence
  }

  /// The point of a study from its estimate and the fits with and without it, for a model that has no τ² (counts).
  public init(yi: Double, vi: Double, all: Fit, rest: Fit?) {
    let pooled = all.coefficients.first?.value ?? .nan
    contribution = (yi - pooled) * (yi - pooled) / vi
    guard let without = rest?.coefficients.first else {
      influence = .nan
      return
    }
    let shift = (pooled - without.value) / without.standardError
    influence = shift * shift
  }
}

/// The coordinates of a Baujat plot: which study adds to heterogeneity, and which moves the result.
///
/// Source: Baujat, Mahé, Pignon and Hill 2002, Statistics in Medicine 21, 2641; Pearson residuals for random effects and
/// moderators as in metafor.
public struct BaujatAnalysis: Sendable {
  private let studies: DiagnosticStudies
  private let deleted: DeletedFits
  private let beta: [Double]
  private let tau2: Double

  /// The analysis of a fit to these studies.
  /// - Throws: `tooFewStudies` for fewer than two studies.
  public init(model: PoolingModel, studies: DiagnosticStudies, fit: Fit) throws(FitError) {
    guard studies.count > 1 else { throw .tooFewStudies(needed: 2, got: studies.count, what: "a Baujat plot") }
    self.studies = studies
    deleted = try DeletedFits(model: model, studies: studies)
    beta = fit.coefficients.map(\.value)
    tau2 = fit.heterogeneity.tauSquared ?? 0
  }

  /// The points of some of the studies.
  public func points(_ range: Range<Int>) -> [BaujatPoint] {
    range.map { i in
      let x = studies.moderators(i)
      let residual = studies.yi[i] - dot(x, beta)
      let rest = try? deleted.fit(without: i)
      let influence = rest.map { rest in
        let shift = dot(x, zip(beta, rest.beta).map { $0 - $1 })
        return shift * shift / quadratic(rest.covariance, x)
      }
      return BaujatPoint(
        contribution: residual * residual / (studies.vi[i] + tau2), influence: influence ?? .nan)
    }
  }
}
