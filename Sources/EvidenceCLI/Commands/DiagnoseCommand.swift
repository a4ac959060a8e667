import ArgumentParser
import Engine

/// `evidence diagnose`: who drives the result.
struct DiagnoseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diagnose", abstract: "Show who drives the result: influence, leave-one-out, cumulative, subsets.",
    discussion: """
      Without a diagnostic, all that the model has are run.

      Examples:
        evidence diagnose bcg
        evidence diagnose bcg --influence --leave-one-out
        evidence diagnose bcg --cumulative --order year
        evidence diagnose bcg --mods '~ ablat' --influence --format json
        evidence diagnose bcg --gosh all --format json -o gosh.json
        evidence diagnose bcg --leave-out 3
        evidence diagnose bcg --qq --seed 7 --format json
      """)

  @Argument(help: "CSV, JSON or NDJSON file, - for standard input, or a built-in data set.")
  var file: String

  @OptionGroup(title: "Diagnostics") var diagnostics: DiagnosticOptions
  @OptionGroup var analysis: AnalysisOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let format = try output.chosenFormat(among: ["text", "json"])
    let report = try DiagnoseReport(diagnostics.request(analysis.request(file), seed: analysis.pooling.seed))
    if output.explain { Output.error(report.studies.explanation) }
    output.warn(report.warnings, format: format)
    switch format {
    case "json": try output.write(report.json)
    default: try output.write(report.text(digits: output.digits))
    }
  }
}
