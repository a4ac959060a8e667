import ArgumentParser
import EffectSizes
import Engine

/// Baseline risks, and how an effect is applied to them.
struct BaselineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Risks without treatment: 0.2, a list, counts 12/60, an interval 0.1-0.3, a grid 0.05:0.5:0.05, controls, controls:range, controls:total, controls:pooled.",
      valueName: "list"))
  var baselineRisk: String?

  @Option(help: ArgumentHelp("Survival without treatment instead, in the same forms.", valueName: "list"))
  var baselineSurvival: String?

  @Option(
    help: ArgumentHelp(
      "Table of groups (events xi, sizes ni) whose risks `controls` stands for; their mixed model by default.",
      valueName: "file"))
  var baselineTable: String?

  @Option(
    help: ArgumentHelp(
      "What estimates computed elsewhere (GEN) are: SMD, OR (as log odds ratios), …", valueName: "measure"))
  var estimates: String?

  @Option(help: "Events per unit of time without treatment; the risk follows by --horizon.")
  var baselineRate: Double?

  @Option(help: "The time that the baseline risk is for; moved to --horizon at a constant hazard.")
  var baselineTime: Double?

  @Option(help: "The time by which risks are counted; with --baseline-time or --baseline-rate a number, else words.")
  var horizon: String?

  @Option(help: "Whether the event is wanted: bad or good. A built-in data set knows its own; bad otherwise.")
  var event: String?

  @Option(help: "How the baseline risk's own uncertainty is carried: mover, delta, monte-carlo, fixed or all.")
  var baselineUncertainty: String?

  @Option(help: "Draws of the Monte-Carlo interval.")
  var draws: Int?

  @Option(
    help: "From a standardised difference or an AUC to a risk: furukawa-leucht, hasselblad-hedges or kraemer-kupfer.")
  var conversion: String?

  @Option(name: .customLong("sd"), help: "Standard deviation of people, for a mean difference.")
  var standardDeviation: Double?

  @Option(
    name: .customLong("mid"),
    help: "Minimal important difference: the baseline risk is the share of controls beyond it.")
  var minimalDifference: Double?

  @Option(help: "Mean change of the controls, with --mid.")
  var controlMean: Double?

  /// Whether any option names baseline risks.
  var namesRisks: Bool {
    baselineRisk != nil || baselineSurvival != nil || baselineRate != nil || baselineTable != nil
      || minimalDifference != nil
  }

  /// Puts the options into a request.
  func apply(to request: inout NumberNeededRequest, level: Double, seed: UInt64) throws(EvidenceError) {
    if let event {
      request.event = try Words.find(event, "--event", EventKind.init(rawValue:), EventKind.allCases.map(\.rawValue))
    }
    request.conversion = conversion
    request.standardDeviation = standardDeviation
    request.horizon = horizon
    request.estimates = estimates
    request.baselineTable = baselineTable.map { DataRequest(input: $0) }
    request.baseline = try baseline(level: level)
    if let word = baselineUncertainty, word != "all" {
      request.carrying = try Words.find(
        word, "--baseline-uncertainty", BaselineCarrying.named, BaselineCarrying.all.map(\.code) + ["all"])
    }
    request.showsEveryWay = baselineUncertainty == "all"
    if let draws, draws < 1000 { throw EvidenceError(.usage, "--draws must be 1000 or more, got \(draws)") }
    request.draws = MonteCarloDraws(count: draws ?? 100_000, seed: seed)
  }

  private func baseline(level: Double) throws(EvidenceError) -> BaselineRequest? {
    let given = [
      ("--baseline-risk", baselineRisk != nil), ("--baseline-survival", baselineSurvival != nil),
      ("--baseline-rate", baselineRate != nil), ("--mid", minimalDifference != nil),
    ].filter(\.1).map(\.0)
    if given.count > 1 {
      throw EvidenceError(
        .usage, "\(given.joined(separator: " and ")) say the same thing twice", hint: "give one of them")
    }
    if controlMean != nil, minimalDifference == nil { throw EvidenceError(.usage, "--control-mean goes with --mid") }
    if let baselineRate { return try fromRate(baselineRate) }
    if let minimalDifference { return try fromThreshold(minimalDifference) }
    guard let text = baselineRisk ?? baselineSurvival else {
      if baselineTime != nil { throw EvidenceError(.usage, "--baseline-time goes with --baseline-risk") }
      return nil
    }
    let parsed = try BaselineRequest(parsing: text, level: level, areSurvivals: baselineSurvival != nil)
    guard let baselineTime else { return parsed }
    return try parsed.rescaled(from: baselineTime, to: horizonTime("--baseline-time"))
  }

  private func fromRate(_ rate: Double) throws(EvidenceError) -> BaselineRequest {
    if baselineTime != nil { throw EvidenceError(.usage, "--baseline-time goes with --baseline-risk, not with a rate") }
    return try .rate(rate, time: try horizonTime("--baseline-rate"))
  }

  private func fromThreshold(_ threshold: Double) throws(EvidenceError) -> BaselineRequest {
    guard let standardDeviation else {
      throw EvidenceError(.usage, "--mid needs --sd, the standard deviation of people")
    }
    return try .beyond(threshold: threshold, mean: controlMean ?? 0, standardDeviation: standardDeviation)
  }

  private func horizonTime(_ option: String) throws(EvidenceError) -> Double {
    guard let horizon, let time = Double(horizon) else {
      throw EvidenceError(.usage, "\(option) needs --horizon, a number in the same unit of time")
    }
    return time
  }
}
