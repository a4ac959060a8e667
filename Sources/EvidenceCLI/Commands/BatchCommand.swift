import ArgumentParser
import Engine
import Synthesis

/// `evidence batch`: many analyses in one pass.
struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch", abstract: "One analysis for each group of rows of a long table, streamed.",
    discussion: """
      The rows of a group stand together; with --unsorted they need not (all rows are then held in memory).
      A group that cannot be analysed gets a row with its status, and the run goes on.
      Examples:
        evidence batch outcomes.csv --by outcome --measure OR --inference hartung-knapp -o pooled.csv
        evidence batch variants.csv --by marker --measure GEN --method EE --format ndjson
        evidence batch big.csv --by id --measure GEN -o out.csv --resume
        evidence batch big.csv --by id --measure GEN --shard 2/4 -o part2.csv
      """)

  @Argument(help: "CSV or NDJSON file, or - for standard input.")
  var file: String

  @Option(help: ArgumentHelp("Columns that name a group.", valueName: "column,…"))
  var by: String?

  @Flag(help: "Rows of a group may stand apart; groups come in the order of their first rows.")
  var unsorted = false

  @Option(help: "Number of threads; the output does not depend on it.")
  var jobs: Int?

  @Flag(help: "Leave with exit code 1 when a group's status is not ok.")
  var strict = false

  @Flag(help: "Go on where an interrupted run to the same --output stopped.")
  var resume = false

  @Option(help: ArgumentHelp("Only a part of the groups; the parts put together are the whole.", valueName: "i/n"))
  var shard: String?

  @OptionGroup var data: DataOptions
  @OptionGroup var measure: MeasureOptions
  @OptionGroup var pool: PoolOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if by == nil { throw ValidationError("batch needs --by COLUMN[,COLUMN], the columns that name a group") }
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more, got \(jobs)") }
    if output.explain || output.chosenDigits != nil {
      throw ValidationError("--explain and --digits are not available in batch")
    }
    if resume, output.output == nil { throw ValidationError("--resume needs --output FILE") }
  }

  func run() throws {
    let request = try makeRequest()
    var run = try BatchRun(request)  // what is wrong with the input is said before a file is made
    _ = try output.chosenFormat(among: BatchCommand.formats)
    let sink = try BatchOutput(output.output, resuming: resume, fingerprint: request.fingerprint, request.ndjson)
    run.skip(sink.finishedGroups)
    let progress = ProgressLine(isShown: Terminal.errorIsInteractive && !output.quiet)
    let summary = try run.run(progress: { progress.report($0) }, sink: sink.write)
    try sink.finish()
    progress.end()
    if !output.quiet { Output.error("evidence: \(summary.text)\n") }
    if strict, summary.good < summary.groups { throw ExitCode(EvidenceError.Code.answerIsNo.rawValue) }
  }

  private static let formats = ["text", "csv", "ndjson"]

  private func makeRequest() throws -> BatchRequest {
    var single = try pool.request(data: data.request(file), measure: measure, command: Invocation.text)
    if pool.prediction == nil { single.prediction = .none }
    let names = (by ?? "").split(separator: ",").map(String.init)
    var request = BatchRequest(pool: single, by: names)
    request.unsorted = unsorted
    request.ndjson = (try? output.chosenFormat(among: BatchCommand.formats)) == "ndjson"
    if let jobs { request.jobs = jobs }
    request.shard = try shard.map { try BatchRequest.Shard($0) }
    return request
  }
}
