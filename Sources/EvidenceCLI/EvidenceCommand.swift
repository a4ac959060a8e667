import ArgumentParser
import Engine

/// The `evidence` command: the list of commands.
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
      BatchCommand.self, CompareCommand.self, MultiverseCommand.self, ConvertCommand.self, ReproduceCommand.self,
      CheckCommand.self,
      DatasetsCommand.self,
    ])
}
