import ArgumentParser
import EffectSizes
import Engine

/// `evidence nnt`: absolute effects and numbers needed to treat.
struct NNTCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nnt", abstract: "Absolute effects: risk differences, people per 1000, numbers needed to treat.",
    discussion: """
      Examples:
        evidence nnt mbt/suicide-attempts
        evidence nnt trials.csv --map ai=e1,n1i=n1,ci=e2,n2i=n2 --interval miettinen-nurminen
        evidence nnt --or 0.4 --ci 0.2,0.8 --baseline-risk 0.3
        evidence nnt --smd 0.74 --ci 0.4,1.1 --baseline-risk 0.1,0.2,0.3,0.4,0.5 --event good
        evidence nnt --hr 0.75 --ci 0.6,0.95 --baseline-survival 0.8 --horizon '5 years'
        evidence nnt --rr 0.7 --ci 0.55,0.9 --baseline-risk 12/60 --baseline-uncertainty all
        evidence nnt bcg --measure OR --pool --baseline-risk controls:range
        evidence nnt bcg --pool --baseline-risk 0.01:0.2:0.01 --format csv
        evidence nnt bcg --pool -o curve.svg
      An interval that holds no effect passes through infinity: NNTB 12 to ∞ to NNTH 40.
      """)

  @Argument(help: "CSV, JSON or NDJSON file, - for standard input, or a built-in data set.")
  var file: String?

  @Flag(help: "Pool the studies and apply the pooled effect to the baseline risks.")
  var pool = false

  @Option(help: "Interval of one table: newcombe, wald, miettinen-nurminen, agresti-caffo or exact.")
  var interval: String?

  @Flag(help: "Whole numbers in text, rounded up for benefit and down for harm.")
  var whole = false

  @OptionGroup(title: "An effect that is typed") var typed: TypedEffectOptions
  @OptionGroup(title: "Baseline risk") var baseline: BaselineOptions
  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Effect size") var measure: MeasureOptions
  @OptionGroup(title: "Pooling") var pooling: PoolOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let format = try output.chosenFormat(among: ["text", "json", "csv", "svg"])
    var request = NumberNeededRequest(
      source: try AbsoluteSource(
        command: "nnt", file: file, pools: pool, typed: typed, baseline: baseline, data: data, measure: measure,
        pooling: pooling
      ).source())
    request.command = Invocation.text
    try baseline.apply(to: &request, level: measure.level, seed: pooling.seed)
    if whole { request.rounding = .wholePeople }
    if let interval {
      guard case .tables = request.source else {
        throw EvidenceError(.usage, "--interval is for rows of counts; an effect brings its own interval")
      }
      request.interval = interval
    }
    if case .tables = request.source, request.baseline != nil || request.baselineTable != nil {
      throw EvidenceError(
        .usage, "a baseline risk goes with --pool or a typed effect; a table has its own control risk",
        hint: "add --pool")
    }
    let report = try NumberNeededReport(request)
    if output.explain, let studies = report.studies { Output.error(studies.explanation) }
    output.warn(report.warnings, format: format)
    switch format {
    case "json": try Output.write(JSONText.document(report.json), to: output.output)
    case "csv": try Output.write(report.csv(), to: output.output)
    case "svg": try Output.write(Array(try report.svg().utf8), to: output.output)
    default: try Output.write(Array(report.text(digits: output.digits).utf8), to: output.output)
    }
  }
}

/// Where an absolute effect comes from, from the options that `nnt` and `sof` share.
struct AbsoluteSource {
  let command: String
  let file: String?
  let pools: Bool
  let typed: TypedEffectOptions
  let baseline: BaselineOptions
  let data: DataOptions
  let measure: MeasureOptions
  let pooling: PoolOptions

  func source() throws -> NumberNeededRequest.Source {
    let effects = typed.typed
    if effects.count > 1 {
      let names = effects.map { "--" + $0.code.lowercased() }.joined(separator: " and ")
      throw EvidenceError(.usage, "\(names): give one effect")
    }
    guard let effect = effects.first else {
      if typed.ci != nil { throw EvidenceError(.usage, "--ci goes with a typed effect such as --or 0.4") }
      guard let file else {
        throw EvidenceError(
          .usage, "name a file of studies, or type an effect",
          hint: "evidence \(command) --or 0.4 --ci 0.2,0.8 --baseline-risk 0.3")
      }
      let request = try data.request(file)
      if pools { return .pool(try pooling.request(data: request, measure: measure, command: Invocation.text)) }
      if let option = pooling.firstGiven { throw EvidenceError(.usage, "\(option) needs --pool") }
      return .tables(request, measure.request)
    }
    guard file == nil, data.isEmpty, measure.measure == nil, pooling.firstGiven == nil, baseline.estimates == nil else {
      throw EvidenceError(.usage, "an effect is typed: a file and the options that read or pool one have no place")
    }
    let chosen = try RelativeMeasureChoice.measure(
      effect.code, conversion: baseline.conversion, standardDeviation: baseline.standardDeviation,
      hasBaseline: baseline.namesRisks)
    return .effect(try RelativeMeasureChoice.effect(chosen, effect.value, try typed.limits(), level: measure.level))
  }
}

extension DataOptions {
  /// Whether nothing was said about the data.
  var isEmpty: Bool { inputFormat == nil && map == nil && study == nil && condition == nil }
}

extension PoolOptions {
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
