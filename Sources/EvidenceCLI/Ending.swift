import ArgumentParser
import Engine
import TableIO

/// How a command ended that did not simply return: its exit code, and what is left to say.
struct Ending {
  /// The exit code; 0 after `--help` and `--version`.
  let code: Int32
  /// Text for stdout: help that was asked for.
  let output: String
  /// Text for stderr: one line and perhaps a hint, or JSON.
  let messages: String

  /// The ending that an error makes.
  init(_ error: any Error, arguments: [String], asJSON: Bool) {
    if let failure = error as? EvidenceError {
      self.init(failure, asJSON)
    } else if let code = error as? ExitCode {
      self.init(code: code.rawValue, output: "", messages: "")
    } else if EvidenceCommand.exitCode(for: error) == .success {  // --help and --version
      self.init(code: 0, output: EvidenceCommand.fullMessage(for: error) + "\n", messages: "")
    } else {
      self.init(Ending.refusal(error, arguments), asJSON)
    }
  }

  private init(_ failure: EvidenceError, _ asJSON: Bool) {
    let lines = "evidence: error: \(failure.placedMessage)\n" + (failure.hint.map { "hint: \($0)\n" } ?? "")
    self.init(
      code: failure.code.rawValue, output: "", messages: asJSON ? JSONText.compact(failure.json) + "\n" : lines)
  }

  private init(code: Int32, output: String, messages: String) {
    (self.code, self.output, self.messages) = (code, output, messages)
  }

  /// Whether the user asked for JSON, found without the parser because the parser may be what failed.
  static func wantsJSON(_ arguments: [String]) -> Bool {
    arguments.contains { $0 == "--format=json" }
      || zip(arguments, arguments.dropFirst()).contains { $0 == "--format" && $1 == "json" }
  }

  /// Why words make no command that can be run inside another program.
  static func refusal(_ error: any Error, _ arguments: [String]) -> EvidenceError {
    if let failure = error as? EvidenceError { return failure }
    if EvidenceCommand.exitCode(for: error) == .success {
      return EvidenceError(.usage, "a question about the program itself is no command to run")
    }
    return UnknownCommand(arguments)?.error ?? usageError(error)
  }

  /// What the parser of options has to say.
  private static func usageError(_ error: any Error) -> EvidenceError {
    let lines = EvidenceCommand.fullMessage(for: error).split(separator: "\n").map(String.init)
    let message = lines.first.map { $0.hasPrefix("Error: ") ? String($0.dropFirst(7)) : $0 } ?? "bad usage"
    let usage = lines.first { $0.hasPrefix("Usage: ") }
    return EvidenceError(.usage, message, hint: usage.map { "\($0) — see --help" } ?? "see evidence --help")
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
