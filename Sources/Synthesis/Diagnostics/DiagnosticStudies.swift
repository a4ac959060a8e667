public import NumericCore

/// The studies of a fit with all that refitting parts of them needs.
public struct DiagnosticStudies: Sendable {
  /// Estimates and sampling variances.
  public let yi, vi: [Double]
  /// A row per study and a column per coefficient; `nil` for a model without moderators.
  public let design: Matrix?
  /// Names of the coefficients.
  public let terms: [String]
  /// Weights given by the user.
  public let weights: [Double]?

  /// Studies from their columns.
  public init(
    yi: [Double], vi: [Double], design: Matrix? = nil, terms: [String] = ["intercept"], weights: [Double]? = nil
  ) {
    self.yi = yi
    self.vi = vi
    self.design = design
    self.terms = terms
    self.weights = weights
  }

  /// Number of studies.
  public var count: Int { yi.count }
  /// Number of coefficients.
  public var coefficientCount: Int { design?.columns ?? 1 }

  /// Some of the studies, in the order given.
  public func selecting(_ rows: [Int]) -> DiagnosticStudies {
    DiagnosticStudies(
      yi: rows.map { yi[$0] }, vi: rows.map { vi[$0] }, design: design?.selecting(rows: rows), terms: terms,
      weights: weights.map { all in rows.map { all[$0] } })
  }

  /// All studies but one.
  public func without(_ study: Int) -> DiagnosticStudies {
    selecting(yi.indices.filter { $0 != study })
  }

  /// The moderators of a study; 1 for a model without.
  func moderators(_ study: Int) -> [Double] { design?.row(study) ?? [1] }

  /// The design, a column of ones for a model without moderators.
  var fullDesign: Matrix { design ?? Matrix(rows: count, columns: 1, repeating: 1) }
}

extension PoolingModel {
  /// The fit of studies with or without moderators.
  func fit(_ studies: DiagnosticStudies) throws(FitError) -> Fit {
    guard let design = studies.design else {
      return try fit(yi: studies.yi, vi: studies.vi, weights: studies.weights)
    }
    return try fit(
      yi: studies.yi, vi: studies.vi, design: design, terms: studies.terms, weights: studies.weights)
  }

  /// The problem of studies with or without moderators, after all checks.
  func problem(_ studies: DiagnosticStudies) throws(FitError) -> PoolingProblem {
    var problem = try checkedProblem(yi: studies.yi, vi: studies.vi, weights: studies.weights)
    problem.userWeights = studies.weights
    if let design = studies.design {
      problem.basis = try basis(yi: studies.yi, vi: studies.vi, design: design, terms: studies.terms)
    }
    return problem
  }

  /// The specification without the intervals that refits have no use for.
  var withoutIntervals: PoolingModel {
    var model = self
    model.tauSquaredInterval = nil
    model.prediction = .none
    return model
  }
}
