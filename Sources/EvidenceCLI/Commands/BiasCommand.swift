import ArgumentParser
import Engine
import Synthesis

/// `evidence bias`: small-study effects, selection, sensitivity.
struct BiasCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bias", abstract: "Publication bias: funnel asymmetry, trim and fill, selection models, fail-safe N.",
    discussion: """
      Without any of the method options, or with --all, a one-page report.

      Examples:
        evidence bias bcg
        evidence bias trials.csv --measure OR --tests harbord,peters
        evidence bias bcg --tests egger --model lm --predictor sqrtninv
        evidence bias estimates.csv --trim-and-fill R0 --side left
        evidence bias bcg --lfk
        evidence bias estimates.csv --selection stepfun --steps 0.025,0.5
        evidence bias estimates.csv --selection beta --steps 0.025,0.975 --alternative less
        evidence bias estimates.csv --fail-safe rosenthal,general --format json
        evidence bias estimates.csv --copas --side left
        evidence bias bcg --worst-case --e-value --fragility
        evidence bias estimates.csv --p-uniform --p-curve --alternative less
        evidence bias estimates.csv --zcurve --seed 7
        evidence bias bcg --unreported 1,2,5
        evidence bias trials.csv --measure RR --missing lost1,lost2 --assume 0,1,pc --imor 2,0.5
      """)

  @Argument(help: "CSV, JSON or NDJSON file, - for standard input, or a built-in data set.")
  var file: String

  @OptionGroup var analysis: AnalysisOptions
  @OptionGroup var methods: BiasOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let format = try output.chosenFormat(among: ["text", "json"])
    var request = try methods.request(analysis.request(file))
    request.seed = analysis.pooling.seed
    let bias = try BiasAnalysis(request)
    if output.explain { Output.error(bias.studies.explanation) }
    output.warn(bias.warnings, format: format)
    switch format {
    case "json": try output.write(bias.json)
    default: try output.write(bias.text(digits: output.digits))
    }
  }
}

/// Which methods for publication bias to run.
struct BiasOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Tests for small-study effects: \(SmallStudyTest.all.map(\.name).joined(separator: ", ")).", valueName: "list"))
  var tests: String?

  @Option(help: "Model of Egger's test: rma (mixed effects) or lm (least squares).")
  var model = "rma"

  @Option(help: "Predictor of Egger's test: sei, vi, ni, ninv, sqrtni or sqrtninv.")
  var predictor = "sei"

  @Flag(name: .customLong("lfk"), help: "Doi plot and its LFK index of asymmetry.")
  var lfkIndex = false

  @Option(help: "Trim and fill with the estimator L0, R0 or Q0.")
  var trimAndFill: String?

  @Option(help: "Side where studies are missing: left or right; found from the data otherwise.")
  var side: String?

  @Option(
    help: ArgumentHelp(
      "Fail-safe numbers: \(FailSafe.all.map(\.name).joined(separator: ", ")).", valueName: "list"))
  var failSafe: String?

  @Option(help: "Selection model: \(SelectionModel.Form.names.joined(separator: ", ")).")
  var selection: String?

  @Option(
    help: ArgumentHelp(
      "Steps of stepfun, p-values between 0 and 1; 0.025 (two-sided 0.05). Two truncate beta.", valueName: "list"))
  var steps: String?

  @Option(help: "P-value that decides on selection: greater (the default), less or two-sided.")
  var alternative: String?

  @Flag(help: "Test of excess significance.")
  var excessSignificance = false

  @Flag(help: "Precision-effect estimates.")
  var petPeese = false

  @Flag(help: "Limit meta-analysis.")
  var limit = false

  @OptionGroup var sensitivity: SensitivityOptions

  @Flag(help: "The one-page report: all that can be done, the rest as warnings.")
  var all = false

  /// The request that the options make.
  func request(_ pool: PoolRequest) throws -> BiasRequest {
    var request = BiasRequest(pool: pool)
    for word in Words.list(tests) {
      request.tests.append(
        try Words.find(word, "--tests", SmallStudyTest.init(word:), SmallStudyTest.all.map(\.name)))
    }
    request.options.model = try BiasOptions.choice(model, "--model")
    request.options.predictor = try BiasOptions.choice(predictor, "--predictor")
    request.lfkIndex = lfkIndex
    if let trimAndFill { request.trimAndFill = try BiasOptions.choice(trimAndFill, "--trim-and-fill") }
    if let side { request.side = try BiasOptions.choice(side, "--side") }
    for word in Words.list(failSafe) {
      request.failSafe.append(try Words.find(word, "--fail-safe", FailSafe.init(word:), FailSafe.all.map(\.name)))
    }
    request.alternative = try BiasOptions.choice(alternative ?? "greater", "--alternative")
    request.hasChosenAlternative = alternative != nil
    request.selection = try form(request.alternative)
    request.excessSignificance = excessSignificance
    request.petPeese = petPeese
    request.limit = limit
    try sensitivity.apply(to: &request)
    if all || request.isEmpty { request.askForReport() }
    return request
  }

  private func form(_ alternative: SelectionAlternative) throws(EvidenceError) -> SelectionModel.Form? {
    let values = try stepValues()
    guard let selection else {
      if values != nil { throw EvidenceError(.usage, "--steps is for --selection stepfun or beta") }
      return nil
    }
    if selection.lowercased() == "stepfun" { return .steps(values ?? [alternative.usualStep]) }
    let function = try Words.find(
      selection, "--selection", { word in SelectionFunction.all.first { $0.name == word.lowercased() } },
      SelectionModel.Form.names)
    guard let values else { return .smooth(function) }
    guard function.name == "beta", values.count == 2,
      let truncated = try? SelectionFunction.truncatedBeta(values[0], values[1])
    else {
      throw EvidenceError(
        .usage,
        "--steps is for --selection stepfun, or two p-values that beta is truncated at, not for \(function.name)")
    }
    return .smooth(truncated)
  }

  private func stepValues() throws(EvidenceError) -> [Double]? {
    guard let steps else { return nil }
    var values = [Double]()
    for word in Words.list(steps) {
      guard let value = Double(word), value > 0, value < 1 else {
        throw EvidenceError(.usage, "--steps takes p-values between 0 and 1, got \(word)")
      }
      values.append(value)
    }
    guard !values.isEmpty else { throw EvidenceError(.usage, "--steps takes a list of p-values, got none") }
    return Set(values).sorted()
  }

  /// The case of an enumeration that a word names, whatever its letter case.
  private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ word: String, _ option: String
  ) throws(EvidenceError) -> Choice {
    try Words.find(
      word, option, { wanted in Choice.allCases.first { $0.rawValue.lowercased() == wanted.lowercased() } },
      Choice.allCases.map(\.rawValue))
  }
}
