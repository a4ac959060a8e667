import NumericCore

/// Refits a model to arrangements of its studies and gives the statistics alone.
///
/// Wald-type inferences without user weights take short cuts that leave out everything but τ² and the statistics; the
/// others go through `PoolingModel.fit`.
struct PermutationRefit: Sendable {
  /// The statistics of one arrangement.
  struct Statistics {
    /// z or t per coefficient.
    var coefficients: [Double]
    /// χ² or F of all coefficients but the intercept.
    var omnibus: Double?
  }

  /// Buffers of one thread.
  struct Workspace {
    /// The studies in the order of the rows of the design, under `yi` and `vi`.
    var problem = PoolingProblem()
    var weights: [Double]?
    var statistics: Statistics
  }

  private let model: PoolingModel
  private let studies: PermutationStudies
  /// The Wald rule of the short cut; `nil` for the long way.
  private let rule: WaldRule?
  private let regression: RegressionStatistics?
  private let observedFit: Statistics

  /// Fits the studies as observed, which checks them, and chooses the way to refit.
  init(model: PoolingModel, studies: PermutationStudies) throws(FitError) {
    var model = model
    model.tauSquaredInterval = nil
    model.prediction = .none
    self.model = model
    self.studies = studies
    let fit: Fit
    if let design = studies.design {
      fit = try model.fit(
        yi: studies.yi, vi: studies.vi, design: design, terms: studies.terms, weights: studies.weights)
    } else {
      fit = try model.fit(yi: studies.yi, vi: studies.vi, weights: studies.weights)
    }
    guard let statistics = Self.statistics(of: fit) else {
      throw .invalidSpecification(
        "\(model.inference.word) inference gives no test of these data to permute; choose another inference")
    }
    observedFit = statistics
    var regression = studies.design.map { RegressionStatistics(design: $0, terms: studies.terms) }
    var rule = model.inference.waldRule
    // Weights, and the convention that centres effects when no constant is in the model, go the long way.
    let centred = model.originWithoutIntercept == .centred && regression?.spansConstant == false
    if studies.weights != nil || model.method.tauSquared?.needsWeights == true || centred { rule = nil }
    if rule == nil { regression = nil }
    self.rule = rule
    self.regression = regression
  }

  func workspace() -> Workspace {
    var problem = PoolingProblem()
    problem.yi = studies.yi
    problem.vi = studies.vi
    return Workspace(
      problem: problem, weights: studies.weights, statistics: Statistics(coefficients: [], omnibus: nil))
  }

  /// The statistics of the data as observed.
  func observedStatistics(_ workspace: inout Workspace) -> Statistics {
    // The short cut is compared with itself, so that rounding cannot part the observed arrangement from its equals.
    rule != nil && shortStatistics(&workspace) ? workspace.statistics : observedFit
  }

  /// Puts the statistics of an arrangement into the workspace; false when the model cannot be fitted to it.
  func statistics(_ cursor: borrowing ArrangementCursor, _ workspace: inout Workspace) -> Bool {
    if studies.design == nil {
      for i in studies.yi.indices { workspace.problem.yi[i] = cursor.signs[i] * studies.yi[i] }
    } else {
      for i in studies.yi.indices {
        let row = cursor.rows[i]
        workspace.problem.yi[row] = studies.yi[i]
        workspace.problem.vi[row] = studies.vi[i]
        if let weights = studies.weights { workspace.weights?[row] = weights[i] }
      }
    }
    if rule != nil { return shortStatistics(&workspace) }
    guard let fit = try? fullFit(workspace), let statistics = Self.statistics(of: fit) else { return false }
    workspace.statistics = statistics
    return true
  }

  // MARK: The long way

  private func fullFit(_ workspace: borrowing Workspace) throws(FitError) -> Fit {
    if let design = studies.design {
      return try model.fit(
        yi: workspace.problem.yi, vi: workspace.problem.vi, design: design, terms: studies.terms,
        weights: workspace.weights)
    }
    return try model.fit(yi: workspace.problem.yi, vi: workspace.problem.vi, weights: workspace.weights)
  }

  private static func statistics(of fit: Fit) -> Statistics? {
    let values = fit.coefficients.compactMap(\.statistic)
    guard values.count == fit.p else { return nil }
    return Statistics(coefficients: values, omnibus: fit.omnibus?.statistic)
  }

  // MARK: The short cut

  private func shortStatistics(_ workspace: inout Workspace) -> Bool {
    guard let rule else { return false }
    workspace.problem.yi.withUnsafeBufferPointer { y in
      workspace.problem.vi.withUnsafeBufferPointer { v in workspace.problem.studies.load(yi: y, vi: v) }
    }
    if let regression {
      workspace.problem.basis = DesignBasis(yi: workspace.problem.yi, vi: workspace.problem.vi, qr: regression.qr)
    }
    guard let solution = try? model.tauSquaredSolution(workspace.problem) else {
      return model.method.tauSquared == nil && finish(tau2: 0, rule: rule, &workspace)
    }
    return finish(tau2: solution.value, rule: rule, &workspace)
  }

  private func finish(tau2: Double, rule: WaldRule, _ workspace: inout Workspace) -> Bool {
    let df = Double(max(workspace.problem.k - workspace.problem.p, 1))
    if let regression {
      guard
        let found = regression.statistics(yi: workspace.problem.yi, vi: workspace.problem.vi, tau2: tau2, rule: rule)
      else {
        return false
      }
      workspace.statistics = found
      return true
    }
    let sums = workspace.problem.sums(at: tau2)
    let scale = workspace.problem.k == 1 ? 1 : rule.scale(q: sums.q, degreesOfFreedom: df)
    let statistic = sums.mean * (sums.sumW / scale).squareRoot()
    workspace.statistics.coefficients = [statistic]
    return statistic.isFinite
  }
}
