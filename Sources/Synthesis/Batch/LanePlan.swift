/// What a model does about τ², for sets that are solved side by side.
enum LanePlan: Sendable {
  /// Equal or fixed effects: nothing.
  case none
  /// τ² is given.
  case fixed(Double)
  /// A formula in what is known at τ² = 0; cut at 0.
  case closedForm(@Sendable (SetMoments) -> Double)
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

/// What is known of a set at τ² = 0: see `ProfileSums`.
struct SetMoments: Sendable {
  /// Number of studies.
  var k: Int
  var sumW, q, traceP: Double
  /// k − 1.
  var degreesOfFreedom: Double { Double(k - 1) }
}

/// What the results of a set follow from.
struct SetSolution: Sendable {
  /// τ², `nil` for equal and fixed effects.
  var tau2: Double?
  /// Q and tr(P) at τ² = 0.
  var q, traceP: Double
  /// Σw, the generalised Q and the mean at τ².
  var sumW, generalizedQ, mean: Double

  /// From the sums at 0 and at τ².
  init(tau2: Double?, q: Double, traceP: Double, sumW: Double, generalizedQ: Double, mean: Double) {
    self.tau2 = tau2
    self.q = q
    self.traceP = traceP
    self.sumW = sumW
    self.generalizedQ = generalizedQ
    self.mean = mean
  }

  /// The same of a single fit.
  init(_ core: InterceptCore) {
    self.init(
      tau2: core.solution?.value, q: core.atZero.q, traceP: core.atZero.traceP, sumW: core.atTau.sumW,
      generalizedQ: core.atTau.q, mean: core.atTau.mean)
  }
}
