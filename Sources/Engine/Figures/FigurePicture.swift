public import Plots
public import TableIO

/// A figure as the user gets it, drawn from its data alone.
public struct FigurePicture: Sendable {
  /// The data.
  public let figure: any Figure
  private let provenance: JSONValue?
  private let theme: Theme
  private let width: Double?

  /// A picture of a figure's data.
  /// - Throws: 64 for a theme that does not exist or a width that is not positive.
  public init(_ run: FigureRun, theme: String = "light", width: Double? = nil) throws(EvidenceError) {
    try self.init(run.figure, provenance: run.provenance.json, theme: theme, width: width)
  }

  /// A picture drawn again from the data of an earlier figure.
  ///
  /// With a title it takes the place of the earlier one.
  /// - Throws: 66 when the file cannot be read, 65 when it is no figure, 64 as for a new picture.
  public init(
    path: String, title: String? = nil, theme: String = "light", width: Double? = nil
  ) throws(EvidenceError) {
    let document = try InputDocument.read(path)
    let value: JSONValue
    do { value = try JSONReader.read(document.bytes) } catch {
      throw EvidenceError(.badData, error.message, file: path, line: error.line)
    }
    var figure: any Figure
    do throws(PlotDataError) { figure = try FigureKinds.figure(document: PlotValue(value)) } catch {
      throw EvidenceError(
        .badData, error.message, file: path, hint: "--data takes what evidence plot --format json wrote")
    }
    if let title { figure.about.title = title }
    try self.init(figure, provenance: value["provenance"], theme: theme, width: width)
  }

  private init(_ figure: any Figure, provenance: JSONValue?, theme: String, width: Double?) throws(EvidenceError) {
    if let width, !(width > 0 && width.isFinite) {
      throw EvidenceError(.usage, "--width must be a number of millimetres above 0, got \(width.shortText)")
    }
    self.figure = figure
    self.provenance = provenance
    self.width = width
    do throws(PlotDataError) { self.theme = try Theme.named(theme) } catch {
      throw EvidenceError(.usage, "--theme: \(error.message)")
    }
  }

  /// The word of the kind.
  public var kind: String { type(of: figure).kind }

  /// The picture as SVG.
  public var svg: String { SVGRenderer.svg(figure.drawing(theme: theme, maximumWidth: width)) }

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
      for value in figure.values(of: row) {
        switch value {
        case .number(let number): writer.cell(number)
        case .text(let text): writer.cell(text)
        case .flag(let flag): writer.cell(flag ? "true" : "false")
        default: writer.emptyCell()
        }
      }
      writer.endRow()
    }
    return writer.bytes
  }
}
