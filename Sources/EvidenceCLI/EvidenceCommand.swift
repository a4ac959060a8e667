import ArgumentParser
import Engine

/// The `evidence` command: a list of commands and one place where errors become text and exit codes.
@main
struct EvidenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract: "Meta-analysis: effect sizes, pooled estimates, NNT and forest plots.",
    discussion: """
      A first look, with a data set that is built in:
        evidence pool bcg --method REML --inference hartung-knapp
        evidence forest mbt/suicide-attempts -o forest.svg
      Every command takes --help (with worked examples) and --format json.
      """,
    version: Engine.version,
    subcommands: [
      EffectsCommand.self, PoolCommand.self, BiasCommand.self, DiagnoseCommand.self, NNTCommand.self,
      SofCommand.self, ForestCommand.self, PlotCommand.self,
      BatchCommand.self, CompareCommand.self, ConvertCommand.self, DatasetsCommand.self,
    ])

  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch {
      Failure(error, asJSON: Failure.wantsJSON(arguments)).exit()
    }
  }
}
