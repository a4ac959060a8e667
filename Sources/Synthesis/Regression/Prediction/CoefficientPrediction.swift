public import NumericCore

/// What a model says of a row of moderators.
public struct CoefficientPrediction: Sendable {
  /// Predicted mean effect with its standard error, confidence interval and test against 0.
  public let estimate: Estimate
  /// Interval for the effect of a new study with these moderators; `nil` where the fit has none.
  public let prediction: Prediction?
}

extension Fit {
  /// Predicts for rows coded like the design of the fit, x'β̂ ± c √(x'Vx), with prediction limits
  /// x'β̂ ± c √(x'Vx + τ²).
  ///
  /// - Parameters:
  ///   - rows: a row per prediction, a column per coefficient; `DesignRecipe.matrix` makes it from moderators.
  ///   - method: how prediction limits are made: `riley`, `t` or `normal`; others give none.
  /// - Throws: `FitError.invalidSpecification` when the columns are not the fit's.
  public func predict(
    _ rows: Matrix, method: PredictionMethod = .riley
  ) throws(FitError) -> [CoefficientPrediction] {
    guard rows.columns == p else {
      throw .invalidSpecification("rows to predict for have \(rows.columns) columns, the model \(p) coefficients")
    }
    let law = try ReferenceLaw(degreesOfFreedom: coefficients.first?.degreesOfFreedom)
    let critical = try law.critical(level: level)
    var predictions: [CoefficientPrediction] = []
    predictions.reserveCapacity(rows.rows)
    for i in 0..<rows.rows {
      let x = (0..<p).map { rows[i, $0] }
      var value = 0.0
      for j in 0..<p { value += x[j] * coefficients[j].value }
      let variance = max(0, bilinear(x, x))
      let estimate = Estimate(
        value: value, standardError: variance.squareRoot(), law: law, critical: critical, level: level)
      predictions.append(
        CoefficientPrediction(
          estimate: estimate, prediction: try prediction(of: value, variance: variance, method: method)))
    }
    return predictions
  }

  /// Limits for a new study, `nil` for equal or fixed effects, a given τ², fewer than one degree of freedom, and
  /// methods that are for pooled effects alone.
  private func prediction(
    of value: Double, variance: Double, method: PredictionMethod
  ) throws(FitError) -> Prediction? {
    guard let tau2 = heterogeneity.tauSquared, heterogeneity.tauSquaredStandardError != nil else { return nil }
    let law = PredictiveLaw(location: value, variance: variance, tau2: tau2)
    switch method {
    case .riley:
      return try law.interval(degreesOfFreedom: Double(k - p - 1), level: level, method: "t, k − p − 1 df (Riley)")
    case .t: return try law.interval(degreesOfFreedom: Double(k - p), level: level, method: "t, k − p df")
    case .normal: return try law.interval(degreesOfFreedom: nil, level: level, method: "normal")
    default: return nil
    }
  }
}
