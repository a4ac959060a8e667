import NumericCore
import Synthesis

/// A location-scale model as `pool` reports it: the mean's part as a fit, the scale's part beside it.
struct ScaleModel: Sendable {
  let request: ScaleRequest
  let fit: LocationScaleFit

  /// Fits the model of a request whose moderators, if any, are in `design`.
  /// - Throws: 64 for what such models do not have, 65 and 69 as fits do.
  init(_ request: PoolRequest, _ scale: ScaleRequest, _ inputs: PoolAnalysis.Inputs) throws(EvidenceError) {
    let restricted = try ScaleModel.check(request)
    let studies = inputs.studies
    let matrix = inputs.design?.matrix ?? Matrix(rows: studies.count, columns: 1, repeating: 1)
    guard let scaleDesign = inputs.scaleDesign else {
      throw EvidenceError(.usage, "--scale needs a formula", hint: "for example --scale '~ year'")
    }
    let model = LocationScaleModel(
      restricted: restricted, usesT: request.inference == .t, level: request.measure.level, link: scale.link)
    do throws(FitError) {
      fit = try model.fit(
        yi: studies.yi, vi: studies.vi, location: (matrix, inputs.design?.names ?? ["intercept"]),
        scale: (scaleDesign.matrix, scaleDesign.names))
    } catch { throw EvidenceError(error) }
    self.request = scale
  }

  /// Whether the likelihood is the restricted one.
  private static func check(_ request: PoolRequest) throws(EvidenceError) -> Bool {
    let refused: [(String, Bool)] = [
      ("--weights", request.weightsColumn != nil), ("--tau2", request.fixedTauSquared != nil),
      ("--tau2-ci", request.tauSquaredInterval != nil), ("--subgroup", request.subgroupColumn != nil),
      ("--permute", request.permutation != nil), ("--threshold", request.threshold != nil),
    ]
    if let option = refused.first(where: \.1)?.0 {
      throw EvidenceError(.usage, "\(option) is not available with --scale")
    }
    guard [.normal, .t].contains(request.inference) else {
      throw EvidenceError(
        .usage, "--inference \(request.inference.word) is not available with --scale", hint: "choose normal or t")
    }
    switch request.method {
    case .inverseVariance(.random(.reml)): return true
    case .inverseVariance(.random(.maximumLikelihood)): return false
    default:
      throw EvidenceError(
        .usage, "--scale models are fitted with --method REML or ML, not \(request.methodCode)")
    }
  }

  /// The mean's part: coefficients, likelihood, convergence, weights 1/(vᵢ + τᵢ²). There is no single τ².
  func location(_ studies: StudySet) -> Fit {
    var heterogeneity = Heterogeneity(iSquaredMethod: ISquaredDefinition.tauSquared.word)
    heterogeneity.tauSquared = nil
    let weights = zip(studies.vi, fit.tauSquared).map { 1 / ($0 + $1) }
    let total = weights.reduce(0, +)
    var result = Fit(
      effects: fit.locationTerms == ["intercept"] ? "random" : "mixed", method: fit.method,
      inference: fit.location.first?.degreesOfFreedom == nil ? "normal" : "t",
      level: fit.location.first?.interval.level ?? 0.95, k: fit.k, terms: fit.locationTerms,
      coefficients: fit.location, covariance: fit.locationCovariance, heterogeneity: heterogeneity,
      convergence: fit.convergence, weights: weights.map { 100 * $0 / total })
    result.omnibus = fit.locationTest
    result.likelihood = fit.likelihood
    result.notes = fit.notes
    return result
  }
}
