import ArgumentParser
import Engine
import Synthesis

/// `evidence batch`: many analyses in one pass.
struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch", abstract: "One analysis for each group of rows of a long table, streamed.",
    discussion: """
      Input is one of
        a long table, a row a study: the rows of a group stand together, or apart with --unsorted, which spreads them over
          temporary files in TMPDIR by a hash of their group (about 120 bytes a row; memory does not grow with the rows);
        a wide table, a row an analysis, with columns yi_1, vi_1, yi_2, vi_2, … (--wide);
        two NumPy arrays of float64 or float32, a row an analysis, a column a study, NaN where missing (--vi, --sei).
      CSV, NDJSON and arrays may be gzip'd. A group that cannot be analysed gets a row with its status, and the run goes on.
      With --output the results are in FILE.part until they are complete; a run that was stopped, however it was, goes on
      with --resume. --shard also writes FILE.manifest.json, by which --merge puts the pieces together; shards of compressed
      input read it twice, and piped input is copied to TMPDIR first.
      Examples:
        evidence batch outcomes.csv --by outcome --measure OR --inference hartung-knapp -o pooled.csv
        evidence batch variants.csv.gz --by marker --measure GEN --method EE --format ndjson
        evidence batch wide.csv --wide --by id --measure GEN
        evidence batch simulated.csv --by set --method-column method --measure GEN
        evidence batch yi.npy --vi vi.npy --prediction riley -o voxels.csv
        evidence batch big.csv --by id --measure GEN -o out.csv --resume
        evidence batch big.csv --by id --measure GEN --shard 2/4 -o part2.csv
        evidence batch --merge part*.csv -o out.csv
      """)

  @Argument(help: ArgumentHelp("Table or array, or - for standard input.", valueName: "file"))
  var files: [String] = []

  @Option(help: ArgumentHelp("Columns that name a group.", valueName: "column,…"))
  var by: String?

  @Option(
    help: ArgumentHelp(
      "Column that names the method of each group and is one of its columns; --method where it is empty.",
      valueName: "column"))
  var methodColumn: String?

  @Flag(help: "Rows of a group may stand apart; groups come in the order of their first rows.")
  var unsorted = false

  @Flag(help: "A row is an analysis: columns yi_1, vi_1, yi_2, vi_2, … (or sei_, ai_, …), cells may be empty.")
  var wide = false

  @Option(help: ArgumentHelp("FILE is a NumPy array, analyses × studies; this is that of variances.", valueName: "npy"))
  var vi: String?

  @Option(help: ArgumentHelp("The same for standard errors.", valueName: "npy"))
  var sei: String?

  @Option(help: "Number of threads; the output does not depend on it.")
  var jobs: Int?

  @Flag(help: "Leave with exit code 1 when a status is not ok, or the rows of a group stand apart without --unsorted.")
  var strict = false

  @Flag(help: "Go on where an interrupted run to the same --output stopped.")
  var resume = false

  @Option(help: ArgumentHelp("Only a part of the groups; the parts put together are the whole.", valueName: "i/n"))
  var shard: String?

  @Flag(help: "Put the files of all shards together, after checking that none is missing, doubled or changed.")
  var merge = false

  @OptionGroup var data: DataOptions
  @OptionGroup var measure: MeasureOptions
  @OptionGroup var pool: PoolOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if merge { return try validateMerge() }
    guard files.count == 1 else {
      throw ValidationError(files.isEmpty ? "batch needs a FILE, or -" : "batch takes one FILE, got \(files.count)")
    }
    if by == nil, vi == nil, sei == nil {
      throw ValidationError("batch needs --by COLUMN[,COLUMN], the columns that name a group")
    }
    if vi != nil, sei != nil { throw ValidationError("--vi and --sei say the same thing twice; give one of them") }
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more, got \(jobs)") }
    if output.explain || output.chosenDigits != nil {
      throw ValidationError("--explain and --digits are not available in batch")
    }
    if resume, output.output == nil { throw ValidationError("--resume needs --output FILE") }
  }

  func run() throws {
    if merge { return try runMerge() }
    let request = try makeRequest()
    var run = try BatchRun(request)  // what is wrong with the input is said first, and before a file is made
    _ = try output.chosenFormat(among: BatchCommand.formats)
    let sink = BatchOutput(output.output)
    run.skip(try sink.begin(run, isNDJSON: request.ndjson, resuming: resume))
    let progress = ProgressLine(isShown: Terminal.errorIsInteractive && !output.quiet)
    let summary: BatchSummary
    do throws(EvidenceError) {
      summary = try run.run(progress: progress.report, sink: sink.write)
      try sink.finish { [run] in run.manifest(summary, output: $0) }
    } catch {
      progress.end()
      if error.code == .badData { sink.abandon() }
      throw error
    }
    progress.end()
    try conclude(summary)
  }

  /// Says what was done, and leaves with 1 when that was asked for and something failed.
  private func conclude(_ summary: BatchSummary) throws {
    if !output.quiet {
      Output.error("evidence: \(summary.text)\n")
      if let warning = summary.warning { Output.error("evidence: warning: \(warning)\n") }
    }
    if strict, !summary.isGood { throw ExitCode(EvidenceError.Code.answerIsNo.rawValue) }
  }

  private static let formats = ["text", "csv", "ndjson"]

  /// How each group is analysed; prediction intervals only where they are asked for.
  func analysis() throws -> PoolRequest {
    var single = try pool.request(data: data.request(files[0]), measure: measure, command: Invocation.text)
    if pool.prediction == nil { single.prediction = .none }
    return single
  }

  private func makeRequest() throws -> BatchRequest {
    var request = BatchRequest(pool: try analysis(), by: Words.list(by))
    request.methodColumn = methodColumn
    request.unsorted = unsorted
    request.wide = wide
    request.spread = vi.map(BatchRequest.Spread.variances) ?? sei.map(BatchRequest.Spread.standardErrors)
    request.ndjson = (try? output.chosenFormat(among: BatchCommand.formats)) == "ndjson"
    if let jobs { request.jobs = jobs }
    request.shard = try shard.map { try BatchRequest.Shard($0) }
    return request
  }
}

extension BatchCommand {
  /// Options that say how to analyse mean nothing where results are put together.
  private func validateMerge() throws {
    guard !files.isEmpty, let path = output.output, path != "-" else {
      throw ValidationError("--merge needs the FILEs of all shards and --output FILE")
    }
  }

  private func runMerge() throws {
    try refuseOtherOptions()
    let merge = try ShardMerge(files)
    let target = BatchOutput(output.output)
    do throws(EvidenceError) {
      try target.beginWhole()
      try merge.copy(to: target.write)
      try target.finish()
    } catch {
      target.abandon()
      throw error
    }
    try conclude(merge.summary)
  }

  private func refuseOtherOptions() throws(EvidenceError) {
    let allowed = ["--merge", "--output", "-o", "--strict", "--quiet", "-q"]
    for option in Invocation.arguments where option.hasPrefix("-") && option != "-" {
      let name = String(option.prefix { $0 != "=" })
      if !allowed.contains(name) { throw EvidenceError(.usage, "\(name) does not go with --merge") }
    }
  }
}
