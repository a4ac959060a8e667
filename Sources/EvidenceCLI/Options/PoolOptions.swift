import ArgumentParser
import Engine
import Synthesis

/// How to pool: shared by every command that fits a model on its way.
struct PoolOptions: ParsableArguments {
  @Option(
    help: """
      REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, GENQ, GENQM, DLIT, SJIT, DL2 (two-step DL), EE or FE; from counts MH, \
      PETO, GLMM, LRP (Firth's logistic) or BB (beta-binomial).
      """)
  var method: String?

  @Option(
    help: """
      normal, t, hartung-knapp, hartung-knapp-adhoc, hartung-knapp-iqwig, kenward-roger, henmi-copas, \
      profile-likelihood or profile-likelihood-bartlett.
      """)
  var inference: String?

  @Option(name: .customLong("tau2"), help: "Fix tau² at a value.")
  var fixedTauSquared: Double?

  @Option(
    name: .customLong("tau2-ci"),
    help: """
      Interval for tau²: q-profile, generalized-q, profile-likelihood, wald, wald-log, wald-sqrt, biggerstaff-jackson, \
      jackson, bootstrap-parametric, bootstrap-nonparametric or none.
      """)
  var tauSquaredInterval: String?

  @Option(
    help: """
      Prediction interval: riley (t, k − p − 1 df), t (k − p), normal, hartung-knapp, hartung-knapp-pr, kenward-roger, \
      kenward-roger-pr, bootstrap (Nagashima) or none.
      """)
  var prediction: String?

  @Option(name: .customLong("i2"), help: "Definition of I²: tau2 or q.")
  var iSquared: String?

  @Option(help: ArgumentHelp("Column of user weights.", valueName: "column"))
  var weights: String?

  @Option(
    help: ArgumentHelp(
      "Moderators, such as '~ year + alloc'; also factor(x), relevel(x, \"ref\"), a:b, a*b, I(x^2), poly(x, 2), ns(x, 3), - 1.",
      valueName: "formula"))
  var mods: String?

  @Option(help: ArgumentHelp("Analyse each level of a column and test their differences.", valueName: "column"))
  var subgroup: String?

  @Flag(name: .customLong("common-tau2"), help: "One tau² for all subgroups.")
  var commonTauSquared = false

  @Option(help: ArgumentHelp("Permutation p-values: exact, or a number of draws.", valueName: "exact|N"))
  var permute: String?

  @Option(name: .customLong("seed"), help: "Seed of random numbers (1 unless given).")
  var chosenSeed: UInt64?

  /// The seed, as given or 1.
  var seed: UInt64 { chosenSeed ?? 1 }

  @Option(help: "Number of bootstrap samples (1000 for tau², 5000 for prediction).")
  var replicates: Int?

  @Option(help: "Model of --method GLMM: UM.FS, UM.RS, CM.EL or CM.AL.")
  var glmm: String?

  @Option(
    help: ArgumentHelp("Probability that a new setting lies beyond this value (displayed scale).", valueName: "value"))
  var threshold: Double?

  @Option(name: .customLong("as"), help: "Take a tool's defaults: metafor, meta, revman5, cochrane-2025, stata.")
  var conventions: String?

  /// The request that the options make.
  func request(data: DataRequest, measure: MeasureOptions, command: String) throws -> PoolRequest {
    var request = PoolRequest(data: data)
    request.measure = measure.request
    request.command = command
    if let conventions { try Conventions.named(conventions).apply(to: &request) }
    if let method {
      request.method = try Words.find(method, "--method", PoolMethod.init(code:), PoolMethod.codes)
      request.dropWhatTheMethodLacks()
    }
    if let inference {
      request.inference = try Words.find(
        inference, "--inference", Inference.init(word:), Inference.allCases.map(\.word))
    }
    if let prediction {
      request.prediction = try Words.find(
        prediction, "--prediction", PredictionMethod.init(word:), PredictionMethod.all.map(\.word))
    }
    if let iSquared {
      request.iSquared = try Words.find(
        iSquared, "--i2", ISquaredDefinition.init(rawValue:), ISquaredDefinition.allCases.map(\.word))
    }
    if let tauSquaredInterval, tauSquaredInterval != "none" {
      request.tauSquaredInterval = try Words.find(
        tauSquaredInterval, "--tau2-ci", TauSquaredIntervalMethod.init(word:),
        TauSquaredIntervalMethod.all.map(\.word) + ["none"])
    }
    try setReplicates(&request)
    try refuseWithoutTauSquared(request)
    if let fixedTauSquared, !(fixedTauSquared >= 0 && fixedTauSquared.isFinite) {
      throw EvidenceError(.usage, "--tau2 must be 0 or more, got \(fixedTauSquared)")
    }
    request.fixedTauSquared = fixedTauSquared
    request.weightsColumn = weights
    request.moderators = mods
    request.subgroupColumn = subgroup
    request.commonTauSquared = commonTauSquared
    request.permutation = try permutation()
    request.glmmModel = glmm
    request.threshold = threshold
    return request
  }

  /// Refuses, of the options given, those that the method does not obey.
  private func refuseWithoutTauSquared(_ request: PoolRequest) throws(EvidenceError) {
    if case .inverseVariance = request.method { return }
    let code = request.methodCode
    if let iSquared {
      switch request.method {
      case .mantelHaenszel, .peto:
        guard request.iSquared != .q else { break }
        throw EvidenceError(
          .usage, "--i2 \(iSquared) is not available with --method \(code), which has no tau²", hint: "use --i2 q")
      case .glmm:
        guard request.iSquared != .tauSquared else { break }
        throw EvidenceError(.usage, "--i2 \(iSquared) is not available with --method \(code)", hint: "use --i2 tau2")
      default: throw EvidenceError(.usage, "--method \(code) has no I², so --i2 has no meaning")
      }
    }
    if let prediction, request.prediction != .none {
      throw EvidenceError(
        .usage, "--prediction \(prediction) is not available with --method \(code)",
        hint: "use an inverse-variance method such as REML")
    }
  }

  /// Puts the number of samples and the seed where the request draws.
  private func setReplicates(_ request: inout PoolRequest) throws(EvidenceError) {
    if let replicates, replicates < 100 {
      throw EvidenceError(.usage, "--replicates must be 100 or more, got \(replicates)")
    }
    if !request.setBootstrap(replicates: replicates, seed: seed), replicates != nil {
      throw EvidenceError(
        .usage, "--replicates needs a bootstrap",
        hint: "--tau2-ci bootstrap-parametric or bootstrap-nonparametric, or --prediction bootstrap")
    }
  }

  private func permutation() throws(EvidenceError) -> PermutationRequest? {
    guard let permute else { return nil }
    if permute == "exact" { return PermutationRequest(draws: nil, seed: seed) }
    guard let draws = Int(permute), draws > 0 else {
      throw EvidenceError(.usage, "--permute takes exact or a number of draws, got \(permute)")
    }
    return PermutationRequest(draws: draws, seed: seed)
  }

  /// The first option that was given, which has no place without pooling.
  var firstGiven: String? {
    let given: [(String, Bool)] = [
      ("--method", method != nil), ("--inference", inference != nil), ("--tau2", fixedTauSquared != nil),
      ("--tau2-ci", tauSquaredInterval != nil), ("--prediction", prediction != nil), ("--i2", iSquared != nil),
      ("--weights", weights != nil), ("--mods", mods != nil), ("--subgroup", subgroup != nil),
      ("--common-tau2", commonTauSquared), ("--permute", permute != nil), ("--glmm", glmm != nil),
      ("--replicates", replicates != nil),
      ("--threshold", threshold != nil), ("--as", conventions != nil),
    ]
    return given.first(where: \.1)?.0
  }
}
