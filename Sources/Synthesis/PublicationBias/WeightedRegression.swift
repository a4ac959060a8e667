import NumericCore

/// Weighted least squares with a residual variance: weights known up to a factor, t on n − p degrees of freedom.
///
/// β̂ = (X'WX)⁻¹X'Wy, Var β̂ = s²(X'WX)⁻¹, s² = Σwᵢ(yᵢ − xᵢ'β̂)²/(n − p), by a QR factorisation of W^½X.
/// Source: Weisberg (2005), section 5.1.
struct WeightedRegression {
  /// The coefficients with their tests and intervals.
  let coefficients: [Estimate]
  /// n − p.
  let degreesOfFreedom: Double
  /// (X'WX)⁻¹.
  let unscaledCovariance: Matrix

  /// Regresses `y` on the columns of `x`.
  /// - Throws: `tooFewStudies`, `rankDeficient` with the names of the columns.
  init(y: [Double], x: Matrix, terms: [String], weights: [Double], level: Double) throws(FitError) {
    let df = x.rows - x.columns
    guard df > 0 else {
      throw .tooFewStudies(needed: x.columns + 1, got: x.rows, what: "a regression with \(x.columns) coefficients")
    }
    let root = weights.map { $0.squareRoot() }
    var beta = [Double]()
    var inverse = Matrix(rows: 0, columns: 0)
    do {
      let qr = try PivotedQR(x.scalingRows(by: root))
      guard qr.dependentColumns.isEmpty else {
        throw FitError.rankDeficient(rank: qr.rank, columns: qr.dependentColumns.map { terms[$0] })
      }
      beta = try qr.leastSquares(zip(root, y).map { $0 * $1 })
      inverse = try qr.crossProductInverse()
    } catch let error as FitError {
      throw error
    } catch {
      throw .notEstimable(what: "the weighted regression", hint: "look for extreme weights or predictors")
    }
    let fitted = x * beta
    var residual = CompensatedSum()
    for i in y.indices {
      let e = root[i] * (y[i] - fitted[i])
      residual.add(product: e, e)
    }
    let s2 = residual.value / Double(df)
    let law = try ReferenceLaw(degreesOfFreedom: Double(df))
    let critical = try law.critical(level: level)
    coefficients = beta.enumerated().map { j, value in
      Estimate(
        value: value, standardError: (s2 * inverse[j, j]).squareRoot(), law: law, critical: critical, level: level)
    }
    degreesOfFreedom = Double(df)
    unscaledCovariance = inverse
  }

  /// Regresses `y` on a constant and one predictor.
  init(y: [Double], on x: [Double], named name: String, weights: [Double], level: Double) throws(FitError) {
    let ones = [Double](repeating: 1, count: y.count)
    try self.init(
      y: y, x: Matrix(columns: [ones, x]), terms: ["intercept", name], weights: weights, level: level)
  }
}
