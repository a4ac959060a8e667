import ArgumentParser
import Engine

/// `evidence pool`: one analysis of one set of studies.
struct PoolCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pool", abstract: "Pool studies: one estimate, its interval, heterogeneity, prediction.",
    discussion: """
      Examples:
        evidence pool bcg --inference hartung-knapp
        evidence pool trials.csv --measure RR --map ai=e1,n1i=n1,ci=e2,n2i=n2 --method DL
        evidence pool estimates.csv --tau2-ci q-profile --format json
        evidence pool bcg --mods '~ ablat + year'
        evidence pool bcg --subgroup alloc --common-tau2
        evidence pool mbt/suicide-attempts --method MH
      """)

  @Argument(help: "CSV, JSON or NDJSON file, - for standard input, or a built-in data set.")
  var file: String

  @OptionGroup var data: DataOptions
  @OptionGroup var measure: MeasureOptions
  @OptionGroup var pool: PoolOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let format = try output.chosenFormat(among: ["text", "json", "csv"])
    let request = try pool.request(data: data.request(file), measure: measure, command: Invocation.text)
    let analysis = try PoolAnalysis(request)
    if output.explain { Output.error(analysis.studies.explanation) }
    output.warn(analysis.warnings, format: format)
    switch format {
    case "json": try Output.write(Array((JSONText.pretty(analysis.json) + "\n").utf8), to: output.output)
    case "csv": try Output.write(analysis.csv(), to: output.output)
    default: try Output.write(Array(analysis.text(digits: output.digits).utf8), to: output.output)
    }
  }
}

/// The command line as typed, for the provenance.
enum Invocation {
  /// The words after `evidence`.
  static var arguments: [String] { HostedRun.current?.arguments ?? Array(CommandLine.arguments.dropFirst()) }

  static var text: String {
    (["evidence"] + arguments.map(quoted)).joined(separator: " ")
  }

  private static func quoted(_ argument: String) -> String {
    let plain = argument.allSatisfy { $0.isLetter || $0.isNumber || "-_./=,:+%@".contains($0) }
    return plain && !argument.isEmpty
      ? argument
      : "'" + argument.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
