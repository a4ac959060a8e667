import NumericCore

/// What a model does about τ², for sets that are solved side by side.
enum LanePlan: Sendable {
  /// Equal or fixed effects: nothing.
  case none
  /// τ² is given.
  case fixed(Double)
  /// A formula in what is known at τ² = 0; cut at 0.
  case closedForm(@Sendable (SetMoments) -> LaneBlock.Vector)
  /// Q(τ²) = k − 1.
  case pauleMandel
  /// The highest maximum of a likelihood.
  case likelihood(Likelihood)

  /// The plan of a model; `nil` when its estimator does not go side by side.
  init?(_ model: PoolingModel) {
    guard let estimator = model.method.tauSquared else {
      self = .none
      return
    }
    if let tau2 = model.fixedTauSquared {
      self = .fixed(tau2)
      return
    }
    guard let plan = estimator.lanes else { return nil }
    self = plan
  }
}

/// What is known of the sets of a block at τ² = 0: see `ProfileSums`.
struct SetMoments: Sendable {
  /// k − 1, k being the number of studies.
  var degreesOfFreedom: LaneBlock.Vector
  var sumW, q, traceP: LaneBlock.Vector
  /// Number of studies.
  var k: LaneBlock.Vector { degreesOfFreedom + 1 }
}

/// What the results of a set follow from, or of several side by side.
struct SetSolution<V: Lanes> {
  /// τ², `nil` for equal and fixed effects.
  var tau2: V?
  /// Q and tr(P) at τ² = 0.
  var q, traceP: V
  /// Σw, the generalised Q and the mean at τ².
  var sumW, generalizedQ, mean: V
}

extension SetSolution<Double> {
  /// The same of a single fit.
  init(_ core: InterceptCore) {
    self.init(
      tau2: core.solution?.value, q: core.atZero.q, traceP: core.atZero.traceP, sumW: core.atTau.sumW,
      generalizedQ: core.atTau.q, mean: core.atTau.mean)
  }
}

extension SetSolution<LaneBlock.Vector> {
  /// The solution of the set in a lane.
  subscript(lane: Int) -> SetSolution<Double> {
    SetSolution<Double>(
      tau2: tau2?[lane], q: q[lane], traceP: traceP[lane], sumW: sumW[lane], generalizedQ: generalizedQ[lane],
      mean: mean[lane])
  }
}
