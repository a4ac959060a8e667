import ArgumentParser
import Engine

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
        evidence plot cumulative bcg --order year -o cumulative.pdf
        evidence plot multiverse bcg -o specifications.svg
        evidence plot funnel bcg -o funnel.png --dpi 600 --width 85mm
        evidence plot funnel bcg --format json -o bcg.json; evidence plot --data bcg.json -o bcg.svg
      Without --format or -o the SVG goes to standard output.
      """)

  @Argument(help: "Kind of figure.")
  var kind: String?

  @Argument(help: "CSV, JSON or NDJSON file, - for standard input, or a built-in data set.")
  var file: String?

  @OptionGroup(title: "Figure") var figure: FigureOptions
  @OptionGroup(title: "Picture") var picture: PictureOptions
  @OptionGroup var analysis: AnalysisOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() throws {
    let format = try chosenFormat()
    let drawn = try figure.data.map { try redrawn($0) } ?? drawn(format: format)
    try picture.write(drawn, format: format, to: output)
  }

  private func drawn(format: String) throws -> any Picture {
    guard let kind else {
      throw EvidenceError(
        .usage, "name a kind of figure", hint: "choose from " + FigureRecipe.all.map(\.kind).joined(separator: ", "))
    }
    let recipe = try FigureRecipe.named(kind)
    guard let file else {
      throw EvidenceError(
        .usage, "name a file of studies, or --data figure.json", hint: "for example evidence plot \(kind) bcg")
    }
    var request = try figure.request(analysis.request(file), seed: analysis.pooling.seed)
    request.poolOption = analysis.pooling.firstGiven
    let run = try recipe.run(request)
    if output.explain { Output.error(run.studies.explanation) }
    output.warn(run.warnings, format: "picture")
    return try run.picture(look: picture.look())
  }

  private func redrawn(_ path: String) throws -> any Picture {
    if let file {
      throw EvidenceError(
        .usage, "--data brings all that is drawn: \(file) has no place", hint: "leave one of them out")
    }
    let request = try figure.request(PoolRequest(data: DataRequest(input: "-")), seed: analysis.pooling.seed)
    if let option = request.given.first.map({ "--" + $0.rawValue }) ?? analysis.firstGiven {
      throw EvidenceError(
        .usage, "\(option) has no place with --data, which brings all that is drawn",
        hint: "only --title and the options of the picture change an earlier figure")
    }
    let earlier = try FigureRun.redrawn(path: path, title: figure.title, look: picture.look())
    if let kind, kind != earlier.kind {
      _ = try FigureRecipe.named(kind)
      throw EvidenceError(.usage, "\(path) holds the data of a figure of kind \(earlier.kind), not \(kind)")
    }
    return earlier.picture
  }

  /// SVG unless another format is asked for.
  private func chosenFormat() throws(EvidenceError) -> String {
    let format = try output.chosenFormat(among: PictureOptions.formats)
    guard format == "text" else { return format }
    if let path = output.output, path.split(separator: "/").last?.dropFirst().contains(".") == true {
      throw EvidenceError(
        .usage, "the extension of \(path) is no format of figures",
        hint: "use " + PictureOptions.formats.map { "." + $0 }.joined(separator: ", "))
    }
    return "svg"
  }
}
