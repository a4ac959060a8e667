import ArgumentParser
import Engine
import Plots

/// `evidence forest`: the data of a forest plot, and the plot.
struct ForestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forest", abstract: "Draw a forest plot, or give its data.",
    discussion: """
      Examples:
        evidence forest bcg
        evidence forest bcg --subgroup alloc -o bcg.svg
        evidence forest mbt/suicide-attempts --method DL --labels 'Favours MBT,Favours control' -o forest.pdf
        evidence forest bcg --sort effect --columns label,year=Year,arms,plot,effect --style jama -o bcg.png --dpi 600
        evidence forest bcg --subgroup alloc --group-order random,systematic,alternate --only-pooled
        evidence forest bcg --sequence cumulative --sort year --prediction-shape density -o cumulative.svg
        evidence forest trials.csv --measure RR --rob-table rob.csv --style revman -o forest.svg
        evidence forest trials.csv --measure RR,RD --outcome outcome -o outcomes.svg
        evidence forest bcg --format json > bcg.json; evidence forest --data bcg.json -o bcg.svg
        evidence forest --data pain.json --data function.json --title 'Two outcomes' -o both.svg
      """)

  @Argument(help: "CSV, JSON or NDJSON file, - for standard input, or a built-in data set.")
  var file: String?

  @OptionGroup(title: "Figure") var figure: ForestOptions
  @OptionGroup(title: "Picture") var picture: PictureOptions
  @OptionGroup var analysis: AnalysisOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    if (file == nil) == figure.data.isEmpty {
      throw ValidationError("name a file of studies, or --data forest.json")
    }
    guard !figure.data.isEmpty else { return }
    let option = analysis.firstGiven ?? figure.firstGiven ?? output.chosenDigits.map { _ in "--digits" }
    if let option {
      throw ValidationError("\(option) does not go with --data, whose analysis and layout are done")
    }
  }

  func run() throws {
    let format = try chosenFormat()
    let panels = figure.data.isEmpty ? try drawn(format: format) : try redrawn()
    if format == "text" {
      let text = try ForestPicture.text(
        panels, columns: Terminal.columns, ascii: figure.ascii, color: Terminal.wantsColor)
      try output.write(text)
    } else {
      try picture.write(try ForestPicture(panels, look: picture.look()), format: format, to: output)
    }
  }

  private func drawn(format: String) throws -> ForestPanels {
    let codes = Words.list(analysis.measure.measure)
    var one = analysis
    if codes.count > 1 { one.measure.measure = nil }
    var request = try figure.request(one.request(file ?? "-"))
    if codes.count > 1 { request.measures = codes }
    if let digits = output.chosenDigits { request.digits = digits }
    let run = try ForestRun(request)
    if output.explain { Output.error(run.analyses[0].studies.explanation) }
    output.warn(run.warnings, format: format == "text" ? "picture" : format)
    return run.figure
  }

  /// Earlier plots, as they are or under each other.
  private func redrawn() throws -> ForestPanels {
    let earlier = try figure.data.map { path throws(EvidenceError) in try ForestPicture.read(path) }
    var figure = earlier.count == 1 ? earlier[0] : ForestPanels(panels: earlier.flatMap(\.panels))
    if let shape = try self.figure.shape() {
      for index in figure.panels.indices { figure.panels[index].predictionShape = shape }
    }
    if let title = self.figure.title {
      if figure.panels.count == 1 { figure.panels[0].title = title } else { figure.title = title }
    }
    return figure
  }

  /// Text unless another format is asked for.
  private func chosenFormat() throws(EvidenceError) -> String {
    try output.chosenFormat(among: ["text"] + PictureOptions.formats)
  }
}
