import NumericCore

/// What a study does to a fit: one row of the influence set.
public struct InfluenceRow: Sendable {
  /// Externally standardised residual: yᵢ against the prediction from all other studies.
  public var rstudent: Double
  /// Change of the predicted value in standard errors.
  public var dffits: Double
  /// Cook's distance: Mahalanobis distance of the coefficients with and without the study.
  public var cooksDistance: Double
  /// Determinant of the coefficients' covariance without the study over that with it; below 1, the study costs precision.
  public var covarianceRatio: Double
  /// τ² and Q of the other studies.
  public var tauSquaredDeleted, qDeleted: Double
  /// Diagonal of the hat matrix; they sum to the number of coefficients.
  public var leverage: Double
  /// Weight in per cent.
  public var weight: Double
  /// Change of each coefficient in standard errors.
  public var dfbetas: [Double]
  /// Whether a cut-off is passed (see `InfluenceAnalysis`).
  public var isInfluential = false
}

/// Case diagnostics of a fit: the influence of each study.
///
/// With β, V and h of the fit, and β₍ᵢ₎, V₍ᵢ₎, τ²₍ᵢ₎, s²₍ᵢ₎ of the fit without study i (s² the factor of Hartung–Knapp inference, else 1),
/// δ = β − β₍ᵢ₎ and W₍ᵢ₎ the weights of all studies at τ²₍ᵢ₎:
/// - rstudent (yᵢ − xᵢ'β₍ᵢ₎)/√(s²₍ᵢ₎(vᵢ + τ²₍ᵢ₎) + xᵢ'V₍ᵢ₎xᵢ);
/// - DFFITS xᵢ'δ/√(s²₍ᵢ₎hᵢ(vᵢ + τ²₍ᵢ₎)), with user weights xᵢ'δ/√(s²₍ᵢ₎xᵢ'Cxᵢ), C the covariance of β at τ²₍ᵢ₎;
/// - Cook's distance δ'V⁻¹δ; covariance ratio |V₍ᵢ₎|/|V|;
/// - DFBETAS δⱼ/√(s²₍ᵢ₎[(X'W₍ᵢ₎X)⁻¹]ⱼⱼ).
///
/// A study is influential when |DFFITS| > 3√(p/(k − p)), or the χ² probability with p degrees of freedom below Cook's distance exceeds
/// ½, or h > 3p/k, or any |DFBETAS| > 1. Values that need a fit which does not exist without the study are `NaN`.
/// Source: Viechtbauer and Cheung 2010, Research Synthesis Methods 1, 112; cut-offs as in metafor.
public struct InfluenceAnalysis: Sendable {
  private let studies: DiagnosticStudies
  private let deleted: DeletedFits
  private let beta: [Double]
  private let factor: Cholesky
  private let leverage, weights: [Double]

  /// The analysis of a fit to these studies.
  /// - Throws: `tooFewStudies` for fewer than two studies; `invalidSpecification` when the studies are not those of the
  ///   fit; `notEstimable` for a covariance that cannot be inverted.
  public init(model: PoolingModel, studies: DiagnosticStudies, fit: Fit) throws(FitError) {
    guard studies.count > 1 else {
      throw .tooFewStudies(needed: 2, got: studies.count, what: "an influence analysis")
    }
    self.studies = studies
    deleted = try DeletedFits(model: model, studies: studies)
    beta = fit.coefficients.map(\.value)
    weights = fit.weights
    leverage = try RegressionResiduals(
      of: fit, yi: studies.yi, vi: studies.vi, design: studies.fullDesign, weights: studies.weights
    ).hat
    do {
      factor = try Cholesky(fit.covariance)
    } catch {
      throw .notEstimable(
        what: "the influence of studies (singular covariance of the coefficients)", hint: "use fewer moderators")
    }
  }

  /// Cut-off of |DFFITS|.
  public var dffitsLimit: Double {
    let p = Double(beta.count)
    return 3 * (p / (Double(studies.count) - p)).squareRoot()
  }

  /// Cut-off of the leverage.
  public var leverageLimit: Double { 3 * Double(beta.count) / Double(studies.count) }

  /// The rows of some of the studies.
  public func rows(_ range: Range<Int>) -> [InfluenceRow] { range.map(row) }

  private func row(_ i: Int) -> InfluenceRow {
    var row = InfluenceRow(
      rstudent: .nan, dffits: .nan, cooksDistance: .nan, covarianceRatio: .nan, tauSquaredDeleted: .nan,
      qDeleted: .nan, leverage: leverage[i], weight: weights[i], dfbetas: beta.map { _ in .nan })
    if let rest = try? deleted.fit(without: i) { compare(&row, i, rest) }
    row.isInfluential = isInfluential(row)
    return row
  }

  private func compare(_ row: inout InfluenceRow, _ i: Int, _ rest: DeletedFit) {
    let x = studies.moderators(i)
    let change = zip(beta, rest.beta).map { $0 - $1 }
    let total = studies.vi[i] + rest.tau2
    let shift = dot(x, change)
    row.rstudent =
      (studies.yi[i] - dot(x, rest.beta)) / (rest.scale * total + quadratic(rest.covariance, x)).squareRoot()
    let variance = studies.weights == nil ? leverage[i] * total : quadratic(rest.fullCovariance, x)
    row.dffits = shift / (rest.scale * variance).squareRoot()
    row.cooksDistance = factor.forwardSolve(change).reduce(0) { $0 + $1 * $1 }
    if let without = try? Cholesky(rest.covariance) {
      row.covarianceRatio = exp(without.logDeterminant - factor.logDeterminant)
    }
    row.tauSquaredDeleted = rest.tau2
    row.qDeleted = rest.q
    row.dfbetas = zip(change, rest.fullCovariance.diagonal).map { $0 / (rest.scale * $1).squareRoot() }
  }

  private func isInfluential(_ row: InfluenceRow) -> Bool {
    let law = try? ChiSquared(degreesOfFreedom: Double(beta.count))
    return abs(row.dffits) > dffitsLimit || (row.cooksDistance.isNaN ? 0 : law?.cdf(row.cooksDistance) ?? 0) > 0.5
      || row.leverage > leverageLimit || row.dfbetas.contains { abs($0) > 1 }
  }
}

/// Σaᵢbᵢ.
func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}

/// x'Ax.
func quadratic(_ a: Matrix, _ x: [Double]) -> Double {
  var sum = 0.0
  for j in x.indices { for i in x.indices { sum += x[i] * a[i, j] * x[j] } }
  return sum
}
