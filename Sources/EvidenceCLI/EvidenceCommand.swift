import ArgumentParser

@main
struct EvidenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence", abstract: "Meta-analysis: effect sizes, pooled estimates, NNT and forest plots.")
}
