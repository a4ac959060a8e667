import ArgumentParser
import Engine
import TableIO

/// Where and how a result is written.
struct OutputOptions: ParsableArguments, ResultOutput {
  @Option(help: "text (the default), json, csv, ndjson, markdown, html, svg … where they make sense.")
  var format: String?

  @Option(name: .shortAndLong, help: "Write to a file; its extension sets the format.")
  var output: String?

  @Option(name: .customLong("digits"), help: "Digits after the decimal point (text and figures only).")
  var chosenDigits: Int?

  /// Digits of a text report: as chosen, or 3.
  var digits: Int { chosenDigits ?? 3 }

  @Flag(name: .shortAndLong, help: "No warnings on stderr.")
  var quiet = false

  @Flag(help: "Say on stderr how the input was read.")
  var explain = false

  func validate() throws {
    guard (0...15).contains(digits) else { throw ValidationError("--digits takes 0 to 15, got \(digits)") }
  }

  /// The format asked for by name, else by the output's extension, else text.
  func chosenFormat(among known: [String]) throws(EvidenceError) -> String {
    let fileExtension = output.flatMap { path in
      path.contains(".") ? path.split(separator: ".").last.map { $0.lowercased() } : nil
    }
    let aliases = ["txt": "text", "md": "markdown", "htm": "html", "jsonl": "ndjson"]
    let word = format ?? fileExtension ?? "text"
    let name = aliases[word] ?? word
    if known.contains(name) { return name }
    if format == nil { return "text" }
    throw EvidenceError(
      .usage, "--format \(word) is not available here", hint: "choose from \(known.joined(separator: ", "))")
  }

  /// Warnings to stderr, as the options want it.
  func warn(_ warnings: @autoclosure () -> [String], format: String) { chosen(format).warn(warnings()) }

  /// The choices for a format.
  func chosen(_ format: String) -> ChosenOutput {
    ChosenOutput(format: format, path: output, isQuiet: quiet, isExplained: explain)
  }

  var path: String? { output }
}

/// What takes a result: bytes, a text, or a document.
protocol ResultOutput {
  /// The file, `nil` for standard output.
  var path: String? { get }
}

extension ResultOutput {
  /// Writes bytes.
  func write(_ bytes: [UInt8]) throws(EvidenceError) { try Output.write(bytes, to: path) }

  /// Writes a text.
  func write(_ text: String) throws(EvidenceError) { try write(Array(text.utf8)) }

  /// Writes a document, indented.
  func write(_ json: JSONValue) throws(EvidenceError) { try Output.write(json, to: path) }
}

/// What the options of output say, read once.
struct ChosenOutput: ResultOutput, Sendable {
  let format: String
  let path: String?
  let isQuiet: Bool
  let isExplained: Bool

  /// Warnings to stderr, unless quiet, or the format carries them itself as text and JSON reports do.
  func warn(_ warnings: @autoclosure () -> [String]) {
    guard !isQuiet, format != "text", format != "json" else { return }
    for warning in warnings() { Output.error("evidence: warning: \(warning)\n") }
  }

  /// How the input was read to stderr, where that is asked for.
  func explain(_ explanation: @autoclosure () -> String) {
    if isExplained { Output.error(explanation()) }
  }
}
