public import Plots
public import TableIO

/// A figure as the user gets it, drawn from its data alone.
public struct FigurePicture: Picture {
  /// The data.
  public let figure: any Figure
  private let provenance: JSONValue?
  private let look: PictureLook

  /// A picture of a figure's data.
  init(_ figure: any Figure, provenance: JSONValue?, look: PictureLook) {
    self.figure = figure
    self.provenance = provenance
    self.look = look
  }

  /// The word of the kind.
  public var kind: String { type(of: figure).kind }

  /// The drawing.
  public var drawing: Drawing { figure.drawing(theme: look.theme, maximumWidth: look.width) }

  /// The data as JSON; the picture can be drawn again from it alone.
  public var json: JSONValue {
    var fields = figure.document.fields.map { ($0.name, JSONValue($0.value)) }
    if let provenance { fields.append(("provenance", provenance)) }
    return .fields(fields)
  }

  /// The rows of the data as CSV.
  public func csv() -> [UInt8] { FigurePicture.csv(figure) }

  private static func csv<Kind: Figure>(_ figure: Kind) -> [UInt8] {
    var writer = CSVWriter()
    writer.row(Kind.columnNames)
    for row in figure.rows {
      for value in figure.values(of: row) { writer.cell(value) }
      writer.endRow()
    }
    return writer.bytes
  }
}

extension FigureContent {
  /// The picture.
  /// - Throws: 64 for a style that does not exist.
  func picture(provenance: JSONValue?, look: PictureLook) throws(EvidenceError) -> any Picture {
    switch self {
    case .chart(let figure): FigurePicture(figure, provenance: provenance, look: look)
    case .forest(let panels): try ForestPicture(panels, look: look)
    }
  }

  /// What the data of an earlier figure hold; a title takes the place of the earlier one.
  fileprivate init(document: PlotValue, title: String?) throws(PlotDataError) {
    if document["schema"].text?.hasPrefix("evidence.forest") == true {
      var panels = try ForestPanels(document: document)
      if let title {
        if panels.panels.count == 1 { panels.panels[0].title = title } else { panels.title = title }
      }
      self = .forest(panels)
    } else {
      var figure = try FigureKinds.figure(document: document)
      if let title { figure.about.title = title }
      self = .chart(figure)
    }
  }
}

extension FigureRun {
  /// The picture of the figure.
  /// - Throws: 64 for a style that does not exist.
  public func picture(look: PictureLook) throws(EvidenceError) -> any Picture {
    try content.picture(provenance: provenance.json, look: look)
  }

  /// A picture drawn again from the data of an earlier figure, and what kind that is.
  ///
  /// With a title it takes the place of the earlier one.
  /// - Throws: 66 when the file cannot be read, 65 when it is no figure.
  public static func redrawn(
    path: String, title: String?, look: PictureLook
  ) throws(EvidenceError) -> (kind: String, picture: any Picture) {
    let value = try PlotDocument.read(path)
    let content: FigureContent
    do throws(PlotDataError) { content = try FigureContent(document: PlotValue(value), title: title) } catch {
      throw EvidenceError(
        .badData, error.message, file: path, hint: "--data takes what evidence plot --format json wrote")
    }
    return (content.kind, try content.picture(provenance: value["provenance"], look: look))
  }
}
