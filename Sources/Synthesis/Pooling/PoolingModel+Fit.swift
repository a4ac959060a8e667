public import NumericCore

extension PoolingModel {
  /// Pools studies without moderators.
  ///
  /// - Parameters:
  ///   - yi: estimates on the analysis scale.
  ///   - vi: their sampling variances, positive.
  ///   - weights: weights to pool with instead of inverse variances; the standard error is then the sandwich form
  ///     √(Σaᵢ²(vᵢ + τ²))/Σaᵢ. GENQ and GENQM take them for τ² too.
  /// - Throws: `noStudies`; `domain` for a value that cannot be; `invalidSpecification`; `notConverged`.
  public func fit(yi: [Double], vi: [Double], weights: [Double]? = nil) throws(FitError) -> Fit {
    var problem = try checkedProblem(yi: yi, vi: vi, weights: weights)
    problem.userWeights = weights
    return try InterceptFit(model: adapted(to: problem), problem: problem).fit()
  }

  /// Fits a mixed-effects regression of the effects on moderators.
  ///
  /// R² compares τ² with that of the same method without moderators (Raudenbush 2009), and exists when the design has an
  /// intercept. The omnibus test takes all coefficients but the intercept: χ² with normal inference, else F with k − p
  /// denominator degrees of freedom.
  /// - Parameters:
  ///   - yi: estimates on the analysis scale.
  ///   - vi: their sampling variances, positive.
  ///   - design: a row per study, a column per coefficient.
  ///   - terms: a name per column; `intercept` for the constant.
  ///   - weights: see the fit without moderators.
  /// - Throws: as there, and `rankDeficient` with the names of columns that are combinations of others, `tooFewStudies`.
  public func fit(
    yi: [Double], vi: [Double], design: Matrix, terms: [String], weights: [Double]? = nil
  ) throws(FitError) -> Fit {
    guard design.rows == yi.count, design.columns == terms.count, design.columns > 0 else {
      throw .invalidSpecification(
        "the design is \(design.rows) × \(design.columns), for \(yi.count) studies and \(terms.count) terms")
    }
    if terms == ["intercept"], design.storage.allSatisfy({ $0 == 1 }) {
      return try fit(yi: yi, vi: vi, weights: weights)
    }
    var problem = try checkedProblem(yi: yi, vi: vi, weights: weights)
    problem.userWeights = weights
    problem.basis = try basis(yi: yi, vi: vi, design: design, terms: terms)
    return try RegressionFit(model: self, problem: problem, design: design, terms: terms).fit()
  }

  /// The problem of studies without moderators, after all checks.
  func checkedProblem(yi: [Double], vi: [Double], weights: [Double]?) throws(FitError) -> PoolingProblem {
    guard yi.count == vi.count else {
      throw .invalidSpecification("yi and vi differ in length: \(yi.count) and \(vi.count)")
    }
    try validate()
    var problem = PoolingProblem()
    try problem.studies.load(checking: yi, vi: vi)
    try validate(weights: weights, count: yi.count)
    problem.yi = yi
    problem.vi = vi
    return problem
  }

  /// Henmi and Copas's method fixes the estimator of τ² to DL.
  private func adapted(to problem: PoolingProblem) -> PoolingModel {
    guard inference == .henmiCopas else { return self }
    var model = self
    model.method = .random(.derSimonianLaird)
    return model
  }

  /// The basis of a design, after all checks.
  func basis(
    yi: [Double], vi: [Double], design: Matrix, terms: [String]
  ) throws(FitError) -> DesignBasis {
    let p = design.columns
    for (e, value) in design.storage.enumerated() where !value.isFinite {
      throw .domain(
        what: "\(terms[e / design.rows]) of study \(e % design.rows + 1)", value: value, expected: "a finite number")
    }
    let needed = method.tauSquared != nil && fixedTauSquared == nil ? p + 1 : p
    guard yi.count >= needed else {
      throw .tooFewStudies(needed: needed, got: yi.count, what: "\(method.code) with \(p) coefficients")
    }
    let qr = ThinQR(rows: design.rows, columns: p, x: design.storage)
    guard qr.dependent.isEmpty else {
      throw .rankDeficient(rank: p - qr.dependent.count, columns: qr.dependent.map { terms[$0] })
    }
    switch inference {
    case .normal, .t, .hartungKnapp, .hartungKnappAdHoc: break
    case .hartungKnappIQWiG, .kenwardRoger, .henmiCopas, .profileLikelihood, .profileLikelihoodBartlett:
      throw .invalidSpecification("\(inference.word) inference is for models without moderators")
    }
    return DesignBasis(yi: yi, vi: vi, qr: qr)
  }
}
