import ArgumentParser
import Engine

/// `evidence check`: the analysis behind a published number.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Find the analyses of the data that print a published result.",
    discussion: """
      Tries measures, rules for empty cells, variance formulas, estimators of tau² with Mantel–Haenszel and Peto, tests, and
      the ways of RevMan, and lists those that print the same digits, the most usual first; else the nearest. What else is
      printed (P, I², tau², Q) has to come out too.

      Examples:
        evidence check mbt/suicide-attempts --published 'RR 0.10 [0.04, 0.30]'
        evidence check trials.csv --published 'OR 0.62 (0.49 to 0.80), I² = 40%' --where 'year >= 1990'
        evidence check means.csv --published 'SMD -0.45 (95% CI -0.80 to -0.10), P = .01' --rounding
        evidence check review.rm5 --analysis 1.2 --published 'RR 0.71 [0.45, 1.10]' --format json
      """)

  @Argument(help: "CSV, JSON or NDJSON file, a review's file, - for standard input, or a built-in data set.")
  var file: String

  @Option(help: ArgumentHelp("The result as printed, such as 'RR 0.10 [0.04, 0.30]'.", valueName: "text"))
  var published: String

  @Option(help: "Only this effect size.") var measure: String?
  @Option(help: "Coverage of the interval, where the text does not say.") var level = 0.95
  @Flag(help: "Try the rounding of the inputs as printed too.") var rounding = false
  @Option(help: "Seed of the points within the rounding.") var seed: UInt64 = 1
  @Flag(help: "Leave with 1 when no analysis prints the digits.") var strict = false

  @OptionGroup var data: DataOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard level > 0, level < 1 else { throw ValidationError("--level must lie between 0 and 1, got \(level)") }
  }

  func run() throws {
    let format = try output.chosenFormat(among: ["text", "json", "csv"])
    var request = CheckRequest(data: try data.request(file), published: published)
    request.measure.code = measure
    request.measure.level = level
    request.roundingSeed = rounding ? seed : nil
    request.command = Invocation.text
    let check = try PublishedCheck(request)
    output.warn(check.warnings, format: format)
    switch format {
    case "json": try output.write(check.json)
    case "csv": try output.write(check.csv())
    default: try output.write(check.text(digits: output.digits))
    }
    if strict, !check.isFound { throw ExitCode(EvidenceError.Code.answerIsNo.rawValue) }
  }
}
