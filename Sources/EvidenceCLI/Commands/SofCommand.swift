import ArgumentParser
import EffectSizes
import Engine

/// `evidence sof`: a summary-of-findings row.
struct SofCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sof", abstract: "A summary-of-findings row: relative effect, and risks with and without treatment.",
    discussion: """
      Examples:
        evidence sof mbt/suicide-attempts --method DL --outcome 'suicide attempts' --intervention MBT --certainty low
        evidence sof bcg --baseline-risk controls:range --format markdown
        evidence sof mbt/aggression --outcome aggression
        evidence sof --rr 0.7 --ci 0.55,0.9 --baseline-risk 0.1,0.3 --participants 840 --studies 5 -o row.html
      """)

  @Argument(help: "CSV, JSON or NDJSON file, - for standard input, or a built-in data set.")
  var file: String?

  @Option(help: "What is counted, such as 'suicide attempts'.")
  var outcome: String?

  @Option(help: "Name of the treatment.")
  var intervention = "intervention"

  @Option(help: "Name of what it is compared with.")
  var comparator = "comparator"

  @Option(help: "The panel's certainty: high, moderate, low or very-low.")
  var certainty: String?

  @Option(help: "Number of people, where the data do not say.")
  var participants: Int?

  @Option(help: "Number of studies, where the data do not say.")
  var studies: Int?

  @Option(help: "People that risks are counted in: 1000, 10000 or 100000; by the risk otherwise.")
  var per: Int?

  @Flag(help: "Whole numbers needed to treat, rounded up for benefit and down for harm.")
  var whole = false

  @OptionGroup var absolute: AbsoluteOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let format = try output.chosenFormat(among: ["text", "json", "markdown", "html"])
    let report = try FindingsReport(try request())
    if output.explain, let studies = report.analysis?.studies { Output.error(studies.explanation) }
    output.warn(report.warnings, format: format)
    switch format {
    case "json": try output.write(report.json)
    case "markdown": try output.write(report.markdown)
    case "html": try output.write(report.html)
    default: try output.write(report.text)
    }
  }

  private func request() throws -> FindingsRequest {
    var effect = try absolute.request(file, command: "sof", of: absolute.pooled)
    if whole { effect.rounding = .wholePeople }
    if absolute.analysis.pooling.subgroup != nil {
      throw EvidenceError(.usage, "a row is for one set of studies", hint: "choose the subgroup with --where")
    }
    var request = FindingsRequest(effect: effect)
    request.outcome = outcome
    request.intervention = intervention
    request.comparator = comparator
    request.participants = participants
    request.studyCount = studies
    if let certainty {
      request.certainty = try Words.find(
        certainty, "--certainty", Certainty.init(rawValue:), Certainty.allCases.map(\.rawValue))
    }
    for (option, value) in [("--participants", participants), ("--studies", studies)] {
      if let value, value < 1 { throw EvidenceError(.usage, "\(option) must be 1 or more, got \(value)") }
    }
    if let per {
      guard [1000, 10_000, 100_000].contains(per) else {
        throw EvidenceError(.usage, "--per must be 1000, 10000 or 100000, got \(per)")
      }
      request.per = Double(per)
    }
    return request
  }
}
