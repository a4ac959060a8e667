public import Synthesis

/// What is asked of a model beside its fit: hypotheses, blocks, a smaller model, predictions, residuals.
public struct ModelQuestions: Sendable {
  /// Linear hypotheses about the coefficients, such as `alloc[random] - alloc[systematic] = 0`.
  public var contrasts: [String] = []
  /// Adjustment of p-values for their number: of the contrasts where there are any, else of the moderators.
  public var adjustment: MultiplicityAdjustment?
  /// Sets of coefficients to test together: terms, coefficients or numbers, with commas between them.
  public var blocks: [String] = []
  /// Formula of a smaller model to compare with.
  public var reducedFormula: String?
  /// Whether variance inflation is asked for.
  public var varianceInflation = false
  /// Whether residuals and hat values are asked for.
  public var residuals = false
  /// Settings to predict for, such as `ablat=33,alloc=random`.
  public var settings: [String] = []
  /// A file of settings to predict for.
  public var settingsFile: String?

  /// Nothing asked.
  public init() {}

  /// The first option among those that need moderators.
  private var needingModerators: String? {
    if !blocks.isEmpty { return "--btt" }
    if reducedFormula != nil { return "--compare-to" }
    if varianceInflation { return "--vif" }
    if !settings.isEmpty { return "--at" }
    if settingsFile != nil { return "--predict" }
    return adjustment != nil && contrasts.isEmpty ? "--adjust" : nil
  }

  /// The first option that asks for a test.
  private var test: String? {
    if !contrasts.isEmpty { return "--contrast" }
    if !blocks.isEmpty { return "--btt" }
    if adjustment != nil { return "--adjust" }
    return reducedFormula == nil ? nil : "--compare-to"
  }

  /// The first option of any kind; `nil` when nothing is asked.
  public var option: String? { test ?? needingModerators ?? (residuals ? "--residuals" : nil) }

  /// Refuses questions that the model of a request cannot answer.
  /// - Throws: 64 that names the option and what it needs.
  func check(_ request: PoolRequest) throws(EvidenceError) {
    guard let option else { return }
    guard case .inverseVariance = request.method else {
      throw EvidenceError(
        .usage, "\(option) is not available with --method \(request.methodCode)",
        hint: "use an inverse-variance method such as REML")
    }
    if request.subgroupColumn != nil {
      throw EvidenceError(
        .usage, "\(option) is not available with --subgroup", hint: "put the grouping column among --mods")
    }
    if let needing = needingModerators, request.moderators == nil {
      throw EvidenceError(.usage, "\(needing) needs --mods", hint: "for example --mods '~ year + alloc'")
    }
    if let test, request.permutation != nil {
      throw EvidenceError(.usage, "\(test) does not go together with --permute, whose p-values are of other tests")
    }
    if request.scale != nil {
      if reducedFormula != nil { throw EvidenceError(.usage, "--compare-to is not available with --scale") }
      if residuals { throw EvidenceError(.usage, "--residuals is not available with --scale") }
    }
  }
}

/// Moderators of the between-study variance.
public struct ScaleRequest: Sendable {
  /// Formula of the moderators.
  public var formula: String
  /// What is linear in them: log τ² or τ².
  public var link: LocationScaleModel.Link

  /// A scale part of a model.
  public init(formula: String, link: LocationScaleModel.Link = .log) {
    self.formula = formula
    self.link = link
  }
}
