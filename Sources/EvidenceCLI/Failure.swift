import ArgumentParser
import Engine
import TableIO

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// An error on its way out: one line (and a hint) on stderr, or JSON, and the exit code.
struct Failure {
  private let error: any Error
  private let asJSON: Bool

  init(_ error: any Error, asJSON: Bool) {
    self.error = error
    self.asJSON = asJSON
  }

  /// Whether the user asked for JSON, found without the parser because the parser may be what failed.
  static func wantsJSON(_ arguments: [String]) -> Bool {
    arguments.contains { $0 == "--format=json" }
      || zip(arguments, arguments.dropFirst()).contains { $0 == "--format" && $1 == "json" }
  }

  /// Reports and leaves the process.
  func exit() -> Never {
    if let failure = error as? EvidenceError {
      report(failure)
      Output.flushAndExit(failure.code.rawValue)
    }
    if let code = error as? ExitCode { Output.flushAndExit(code.rawValue) }
    let code = EvidenceCommand.exitCode(for: error)
    guard code != .success else { EvidenceCommand.exit(withError: error) }  // --help and --version
    if let unknown = UnknownCommand(Array(CommandLine.arguments.dropFirst())) {
      report(unknown.error)
      Output.flushAndExit(EvidenceError.Code.usage.rawValue)
    }
    let full = EvidenceCommand.fullMessage(for: error)
    let lines = full.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    let message = lines.first.map { $0.hasPrefix("Error: ") ? String($0.dropFirst(7)) : $0 } ?? "bad usage"
    let usage = lines.first { $0.hasPrefix("Usage: ") }
    report(EvidenceError(.usage, message, hint: usage.map { "\($0) — see --help" } ?? "see evidence --help"))
    Output.flushAndExit(EvidenceError.Code.usage.rawValue)
  }

  private func report(_ failure: EvidenceError) {
    guard asJSON else {
      Output.error("evidence: error: \(failure.placedMessage)\n")
      if let hint = failure.hint { Output.error("hint: \(hint)\n") }
      return
    }
    Output.error(JSONText.compact(failure.json) + "\n")
  }
}

/// A first word that is no command, which the parser itself would report as a wrong argument.
struct UnknownCommand {
  private let word: String
  private let known: [String]

  init?(_ arguments: [String]) {
    known = EvidenceCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard let first = arguments.first, !first.hasPrefix("-"), !known.contains(first), first != "help" else {
      return nil
    }
    word = first
  }

  /// The error, with the nearest command as a hint.
  var error: EvidenceError {
    let nearest = known.min { distance($0) < distance($1) }
    let hint =
      if let nearest, distance(nearest) <= 2 { "did you mean \(nearest)?" } else {
        "commands are \(known.joined(separator: ", "))"
      }
    return EvidenceError(.usage, "\"\(word)\" is not a command", hint: hint)
  }

  /// Number of single-letter edits between the word and a command (Levenshtein).
  private func distance(_ command: String) -> Int {
    let (a, b) = (Array(word), Array(command))
    var row = Array(0...b.count)
    for i in 0..<a.count {
      var diagonal = row[0]
      row[0] = i + 1
      for j in 0..<b.count {
        let cost = min(row[j] + 1, row[j + 1] + 1, diagonal + (a[i] == b[j] ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = cost
      }
    }
    return row[b.count]
  }
}
