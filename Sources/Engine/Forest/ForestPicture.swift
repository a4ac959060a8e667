public import Plots
public import TableIO

/// A forest plot as the user gets it, drawn from its data alone.
public struct ForestPicture: Sendable {
  /// The data.
  public let table: ForestTable
  private let style: ForestStyle
  private let theme: Theme
  private let width: Double?

  /// A picture of a plot's data, in the style that the data name.
  /// - Throws: 64 for a theme or style that does not exist.
  public init(_ table: ForestTable, theme: String = "light", width: Double? = nil) throws(EvidenceError) {
    self.table = table
    self.width = width
    do throws(PlotDataError) {
      var style = try ForestStyle.named(table.style)
      if let shape = table.predictionShape { style.marks.predictionShape = shape }
      self.style = style
      self.theme = try Theme.named(theme)
    } catch { throw EvidenceError(.usage, error.message) }
  }

  /// The picture as SVG.
  public var svg: String {
    SVGRenderer.svg(ForestLayout.drawing(table, style: style, theme: theme, maximumWidth: width))
  }

  /// The picture for a terminal.
  public func text(columns: Int, ascii: Bool = false, color: Bool = false) -> String {
    var options = ForestTerminal.Options()
    options.columns = columns
    options.glyphs = ascii ? .ascii : .unicode
    options.color = color
    return ForestTerminal.text(table, style: style, options: options)
  }

  /// The data as JSON; the picture can be drawn again from it alone.
  public var json: JSONValue { JSONValue(table.document) }

  /// The data as CSV, one row a drawn thing.
  public func csv() -> [UInt8] {
    var writer = CSVWriter()
    let columns = table.columns
    writer.row(["row"] + columns.map(\.name))
    for (index, row) in table.rows.enumerated() {
      writer.cell("\(index + 1)")
      for column in columns {
        switch column.value(row) {
        case .number(let value): writer.cell(value)
        case .text(let text): writer.cell(text)
        default: writer.emptyCell()
        }
      }
      writer.endRow()
    }
    return writer.bytes
  }

  /// The data of an earlier plot, from its JSON.
  /// - Throws: 66 when the file cannot be read, 65 when it is no forest plot.
  public static func read(_ path: String) throws(EvidenceError) -> ForestTable {
    let document = try InputDocument.read(path)
    let value: JSONValue
    do { value = try JSONReader.read(document.bytes) } catch {
      throw EvidenceError(.badData, error.message, file: path, line: error.line)
    }
    do throws(PlotDataError) { return try ForestTable(document: PlotValue(value)) } catch {
      throw EvidenceError(
        .badData, error.message, file: path, hint: "--data takes what evidence forest --format json wrote")
    }
  }
}
