import ArgumentParser
import Engine

/// `evidence compare`: the usual conventions on the same data.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Run the usual conventions side by side and see where they differ.",
    discussion: """
      Examples:
        evidence compare bcg
        evidence compare mbt/suicide-attempts --format json
      """)

  @Argument(help: "CSV, JSON or NDJSON file, - for standard input, or a built-in data set.")
  var file: String

  @OptionGroup var data: DataOptions
  @OptionGroup var measure: MeasureOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let format = try output.chosenFormat(among: ["text", "json"])
    var request = PoolRequest(data: try data.request(file))
    request.measure = measure.request
    request.command = Invocation.text
    let comparison = try Comparison(request)
    output.warn(comparison.warnings, format: format)
    switch format {
    case "json": try output.write(comparison.json)
    default: try output.write(comparison.text(digits: output.digits))
    }
  }
}
