import ArgumentParser

/// A command whose words become a request once, for any number of runs.
protocol PreparedCommand: ParsableCommand {
  associatedtype Work: CommandWork

  /// What the words ask for. Nothing is read or written yet.
  /// - Throws: 64 for words that make no sense.
  func work() throws -> Work
}

/// What a command does, its words read.
protocol CommandWork: Sendable {
  /// Reads the inputs, analyses them and writes the result.
  func run() throws
}

extension PreparedCommand {
  func run() throws { try work().run() }
}
