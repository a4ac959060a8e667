public import Plots
public import TableIO

/// Forest plots as the user gets them, drawn from their data alone.
public struct ForestPicture: Picture {
  /// The data.
  public let figure: ForestPanels
  /// The drawing.
  public let drawing: Drawing

  /// A picture of plots, each in the style that its data name.
  /// - Throws: 64 for a style that does not exist.
  public init(_ figure: ForestPanels, look: PictureLook = PictureLook()) throws(EvidenceError) {
    self.figure = figure
    do throws(PlotDataError) {
      drawing = try figure.drawing(theme: look.theme, maximumWidth: look.width)
    } catch { throw EvidenceError(.usage, error.message) }
  }

  /// The plots for a terminal.
  /// - Throws: 64 for a style that does not exist.
  public static func text(
    _ figure: ForestPanels, columns: Int, ascii: Bool = false, color: Bool = false
  ) throws(EvidenceError) -> String {
    var options = ForestTerminal.Options()
    options.columns = columns
    options.glyphs = ascii ? .ascii : .unicode
    options.color = color
    var texts = figure.title.isEmpty ? [] : [figure.title + "\n"]
    do throws(PlotDataError) {
      for table in figure.panels {
        texts.append(ForestTerminal.text(table, style: try table.namedStyle(), options: options))
      }
    } catch { throw EvidenceError(.usage, error.message) }
    return texts.joined(separator: "\n")
  }

  /// The data as JSON; the picture can be drawn again from it alone.
  public var json: JSONValue { JSONValue(figure.document) }

  /// The data as CSV, one row a drawn thing; with several plots the first column names the plot.
  public func csv() -> [UInt8] {
    var writer = CSVWriter()
    var extras: [String] = []
    for name in figure.panels.flatMap({ $0.extraColumns.map(\.name) }) where !extras.contains(name) {
      extras.append(name)
    }
    let isSeveral = figure.panels.count > 1
    writer.row((isSeveral ? ["plot"] : []) + ["row"] + ForestRow.columns.map(\.name) + extras)
    for (number, table) in figure.panels.enumerated() {
      let own = table.columns
      let columns = ForestRow.columns.map(Optional.some) + extras.map { name in own.last { $0.name == name } }
      for (index, row) in table.rows.enumerated() {
        if isSeveral { writer.cell(table.title.isEmpty ? "\(number + 1)" : table.title) }
        writer.cell("\(index + 1)")
        for column in columns { writer.cell(column?.value(row) ?? .missing) }
        writer.endRow()
      }
    }
    return writer.bytes
  }

  /// The data of an earlier figure, from its JSON.
  /// - Throws: 66 when the file cannot be read, 65 when it is no forest plot.
  public static func read(_ path: String) throws(EvidenceError) -> ForestPanels {
    let value = try PlotDocument.read(path)
    do throws(PlotDataError) { return try ForestPanels(document: PlotValue(value)) } catch {
      throw EvidenceError(
        .badData, error.message, file: path, hint: "--data takes what evidence forest --format json wrote")
    }
  }
}

/// Data of a figure on disk.
enum PlotDocument {
  /// The JSON of a file.
  /// - Throws: 66 when the file cannot be read, 65 when it is no JSON.
  static func read(_ path: String) throws(EvidenceError) -> JSONValue {
    let document = try InputDocument.read(path)
    do { return try JSONReader.read(document.bytes) } catch {
      throw EvidenceError(.badData, error.message, file: path, line: error.line)
    }
  }
}

extension CSVWriter {
  /// Writes a value of a plot's data.
  mutating func cell(_ value: PlotValue) {
    switch value {
    case .number(let number): cell(number)
    case .text(let text): cell(text)
    case .flag(let flag): cell(flag ? "true" : "false")
    default: emptyCell()
    }
  }
}
