public import EffectSizes
import NumericCore

/// Generalised linear mixed models for two groups: the counts' own likelihoods with normal random effects.
///
/// Groups are coded ±1/2. With θᵢ ~ N(μ, τ²) the studies' log odds (or rate) ratios:
/// - `UM.FS`: binomial (Poisson) arms with linear predictors αᵢ ± θᵢ/2, the αᵢ estimated;
/// - `UM.RS`: the same with αᵢ ~ N(α, σ²), independent of θᵢ, by Laplace's approximation;
/// - `CM.EL`: the exact conditional likelihood given the margins, non-central hypergeometric for odds ratios and
///   binomial for rate ratios;
/// - `CM.AL`: its binomial approximation for rare events (odds ratios).
///
/// The likelihood is integrated by adaptive quadrature whose error is checked, and maximised globally in τ to the last
/// digits; standard errors come from the observed information over all parameters. Tables that tell nothing of the
/// effect (no events, or no non-events, in both groups) are left out. Where the likelihood has no finite maximum (all
/// events in one group, τ² growing without bound) the fit falls back to the common effect of the conditional likelihood
/// with Firth's penalty, and a note says so.
///
/// Sources: Stijnen, Hamza and Özdemir (2010); Turner, Omar, Yang, Goldstein and Thompson (2000); Jackson, Law,
/// Stijnen, Viechtbauer and White (2018); Viechtbauer (2010), `rma.glmm`, for the names.
public struct GLMM: Sendable {
  /// The likelihood and the role of the study effects.
  public enum Model: String, CaseIterable, Sendable {
    /// Unconditional model with fixed study effects.
    case fixedStudies = "UM.FS"
    /// Unconditional model with random study effects.
    case randomStudies = "UM.RS"
    /// Conditional model, exact likelihood.
    case conditionalExact = "CM.EL"
    /// Conditional model, approximate likelihood.
    case conditionalApproximate = "CM.AL"
  }

  /// Which model.
  public var model: Model
  /// Coverage of the interval.
  public var level: Double

  /// A specification.
  public init(model: Model = .fixedStudies, level: Double = 0.95) {
    self.model = model
    self.level = level
  }

  /// Fits log odds ratios. `rows`, the studies' own effect sizes, add I² and H² (τ² against their typical variance).
  ///
  /// Throws `domain` for impossible counts (and counts that are not whole, under CM.EL), `noStudies` without a complete
  /// row, `notEstimable` when no table has information.
  public func fit(_ table: TwoByTwoColumns, rows: EffectColumns? = nil) throws(FitError) -> Fit {
    try checkLevel(level)
    try table.validate()
    let used = (0..<table.count).filter { table.isComplete($0) && table.isInformative($0) }
    try checkUsed(used.count, of: table.completeRows().count { $0 })
    let report = GLMMReport(model: model.rawValue, level: level, rows: rows, used: used, total: table.count)
    let outcome: Result<GLMMFit, MixedModelFailure>
    switch model {
    case .fixedStudies: outcome = report.fit(BinomialPairKernel(table, rows: used))
    case .randomStudies: outcome = report.fitRandomStudies(BinomialPairKernel(table, rows: used))
    case .conditionalExact: outcome = report.fit(try HypergeometricKernel(table, rows: used))
    case .conditionalApproximate: outcome = report.fit(BinomialKernel(approximating: table, rows: used))
    }
    switch outcome {
    case .success(let fit): return try report.report(fit)
    case .failure(let failure):
      // Cells that are not whole have no exact conditional likelihood.
      if let exact = try? HypergeometricKernel(table, rows: used) { return try report.fallBack(exact, failure) }
      return try report.fallBack(BinomialKernel(approximating: table, rows: used), failure)
    }
  }

  /// Fits log incidence rate ratios; `CM.AL` does not exist for them. As `fit(_:rows:)` for tables.
  ///
  /// Throws `domain` for impossible counts or times, `noStudies` without a complete row, `notEstimable` when no study has an
  /// event, `invalidSpecification` for `CM.AL`.
  public func fit(_ data: PersonTimeColumns, rows: EffectColumns? = nil) throws(FitError) -> Fit {
    try checkLevel(level)
    try data.validate()
    let used = (0..<data.count).filter { data.isComplete($0) && data.events1[$0] + data.events2[$0] > 0 }
    try checkUsed(used.count, of: data.completeRows().count { $0 })
    let report = GLMMReport(model: model.rawValue, level: level, rows: rows, used: used, total: data.count)
    let outcome: Result<GLMMFit, MixedModelFailure>
    switch model {
    case .fixedStudies: outcome = report.fit(PoissonPairKernel(data, rows: used))
    case .randomStudies: outcome = report.fitRandomStudies(PoissonPairKernel(data, rows: used))
    case .conditionalExact: outcome = report.fit(BinomialKernel(conditional: data, rows: used))
    case .conditionalApproximate:
      throw .invalidSpecification(
        "the model CM.AL is for odds ratios; for rate ratios the conditional likelihood is exact: use CM.EL")
    }
    switch outcome {
    case .success(let fit): return try report.report(fit)
    case .failure(let failure): return try report.fallBack(BinomialKernel(conditional: data, rows: used), failure)
    }
  }

  private func checkUsed(_ used: Int, of complete: Int) throws(FitError) {
    if complete == 0 { throw .noStudies }
    if used > 0 { return }
    throw .notEstimable(
      what: "the effect in a \(model.rawValue) model (no study has both events and non-events)",
      hint: "pool risk differences, or describe the studies without pooling")
  }
}

/// Generalised linear mixed models for one group: logit-normal proportions and log-normal rates.
///
/// xᵢ ~ Binomial(nᵢ, logistic θᵢ) or xᵢ ~ Poisson(tᵢ exp θᵢ), θᵢ ~ N(μ, τ²). Numerics and fallback as for `GLMM`.
///
/// Source: Hamza, van Houwelingen and Stijnen (2008); Stijnen, Hamza and Özdemir (2010).
public struct OneGroupGLMM: Sendable {
  /// Coverage of the interval.
  public var level: Double

  /// A specification.
  public init(level: Double = 0.95) { self.level = level }

  /// Fits logits of proportions. Throws `domain` for impossible counts, `noStudies` without a complete row.
  public func fit(_ data: ProportionColumns, rows: EffectColumns? = nil) throws(FitError) -> Fit {
    try checkLevel(level)
    try data.validate()
    let used = data.events.indices.filter { !(data.events[$0] + data.total[$0]).isNaN }
    if used.isEmpty { throw .noStudies }
    let kernel = BinomialKernel(
      x: used.map { data.events[$0] }, n: used.map { data.total[$0] }, offset: used.map { _ in 0 })
    return try GLMMReport(model: "binomial-normal", level: level, rows: rows, used: used, total: data.events.count)
      .fitOneGroup(kernel)
  }

  /// Fits logs of rates. Throws `domain` for impossible counts, `noStudies` without a complete row.
  public func fit(_ data: RateColumns, rows: EffectColumns? = nil) throws(FitError) -> Fit {
    try checkLevel(level)
    try data.validate()
    let used = data.events.indices.filter { !(data.events[$0] + data.time[$0]).isNaN }
    if used.isEmpty { throw .noStudies }
    let kernel = PoissonKernel(x: used.map { data.events[$0] }, t: used.map { data.time[$0] })
    return try GLMMReport(model: "Poisson-normal", level: level, rows: rows, used: used, total: data.events.count)
      .fitOneGroup(kernel)
  }
}
