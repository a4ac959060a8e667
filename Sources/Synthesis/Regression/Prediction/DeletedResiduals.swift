public import NumericCore

/// What a study's effect is when compared with a fit to all other studies.
public struct DeletedResidual: Sendable {
  /// yᵢ less the prediction of the model fitted without study i.
  public let residual: Double
  /// Its standard error √(s²₍ᵢ₎(vᵢ + τ²₍ᵢ₎) + xᵢ'V₍ᵢ₎xᵢ), s² being the factor that Hartung–Knapp inference puts on
  /// variances, 1 for others.
  public let standardError: Double
  /// The externally studentised residual.
  public var studentized: Double { residual / standardError }
}

extension PoolingModel {
  /// Deleted residuals of every study: the model is fitted k times, each without one study.
  ///
  /// The element is `nil` when the model cannot be fitted without that study (it alone carries a coefficient, say).
  /// Source: Viechtbauer and Cheung (2010), Research Synthesis Methods 1, 112–125, equation 8.
  public func deletedResiduals(
    yi: [Double], vi: [Double], design: Matrix, terms: [String], weights: [Double]? = nil
  ) -> [DeletedResidual?] {
    var model = self
    model.tauSquaredInterval = nil
    model.prediction = .none
    return yi.indices.map { study in
      let rest = yi.indices.filter { $0 != study }
      var others = Matrix(rows: rest.count, columns: design.columns)
      for j in 0..<design.columns { for (row, i) in rest.enumerated() { others[row, j] = design[i, j] } }
      guard
        let fit = try? model.fit(
          yi: rest.map { yi[$0] }, vi: rest.map { vi[$0] }, design: others, terms: terms,
          weights: weights.map { all in rest.map { all[$0] } })
      else { return nil }
      let x = (0..<design.columns).map { design[study, $0] }
      let predicted = zip(x, fit.coefficients).reduce(0) { $0 + $1.0 * $1.1.value }
      let total = vi[study] + (fit.heterogeneity.tauSquared ?? 0)
      let variance = total * (fit.varianceScale ?? 1) + fit.bilinear(x, x)
      return DeletedResidual(residual: yi[study] - predicted, standardError: variance.squareRoot())
    }
  }
}
