/// The command line as typed, for the provenance.
struct Invocation: Sendable {
  /// The words after `evidence`.
  let arguments: [String]
  /// The whole line, words quoted as a shell needs it.
  let line: String

  init(_ arguments: [String]) {
    self.arguments = arguments
    line = (["evidence"] + arguments.map(Invocation.quoted)).joined(separator: " ")
  }

  /// The command line of the run at hand: the host program's words, or the process's own.
  static var current: Invocation { HostedRun.current?.invocation ?? process }

  /// The words of the run at hand.
  static var arguments: [String] { current.arguments }

  /// The line of the run at hand.
  static var text: String { current.line }

  private static let process = Invocation(Array(CommandLine.arguments.dropFirst()))

  private static func quoted(_ argument: String) -> String {
    let plain = argument.allSatisfy { $0.isLetter || $0.isNumber || "-_./=,:+%@".contains($0) }
    return plain && !argument.isEmpty
      ? argument
      : "'" + argument.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
