import ArgumentParser
import Engine

/// `evidence reproduce`: published numbers against their data.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce", abstract: "Recompute published numbers from their data, and say which reproduce.",
    discussion: """
      The input is a claims file with binary.csv and continuous.csv beside it, a folder that holds them as claims.csv,
      a built-in family of claims, or a review's file (.rm5 of RevMan 5, a data package of RevMan on the web): then every
      analysis is run again by RevMan's methods and compared with the results that the file stores. Columns of a claims file: claim, quantity_kind, stated_value, arms, data_row (rows
      joined by ;), and data_basis, formula, items, trial, source, source_detail, note where they help.
      Every printed input stands for all numbers that print so. Verdicts: reproduces, within rounding, does not
      reproduce, impossible as printed, not enough data. Agreement with another text is not recomputation.
      Examples:
        evidence reproduce mbt
        evidence reproduce mbt -o audit.html
        evidence reproduce my-paper/ --strict
        evidence reproduce claims.csv --format json
        evidence reproduce review.rm5
      """)

  @Argument(help: "Folder with claims.csv, a claims file, a review's file, or a built-in family of claims such as mbt.")
  var input: String

  @Flag(help: "End with 1 when a claim does not reproduce or is impossible as printed.")
  var strict = false

  @Option(help: "Coverage of intervals that name none.")
  var level = 0.95

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard level > 0, level < 1 else { throw ValidationError("--level must lie between 0 and 1, got \(level)") }
  }

  func run() throws {
    let format = try output.chosenFormat(among: ["text", "json", "csv", "markdown", "html"])
    let review = try review()
    let report = try review?.audit ?? AuditReport.read(input, level: level, command: Invocation.text)
    output.warn(report.warnings, format: format)
    switch format {
    case "json": try output.write(report.json)
    case "csv": try output.write(report.csv)
    case "markdown": try output.write(review?.markdown(digits: output.digits) ?? report.markdown)
    case "html": try output.write(report.html)
    default: try output.write(review?.text(digits: output.digits) ?? report.text)
    }
    if strict, !report.isClean { throw ExitCode(EvidenceError.Code.answerIsNo.rawValue) }
  }

  /// The review that the input is; `nil` for a folder, a claims file or a name.
  private func review() throws(EvidenceError) -> ReviewReproduction? {
    guard let document = try? InputDocument.read(input), ReviewReproduction.takes(document) else { return nil }
    return try ReviewReproduction(document, command: Invocation.text)
  }
}
