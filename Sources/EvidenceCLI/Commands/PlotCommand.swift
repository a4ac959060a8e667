import ArgumentParser
import Engine
import Synthesis
import TableIO

/// `evidence plot`: the data of a figure, and the figure.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", abstract: "Draw a funnel, bubble, Baujat or other figure, or give its data.",
    discussion: """
      Kinds:
      \(FigureRecipe.all.map { "  \($0.kind): \($0.summary)" }.joined(separator: "\n"))

      Examples:
        evidence plot funnel bcg --contours --trim-and-fill L0 -o funnel.svg
        evidence plot bubble bcg --mods '~ ablat' --names -o bubble.svg
        evidence plot labbe bcg --measure OR --arms vaccine,control -o labbe.svg
        evidence plot baujat bcg --format csv
        evidence plot gosh bcg --highlight 'TPT Madras 1980' -o gosh.svg
        evidence plot funnel bcg --format json -o bcg.json; evidence plot --data bcg.json -o bcg.svg
      Without --format or -o the SVG goes to standard output.
      """)

  @Argument(help: "Kind of figure.")
  var kind: String?

  @Argument(help: "CSV, JSON or NDJSON file, - for standard input, or a built-in data set.")
  var file: String?

  @OptionGroup(title: "Figure") var figure: FigureOptionsGroup
  @OptionGroup(title: "Data") var data: DataOptions
  @OptionGroup(title: "Effect size") var measure: MeasureOptions
  @OptionGroup(title: "Pooling") var pool: PoolOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let format = try chosenFormat()
    let picture = try figure.data.map { try redrawn($0) } ?? drawn(format: format)
    let bytes: [UInt8] =
      switch format {
      case "json": Array((JSONText.pretty(picture.json) + "\n").utf8)
      case "csv": picture.csv()
      default: Array(picture.svg.utf8)
      }
    try Output.write(bytes, to: output.output)
  }

  private func drawn(format: String) throws -> FigurePicture {
    guard let kind else {
      throw EvidenceError(
        .usage, "name a kind of figure", hint: "choose from " + FigureRecipe.all.map(\.kind).joined(separator: ", "))
    }
    let recipe = try FigureRecipe.named(kind)
    guard let file else {
      throw EvidenceError(
        .usage, "name a file of studies, or --data figure.json", hint: "for example evidence plot \(kind) bcg")
    }
    let request = try pool.request(data: data.request(file), measure: measure, command: Invocation.text)
    let run = try recipe.run(figure.request(request, seed: pool.seed))
    if output.explain { Output.error(run.studies.explanation) }
    output.warn(run.warnings, format: "picture")
    return try FigurePicture(run, theme: figure.theme, width: figure.width)
  }

  private func redrawn(_ path: String) throws -> FigurePicture {
    if let file {
      throw EvidenceError(
        .usage, "--data brings all that is drawn: \(file) has no place", hint: "leave one of them out")
    }
    let request = try figure.request(PoolRequest(data: DataRequest(input: "-")), seed: pool.seed)
    let option = request.given.first.map { "--" + $0.rawValue } ?? pool.firstGiven
    if option != nil || !data.isEmpty || measure.measure != nil {
      throw EvidenceError(
        .usage, "\(option ?? "an option of the analysis") has no place with --data, which brings all that is drawn",
        hint: "only --title, --theme and --width change an earlier figure")
    }
    let picture = try FigurePicture(path: path, title: figure.title, theme: figure.theme, width: figure.width)
    if let kind, kind != picture.kind {
      _ = try FigureRecipe.named(kind)
      throw EvidenceError(.usage, "\(path) holds the data of a figure of kind \(picture.kind), not \(kind)")
    }
    return picture
  }

  /// SVG unless another format is asked for.
  private func chosenFormat() throws(EvidenceError) -> String {
    let known = ["svg", "json", "csv"]
    let format = try output.chosenFormat(among: known)
    guard format == "text" else { return format }
    if let path = output.output, path.split(separator: "/").last?.dropFirst().contains(".") == true {
      throw EvidenceError(
        .usage, "the extension of \(path) is no format of figures",
        hint: "use .svg, .json or .csv; rsvg-convert turns SVG into PNG and PDF")
    }
    return "svg"
  }
}

/// What a figure shows and how it looks.
struct FigureOptionsGroup: ParsableArguments {
  @Option(help: "Vertical axis of a funnel: se, precision or n.")
  var vertical: String?

  @Option(help: "Middle of a funnel: pooled or null.")
  var reference: String?

  @Flag(help: "Shade the regions of significance in a funnel.")
  var contours = false

  @Flag(name: .customLong("add-tau2"), help: "Widen the region of a funnel by tau².")
  var addTauSquared = false

  @Option(help: "Show the studies that trim and fill adds to a funnel: L0, R0 or Q0.")
  var trimAndFill: String?

  @Flag(help: "Name the points.")
  var names = false

  @Flag(help: "Show the common-effect model beside the random-effects one (drapery).")
  var both = false

  @Option(help: ArgumentHelp("Names of the arms (labbe).", valueName: "experimental,control"))
  var arms: String?

  @Option(help: ArgumentHelp("Colour the subsets with a study (gosh).", valueName: "study"))
  var highlight: String?

  @Option(help: ArgumentHelp("Look at N random subsets where there are more (gosh).", valueName: "N"))
  var subsets: Int?

  @Option(help: "Title of the figure.")
  var title: String?

  @Option(help: "light or dark.")
  var theme = "light"

  @Option(help: "Width of the figure in millimetres at most; as wide as it needs otherwise.")
  var width: Double?

  @Option(help: ArgumentHelp("Draw again from the data of an earlier figure (JSON).", valueName: "file"))
  var data: String?

  /// The request that the options make.
  func request(_ pool: PoolRequest, seed: UInt64) throws(EvidenceError) -> FigureRequest {
    var request = FigureRequest(pool: pool)
    request.title = title
    (request.vertical, request.reference) = (vertical, reference)
    (request.contours, request.addsTauSquared) = (contours, addTauSquared)
    request.trimAndFill = try trimAndFill.map { word throws(EvidenceError) in
      try Words.find(
        word, "--trim-and-fill", TrimAndFill.Estimator.init(rawValue:), TrimAndFill.Estimator.allCases.map(\.rawValue))
    }
    (request.names, request.both) = (names, both)
    if let arms {
      let (experimental, control) = try Words.pair(arms, "--arms")
      request.arms = (experimental, control)
    }
    request.highlight = highlight
    if let subsets, subsets < 1 {
      throw EvidenceError(.usage, "--subsets must be 1 or more, got \(subsets)", hint: "for example --subsets 10000")
    }
    request.subsets = subsets
    request.seed = seed
    return request
  }
}
