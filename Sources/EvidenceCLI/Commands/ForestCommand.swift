import ArgumentParser
import Engine
import Plots
import TableIO

/// `evidence forest`: the data of a forest plot, and the plot.
struct ForestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forest", abstract: "Draw a forest plot, or give its data.",
    discussion: """
      Examples:
        evidence forest bcg
        evidence forest bcg --subgroup alloc -o bcg.svg
        evidence forest mbt/suicide-attempts --method DL --labels 'Favours MBT,Favours control' -o forest.svg
        evidence forest bcg --sort effect --columns year,alloc --style jama -o bcg.svg
        evidence forest bcg --sequence cumulative --sort year --prediction-shape density -o cumulative.svg
        evidence forest bcg --format json > bcg.json; evidence forest --data bcg.json -o bcg.svg
      """)

  @Argument(help: "CSV, JSON or NDJSON file, - for standard input, or a built-in data set.")
  var file: String?

  @OptionGroup var data: DataOptions
  @OptionGroup var measure: MeasureOptions
  @OptionGroup var pool: PoolOptions
  @OptionGroup var figure: ForestOptionsGroup
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if (file == nil) == (figure.data == nil) { throw ValidationError("name a file of studies, or --data forest.json") }
    guard figure.data != nil else { return }
    let given: [(name: String, isGiven: Bool)] = [
      ("--measure", measure.measure != nil), ("--method", pool.method != nil), ("--inference", pool.inference != nil),
      ("--subgroup", pool.subgroup != nil), ("--where", data.condition != nil), ("--map", data.map != nil),
      ("--style", figure.style != "plain"), ("--sort", figure.sort != "entered"), ("--columns", figure.columns != nil),
      ("--labels", figure.labels != nil), ("--arms", figure.arms != nil), ("--digits", output.chosenDigits != nil),
    ]
    if let option = given.first(where: \.isGiven) {
      throw ValidationError("\(option.name) does not go with --data, whose analysis and layout are done")
    }
  }

  func run() throws {
    let format = try output.chosenFormat(among: ["text", "json", "csv", "svg"])
    let table: ForestTable
    if let path = figure.data {
      var earlier = try ForestPicture.read(path)
      if let shape = try figure.shape() { earlier.predictionShape = shape }
      table = earlier
    } else {
      let poolRequest = try pool.request(data: data.request(file ?? "-"), measure: measure, command: Invocation.text)
      var request = try figure.request(poolRequest)
      if let digits = output.chosenDigits { request.digits = digits }
      let run = try ForestRun(request)
      if output.explain { Output.error(run.analysis.studies.explanation) }
      output.warn(run.warnings, format: format == "text" ? "picture" : format)
      table = run.table
    }
    let picture = try ForestPicture(table, theme: figure.theme, width: figure.width)
    let bytes: [UInt8] =
      switch format {
      case "json": Array((JSONText.pretty(picture.json) + "\n").utf8)
      case "csv": picture.csv()
      case "svg": Array(picture.svg.utf8)
      default: Array(picture.text(columns: Terminal.columns, ascii: figure.ascii, color: Terminal.wantsColor).utf8)
      }
    try Output.write(bytes, to: output.output)
  }
}

/// The look of a forest plot.
struct ForestOptionsGroup: ParsableArguments {
  @Option(help: "Layout: plain, revman, jama or bmj.")
  var style = "plain"

  @Option(help: "Order of the studies: entered, label, year, effect, weight or a column; -effect turns it round.")
  var sort = "entered"

  @Option(help: ArgumentHelp("Texts left and right of no effect.", valueName: "left,right"))
  var labels: String?

  @Option(help: ArgumentHelp("Names of the arms.", valueName: "experimental,control"))
  var arms: String?

  @Option(help: ArgumentHelp("Columns of the table to show.", valueName: "column,…"))
  var columns: String?

  @Option(help: "Draw the prediction interval as bar, line or density; as the style has it otherwise.")
  var predictionShape: String?

  @Option(help: "Pooled results step by step, in the order of --sort: cumulative or leave-one-out.")
  var sequence: String?

  @Option(help: "Title of the figure.")
  var title: String?

  @Flag(help: "Draw the common-effect estimate beside the random-effects one.")
  var both = false

  @Option(help: ArgumentHelp("Ends of the axis, on the displayed scale.", valueName: "from,to"))
  var axis: String?

  @Option(help: "light or dark.")
  var theme = "light"

  @Option(help: "Width of the figure in millimetres at most; as wide as its texts need otherwise.")
  var width: Double?

  @Flag(help: "Plain ASCII in the terminal.")
  var ascii = false

  @Option(help: ArgumentHelp("Draw again from the data of an earlier plot (JSON).", valueName: "file"))
  var data: String?

  /// How prediction intervals are drawn, when that was said.
  func shape() throws(EvidenceError) -> ForestMarks.PredictionShape? {
    try predictionShape.map { word throws(EvidenceError) in
      try Words.find(
        word, "--prediction-shape", ForestMarks.PredictionShape.init(rawValue:),
        ForestMarks.PredictionShape.allCases.map(\.rawValue))
    }
  }

  /// The request that the options make.
  func request(_ pool: PoolRequest) throws -> ForestRequest {
    var request = ForestRequest(pool: pool)
    do throws(PlotDataError) { request.style = try ForestStyle.named(style) } catch {
      throw EvidenceError(.usage, "--style: \(error.message)")
    }
    request.sort = sort
    request.title = title
    request.predictionShape = try shape()
    request.sequence = try sequence.map { word throws(EvidenceError) in
      try Words.find(word, "--sequence", ForestInput.Sequence.init(rawValue:), ["cumulative", "leave-one-out"])
    }
    request.showsBothModels = both
    if let labels { (request.favoursLeft, request.favoursRight) = try Words.pair(labels, "--labels") }
    if let arms { (request.armExperimental, request.armControl) = try Words.pair(arms, "--arms") }
    request.columns = columns.map { $0.split(separator: ",").map(String.init) } ?? []
    if let axis {
      let (from, to) = try Words.pair(axis, "--axis")
      guard let lower = Double(from), let upper = Double(to), lower < upper, lower.isFinite, upper.isFinite else {
        throw EvidenceError(.usage, "--axis expects two numbers, the smaller first, got \(axis)")
      }
      request.axisRange = (lower, upper)
    }
    return request
  }
}
