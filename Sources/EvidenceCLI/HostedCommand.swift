import ArgumentParser
public import Engine

/// A command of the `evidence` program, parsed once, to be run any number of times inside another program.
///
/// Runs keep nothing between them and may be made on several threads at once. Files named in the options are read and
/// written as the program does; nothing goes to the process's own streams.
public struct HostedCommand: @unchecked Sendable {
  // Commands are values that nothing changes after parsing; each run works on a copy.
  private let command: any ParsableCommand
  private let invocation: Invocation
  /// What the command does, where its words could be read without a run. Where not, each run says why.
  private let work: (any CommandWork)?

  /// What a run gives back.
  public struct Answer: Sendable {
    /// The exit code of the program: 0 when done.
    public var code: Int32
    /// What the program prints to stdout.
    public var output: [UInt8]
    /// What it prints to stderr: warnings, and an error as one line of JSON at the end.
    public var messages: String
  }

  /// Parses the words that follow `evidence` on a command line.
  /// - Throws: 64 for words that make no command.
  public init(_ arguments: [String]) throws(EvidenceError) {
    do { command = try EvidenceCommand.parseAsRoot(arguments) } catch { throw Ending.refusal(error, arguments) }
    let invocation = Invocation(arguments)
    self.invocation = invocation
    let prepared = command as? any PreparedCommand
    work = HostedRun.$current.withValue(HostedRun(invocation)) { try? prepared?.work() }
  }

  /// Runs the command.
  ///
  /// - Parameter inputs: contents by the name the arguments give them; a name that is not here is a file or a built-in data set.
  ///   `-` without content is an empty input, never the process's standard input.
  public func run(inputs: [String: [UInt8]]) -> Answer {
    let host = HostedRun(invocation)
    var documents = inputs
    if documents["-"] == nil { documents["-"] = [] }
    let ending = HostedRun.$current.withValue(host) {
      ProvidedInputs.$documents.withValue(documents) { () -> Ending? in
        do {
          try runOnce()
          return nil
        } catch { return Ending(error, arguments: invocation.arguments, asJSON: true) }
      }
    }
    let printed = host.result
    guard let ending else { return Answer(code: 0, output: printed.output, messages: printed.messages) }
    return Answer(
      code: ending.code, output: printed.output + Array(ending.output.utf8),
      messages: printed.messages + ending.messages)
  }

  private func runOnce() throws {
    if let work { return try work.run() }
    var command = command
    try command.run()
  }
}
