public import NumericCore

/// Residuals and leverages of a fit, a value per study.
public struct RegressionResiduals: Sendable {
  /// Fitted values x'β̂.
  public let fitted: [Double]
  /// yᵢ − x'β̂.
  public let raw: [Double]
  /// Standard errors of the residuals: the root of the diagonal of (I − H)(V + τ²I)(I − H)'.
  public let standardErrors: [Double]
  /// Internally standardised residuals, raw over standard error; NaN where the standard error is 0.
  public let standardized: [Double]
  /// Pearson residuals, raw over √(vᵢ + τ²).
  public let pearson: [Double]
  /// Leverages, the diagonal of the hat matrix; they sum to the number of coefficients.
  public let hat: [Double]

  /// Residuals of a fit to studies, in time k p² and without a k × k matrix.
  ///
  /// With W the weights the fit used, A = (X'WX)⁻¹ and M = V + τ²I: hᵢ = wᵢ xᵢ'Axᵢ and the variance of residual i is
  /// mᵢ (1 − 2hᵢ) + xᵢ'A(X'WMWX)Axᵢ, with inverse-variance weights mᵢ (1 − hᵢ).
  ///
  /// Source: Viechtbauer and Cheung (2010), Research Synthesis Methods 1, 112–125, section 3.
  ///
  /// - Throws: `FitError.invalidSpecification` when the studies are not those of the fit.
  public init(
    of fit: Fit, yi: [Double], vi: [Double], design: Matrix, weights: [Double]? = nil
  ) throws(FitError) {
    let k = fit.k
    let p = fit.p
    guard yi.count == k, vi.count == k, design.rows == k, design.columns == p else {
      throw .invalidSpecification("residuals need the \(k) studies and \(p) columns of the fit")
    }
    let tau2 = fit.heterogeneity.tauSquared ?? 0
    let wi = weights ?? vi.map { 1 / ($0 + tau2) }
    var scaled = design.storage
    for j in 0..<p { for i in 0..<k { scaled[j * k + i] *= wi[i].squareRoot() } }
    // With W^½X = QR the hat value is the squared length of row i of Q.
    let qr = ThinQR(rows: k, columns: p, x: scaled)
    var middle = Matrix(rows: p, columns: p)
    for i in 0..<k {
      let factor = wi[i] * (vi[i] + tau2)
      for a in 0..<p { for b in 0..<p { middle[a, b] += factor * qr.q[a * k + i] * qr.q[b * k + i] } }
    }
    var fitted = [Double](repeating: 0, count: k)
    var hat = fitted
    var standardErrors = fitted
    for i in 0..<k {
      var quadratic = 0.0
      for a in 0..<p {
        fitted[i] += design[i, a] * fit.coefficients[a].value
        hat[i] += qr.q[a * k + i] * qr.q[a * k + i]
        for b in 0..<p { quadratic += qr.q[a * k + i] * middle[a, b] * qr.q[b * k + i] }
      }
      let variance = (vi[i] + tau2) * (1 - 2 * hat[i]) + quadratic / wi[i]
      standardErrors[i] = variance > 1e-12 * (vi[i] + tau2) ? variance.squareRoot() : 0
    }
    let raw = zip(yi, fitted).map { $0 - $1 }
    self.raw = raw
    standardized = zip(raw, standardErrors).map { $1 > 0 ? $0 / $1 : .nan }
    pearson = zip(raw, vi).map { $0 / ($1 + tau2).squareRoot() }
    self.fitted = fitted
    self.hat = hat
    self.standardErrors = standardErrors
  }
}
