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
    static let configuration = CommandConfiguration(
      abstract: "List the data sets with their sources, or the analyses of a review's file.",
      discussion: """
        Examples:
          evidence datasets list
          evidence datasets list review.rm5
        """)
    @Argument(help: "A review's file (.rm5, data package) to list the analyses of.") var file: String?
    @OptionGroup var output: OutputOptions

    func run() throws {
      let format = try output.chosenFormat(among: ["text", "json"])
      if let file {
        let listing = try ReviewListing(file)
        return format == "json" ? try output.write(listing.json) : try output.write(listing.text)
      }
      switch format {
      case "json": try output.write(DatasetReport.listJSON)
      default: try output.write(DatasetReport.listText)
      }
    }
  }

  /// `evidence datasets show NAME`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print a data set, or an analysis of a review's file, as CSV.",
      discussion: """
        Examples:
          evidence datasets show bcg
          evidence datasets show review.rm5 --analysis 1.2 -o table.csv
        """)
    @Argument(help: "Name of the data set, such as bcg or mbt/suicide-attempts, or a review's file.") var name: String
    @Option(help: ArgumentHelp("Analysis of a review's file, such as 1.2.", valueName: "number")) var analysis: String?
    @OptionGroup var output: OutputOptions

    func run() throws {
      if Dataset.named(name) == nil, let listing = try? ReviewListing(name) {
        return try output.write(listing.csv(analysis))
      }
      guard let dataset = Dataset.named(name) else {
        throw EvidenceError(
          .noInput, "there is no data set \"\(name)\"", hint: "`evidence datasets list` names them all")
      }
      switch try output.chosenFormat(among: ["csv", "json", "text"]) {
      case "json":
        try output.write(DatasetReport.json(dataset))
      default: try output.write(dataset.bytes)
      }
    }
  }
}
