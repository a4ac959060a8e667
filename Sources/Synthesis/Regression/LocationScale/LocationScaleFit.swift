public import NumericCore

/// A fitted location-scale model.
public struct LocationScaleFit: Sendable {
  /// REML or ML.
  public let method: String
  /// Number of studies.
  public let k: Int
  /// Names of the coefficients of the mean and of log τ² (or τ²).
  public let locationTerms, scaleTerms: [String]
  /// Coefficients of the mean, β.
  public let location: [Estimate]
  /// Coefficients of log τ² (or τ²), α.
  public let scale: [Estimate]
  /// Covariance matrices of β̂ and α̂.
  public let locationCovariance, scaleCovariance: Matrix
  /// Test of all coefficients of the mean but the intercept; `nil` without moderators.
  public let locationTest: OmnibusTest?
  /// Test of all coefficients of the scale but the intercept; `nil` without moderators.
  public let scaleTest: OmnibusTest?
  /// τᵢ² of every study.
  public let tauSquared: [Double]
  /// Likelihood with full constants, and the information criteria, counting p + q parameters.
  public let likelihood: LikelihoodStatistics
  /// How the maximum was found.
  public let convergence: Convergence
  /// What a careful statistician would add.
  public let notes: [Note]

  init(
    model: LocationScaleModel, problem: LocationScaleProblem, maximum: LocationScaleSearch.Maximum
  ) throws(FitError) {
    let point = maximum.point
    method = model.restricted ? "REML" : "ML"
    k = problem.k
    locationTerms = problem.locationTerms
    scaleTerms = problem.scaleTerms
    let basis = maximum.isAtBoundary ? nil : CorrelationFactor(packed: point.observed, size: problem.q)
    guard basis != nil || maximum.isAtBoundary else {
      throw .notEstimable(what: "standard errors of the scale", hint: "the likelihood is flat; use fewer moderators")
    }
    let beta = problem.x.solve(point.gamma)
    let alpha = problem.z.solve(point.a.map { $0 * problem.scaleFactor })
    let scaleBasis =
      basis?.inverse(size: problem.q) ?? Matrix(rows: problem.q, columns: problem.q, repeating: .nan)
    locationCovariance = problem.x.sandwich(point.factor.inverse)
    scaleCovariance = problem.z.sandwich(
      Matrix(
        rows: problem.q, columns: problem.q,
        storage: scaleBasis.storage.map { $0 * problem.scaleFactor * problem.scaleFactor }))
    let locationDF = model.usesT ? Double(problem.k - problem.p) : nil
    let scaleDF = model.usesT ? Double(problem.k - problem.q) : nil
    location = try Self.rows(beta, locationCovariance, degreesOfFreedom: locationDF, level: model.level)
    scale = try Self.rows(alpha, scaleCovariance, degreesOfFreedom: scaleDF, level: model.level)
    locationTest = try Self.test(
      beta, locationCovariance, terms: problem.locationTerms, degreesOfFreedom: locationDF)
    scaleTest =
      basis == nil
      ? nil : try Self.test(alpha, scaleCovariance, terms: problem.scaleTerms, degreesOfFreedom: scaleDF)
    tauSquared = problem.tauSquared(point.a)
    likelihood = Self.likelihood(point.logLikelihood, problem: problem)
    convergence = maximum.convergence
    notes = Self.notes(maximum)
  }

  private static func notes(_ maximum: LocationScaleSearch.Maximum) -> [Note] {
    var notes: [Note] = []
    if maximum.severalMaxima {
      notes.append(
        Note(
          code: "several-maxima",
          message: "The likelihood of the scale coefficients has several maxima; the highest one found is reported."))
    }
    if maximum.isAtBoundary {
      notes.append(
        Note(
          code: "scale-at-boundary",
          message:
            "The likelihood is highest where tau² is 0 in some setting, so the coefficients of tau² have no standard "
            + "errors; the log link keeps tau² above 0."))
    }
    return notes
  }

  private static func rows(
    _ values: [Double], _ covariance: Matrix, degreesOfFreedom: Double?, level: Double
  ) throws(FitError) -> [Estimate] {
    let law = try ReferenceLaw(degreesOfFreedom: degreesOfFreedom)
    let critical = try law.critical(level: level)
    return values.indices.map {
      Estimate(
        value: values[$0], standardError: covariance[$0, $0].squareRoot(), law: law, critical: critical, level: level)
    }
  }

  private static func test(
    _ values: [Double], _ covariance: Matrix, terms: [String], degreesOfFreedom: Double?
  ) throws(FitError) -> OmnibusTest? {
    let tested = terms.count == 1 && terms[0] != "intercept" ? [0] : terms.indices.filter { terms[$0] != "intercept" }
    guard !tested.isEmpty else { return nil }
    var packed: [Double] = []
    for (row, i) in tested.enumerated() { for j in tested[...row] { packed.append(covariance[i, j]) } }
    guard let factor = CorrelationFactor(packed: packed, size: tested.count) else { return nil }
    return try OmnibusTest.wald(
      factor.quadraticForm(tested.map { values[$0] }), m: tested.count, denominator: degreesOfFreedom)
  }

  /// Criteria as for other models: n = k (ML) or k − p (REML).
  private static func likelihood(_ value: Double, problem: LocationScaleProblem) -> LikelihoodStatistics {
    let m = Double(problem.p + problem.q)
    let n = Double(problem.restricted ? problem.k - problem.p : problem.k)
    let corrected = max(n, m + 2)
    var saturated = 0.0
    for v in problem.vi { saturated -= 0.5 * (1.8378770664093453 + log(v)) }
    return LikelihoodStatistics(
      logLikelihood: value, deviance: -2 * (problem.restricted ? value : value - saturated), aic: -2 * value + 2 * m,
      bic: -2 * value + m * log(n), aicc: -2 * value + 2 * m * corrected / (corrected - m - 1),
      restricted: problem.restricted)
  }
}
