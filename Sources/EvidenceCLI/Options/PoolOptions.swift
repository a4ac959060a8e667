import ArgumentParser
import Engine
import Synthesis

/// How to pool: shared by every command that fits a model on its way.
struct PoolOptions: ParsableArguments {
  @Option(help: "REML, DL, HE, HS, HSk, SJ, ML, EB, PM, PMM, GENQ, DLIT, SJIT, EE, FE, MH, PETO or GLMM.")
  var method: String?

  @Option(help: "normal, t, hartung-knapp, hartung-knapp-adhoc, kenward-roger, henmi-copas, …")
  var inference: String?

  @Option(name: .customLong("tau2"), help: "Fix tau² at a value.")
  var fixedTauSquared: Double?

  @Option(
    name: .customLong("tau2-ci"), help: "Interval for tau²: q-profile, generalized-q, profile-likelihood, wald, none.")
  var tauSquaredInterval: String?

  @Option(help: "Prediction interval: riley, t, normal, none, …")
  var prediction: String?

  @Option(name: .customLong("i2"), help: "Definition of I²: tau2 or q.")
  var iSquared: String?

  @Option(help: ArgumentHelp("Column of user weights.", valueName: "column"))
  var weights: String?

  @Option(help: ArgumentHelp("Moderators, such as '~ year + alloc'.", valueName: "formula"))
  var mods: String?

  @Option(help: ArgumentHelp("Analyse each level of a column and test their differences.", valueName: "column"))
  var subgroup: String?

  @Flag(name: .customLong("common-tau2"), help: "One tau² for all subgroups.")
  var commonTauSquared = false

  @Option(help: ArgumentHelp("Permutation p-values: exact, or a number of draws.", valueName: "exact|N"))
  var permute: String?

  @Option(help: "Seed of random numbers.")
  var seed: UInt64 = 1

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
    if let method { request.method = try Words.find(method, "--method", PoolMethod.init(code:), PoolMethod.codes) }
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

  private func permutation() throws(EvidenceError) -> PermutationRequest? {
    guard let permute else { return nil }
    if permute == "exact" { return PermutationRequest(draws: nil, seed: seed) }
    guard let draws = Int(permute), draws > 0 else {
      throw EvidenceError(.usage, "--permute takes exact or a number of draws, got \(permute)")
    }
    return PermutationRequest(draws: draws, seed: seed)
  }
}

/// Words of options.
enum Words {
  /// The value of a word.
  /// - Throws: 64 that lists the words there are.
  static func find<Value>(
    _ word: String, _ option: String, _ make: (String) -> Value?, _ known: [String]
  ) throws(EvidenceError) -> Value {
    if let value = make(word) { return value }
    throw EvidenceError(.usage, "\(option) \(word) is not known", hint: "choose from \(known.joined(separator: ", "))")
  }

  /// The two parts of a text with a comma.
  /// - Throws: 64 when there are not two.
  static func pair(_ text: String, _ option: String) throws(EvidenceError) -> (String, String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { throw EvidenceError(.usage, "\(option) expects two texts with a comma, got \(text)") }
    return (parts[0], parts[1])
  }
}
