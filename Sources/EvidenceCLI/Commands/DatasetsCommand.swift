import ArgumentParser
import Datasets
import Engine
import TableIO

/// `evidence datasets`: the tables that travel with the program.
struct DatasetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets", abstract: "List and print the built-in data sets.",
    subcommands: [List.self, Show.self], defaultSubcommand: List.self)

  /// `evidence datasets list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the data sets with their sources.")
    @OptionGroup var output: OutputOptions

    func run() throws {
      switch try output.chosenFormat(among: ["text", "json"]) {
      case "json": try Output.write(Array((JSONText.pretty(DatasetReport.listJSON) + "\n").utf8), to: output.output)
      default: try Output.write(Array(DatasetReport.listText.utf8), to: output.output)
      }
    }
  }

  /// `evidence datasets show NAME`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print a data set as CSV, or say what it is.")
    @Argument(help: "Name of the data set, such as bcg or mbt/suicide-attempts.") var name: String
    @OptionGroup var output: OutputOptions

    func run() throws {
      guard let dataset = Dataset.named(name) else {
        throw EvidenceError(
          .noInput, "there is no data set \"\(name)\"", hint: "`evidence datasets list` names them all")
      }
      switch try output.chosenFormat(among: ["csv", "json", "text"]) {
      case "json":
        try Output.write(Array((JSONText.pretty(DatasetReport.json(dataset)) + "\n").utf8), to: output.output)
      default: try Output.write(dataset.bytes, to: output.output)
      }
    }
  }
}
