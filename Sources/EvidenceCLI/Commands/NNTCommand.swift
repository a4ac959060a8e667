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

  @OptionGroup var absolute: AbsoluteOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let format = try output.chosenFormat(among: ["text", "json", "csv", "svg"])
    var request = try absolute.request(file, command: "nnt", of: pool ? absolute.pooled : absolute.tables)
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
    case "json": try output.write(report.json)
    case "csv": try output.write(report.csv())
    case "svg": try output.write(report.svg())
    default: try output.write(report.text(digits: output.digits))
    }
  }
}
