import ArgumentParser
import Engine
import Synthesis

/// `evidence multiverse`: all defensible analyses of the same data.
struct MultiverseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "multiverse",
    abstract: "Run all defensible analyses: the specification curve, and which choice matters.",
    discussion: """
      Measures that answer the same question, rules for empty cells, variance formulas, methods, inferences, and studies
      left out are crossed. A choice given as an option (--to, --vtype, --correct …) is fixed.

      Examples:
        evidence multiverse bcg
        evidence multiverse bcg --exclude-by alloc --exclude 'year < 1950' --format csv -o curve.csv
        evidence multiverse trials.csv --measures OR,RR --methods REML,PM,MH --inferences hartung-knapp
        evidence multiverse estimates.csv --no-leave-one-out --format json
      """)

  @Argument(help: "CSV, JSON or NDJSON file, - for standard input, or a built-in data set.")
  var file: String

  @Option(help: ArgumentHelp("Measures; those that answer the same question otherwise.", valueName: "list"))
  var measures: String?

  @Option(help: ArgumentHelp("Methods, such as EE,DL,PM,REML,MH; the usual ones otherwise.", valueName: "list"))
  var methods: String?

  @Option(help: ArgumentHelp("Inferences of random-effects methods.", valueName: "list"))
  var inferences: String?

  @Option(help: ArgumentHelp("Columns whose levels are left out in turn.", valueName: "columns"))
  var excludeBy: String?

  @Option(help: ArgumentHelp("Rows to leave out, as --where takes them; may be given often.", valueName: "condition"))
  var exclude: [String] = []

  @Flag(inversion: .prefixedNo, help: "Leave out each study in turn (the default for up to 200 studies).")
  var leaveOneOut: Bool?

  @Option(help: "Number of threads; the result does not depend on it.")
  var jobs: Int?

  @OptionGroup var data: DataOptions
  @OptionGroup var measure: MeasureOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number of threads, got \(jobs)") }
  }

  func run() throws {
    let format = try output.chosenFormat(among: ["text", "json", "csv"])
    let multiverse = try Multiverse(try request())
    if output.explain { Output.error(multiverse.studies.explanation) }
    output.warn(multiverse.warnings, format: format)
    switch format {
    case "json": try output.write(multiverse.json)
    case "csv": try output.write(multiverse.csv)
    default: try output.write(multiverse.text(digits: output.digits))
    }
  }

  private func request() throws -> MultiverseRequest {
    var pool = PoolRequest(data: try data.request(file))
    pool.measure = measure.request
    pool.command = Invocation.text
    var request = MultiverseRequest(pool: pool)
    request.measures = measures.map(Words.list)
    if let methods {
      request.methods = []
      for word in Words.list(methods) {
        let method = try Words.find(word, "--methods", PoolMethod.init(code:), PoolMethod.codes)
        request.methods?.append(method)
      }
    }
    if let inferences {
      request.inferences = []
      for word in Words.list(inferences) {
        let inference = try Words.find(word, "--inferences", Inference.init(word:), Inference.allCases.map(\.word))
        request.inferences?.append(inference)
      }
    }
    request.excludeBy = Words.list(excludeBy)
    request.excluded = exclude
    request.leaveOneOut = leaveOneOut
    request.jobs = jobs
    return request
  }
}
