import ArgumentParser
import Engine

/// `evidence effects`: an effect size per row.
struct EffectsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "effects", abstract: "Compute an effect size and its variance for each row.",
    discussion: """
      Examples:
        evidence effects bcg --measure RR
        evidence effects trials.csv --measure SMD --vtype UB --format csv
        evidence effects --list
        evidence effects --describe SMD
      """)

  @Argument(help: "CSV, JSON or NDJSON file, - for standard input, or a built-in data set.")
  var file: String?

  @Flag(help: "List every measure: code, name, inputs, scale, source.")
  var list = false

  @Option(help: ArgumentHelp("Describe a measure: formula, assumptions, variance types, source.", valueName: "code"))
  var describe: String?

  @OptionGroup var data: DataOptions
  @OptionGroup var measure: MeasureOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if file == nil, !list, describe == nil { throw ValidationError("name a file, or use --list or --describe CODE") }
  }

  func run() throws {
    if list || describe != nil { return try catalogue() }
    let format = try output.chosenFormat(among: ["text", "json", "csv", "ndjson"])
    let report = try EffectsReport(data.request(file ?? "-"), measure.request, command: Invocation.text)
    if output.explain { Output.error(report.studies.explanation) }
    output.warn(report.warnings, format: format)
    switch format {
    case "json": try output.write(report.json)
    case "ndjson": try output.write(report.ndjson)
    case "csv": try output.write(report.csv())
    default: try output.write(report.text(digits: output.digits))
    }
  }

  private func catalogue() throws {
    let catalogue = try MeasureCatalogue(describe)
    switch try output.chosenFormat(among: ["text", "json", "markdown"]) {
    case "json": try output.write(catalogue.json)
    case "markdown": try output.write(catalogue.markdown)
    default: try output.write(catalogue.text)
    }
  }
}
