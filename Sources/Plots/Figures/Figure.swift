/// A figure: its data first, a picture of them second.
///
/// A kind of figure is a type with a row type, a type of settings and a chart made from both; files, the way back from
/// them and the drawing are the same for all.
public protocol Figure: Sendable, Equatable {
  /// What the picture is made of.
  associatedtype Row: PlotRow
  /// What holds for the whole picture, beside ``FigureAbout``.
  associatedtype Settings: PlotRow
  /// The word by which the kind is chosen.
  static var kind: String { get }
  /// Title, measure and texts.
  var about: FigureAbout { get set }
  /// What holds for the whole picture.
  var settings: Settings { get set }
  /// What the picture is made of.
  var rows: [Row] { get set }
  /// A figure from its parts.
  init(about: FigureAbout, settings: Settings, rows: [Row])
  /// The picture.
  ///
  /// - Parameter maximumWidth: greatest width as printed, in millimetres; as wide as needed when `nil`.
  func drawing(theme: Theme, maximumWidth: Double?) -> Drawing
}

/// What every figure says about itself.
public struct FigureAbout: Sendable, Equatable, PlotRow {
  /// Title of the figure.
  public var title: String?
  /// Code of the measure, such as `RR`, and its name in words.
  public var measure, measureName: String?
  /// Whether estimates are logarithms that are shown as ratios.
  public var isLog = false
  /// No effect on the analysis scale; `nil` for single groups.
  public var null: Double?
  /// Coverage of intervals.
  public var level: Double?
  /// A line under the figure.
  public var note: String?

  /// Nothing said yet.
  public init() {}

  /// The columns in the order of the files.
  public static let columns: [PlotColumn<FigureAbout>] = [
    .text("title", \.title), .text("measure", \.measure), .text("measure_name", \.measureName),
    .flag("log", \.isLog), .number("null_value", \.null), .number("level", \.level), .text("note", \.note),
  ]

  /// The measure's name as the title of an axis.
  var axisTitle: String {
    let name = ForestWords.capitalised(measureName ?? measure ?? "Estimate")
    return isLog ? name + " (log scale)" : name
  }

  /// The lines under the figure.
  var notes: [String] { note.map { [$0] } ?? [] }
}

extension Figure {
  /// Name of the data format, with its version.
  public static var schema: String { "evidence.plot/1" }

  /// The whole figure as named values, from which a JSON file is written; ``init(document:)`` reads it back.
  public var document: PlotValue {
    .record([
      .init("schema", .text(Self.schema)), .init("kind", .text(Self.kind)), .init("about", about.record),
      .init("settings", settings.record), .init("rows", .list(rows.map(\.record))),
    ])
  }

  /// Reads a figure back from named values; unknown fields are passed over.
  ///
  /// Throws ``PlotDataError`` naming the field that is absent or of the wrong kind.
  public init(document: PlotValue) throws(PlotDataError) {
    guard document["schema"].text == Self.schema, document["kind"].text == Self.kind else {
      throw .field(name: "kind", row: nil, expected: "\"\(Self.kind)\" of schema \"\(Self.schema)\"")
    }
    var rows: [Row] = []
    for (index, record) in document["rows"].elements.enumerated() {
      rows.append(try Row(record: record, number: index + 1))
    }
    self.init(
      about: try FigureAbout(record: document["about"], number: nil),
      settings: try Settings(record: document["settings"], number: nil), rows: rows)
  }

  /// Names of the columns of the CSV file.
  public static var columnNames: [String] { Row.columns.map(\.name) }

  /// The values of a row in the order of the columns.
  public func values(of row: Row) -> [PlotValue] { Row.columns.map { $0.value(row) } }

  /// The picture, light and as wide as needed.
  public func drawing() -> Drawing { drawing(theme: .light, maximumWidth: nil) }
}

/// A figure of one chart.
protocol ChartFigure: Figure {
  /// The chart in data units.
  func chart(theme: Theme) -> Chart
}

extension ChartFigure {
  /// The picture.
  public func drawing(theme: Theme, maximumWidth: Double?) -> Drawing {
    ChartLayout.drawing(chart(theme: theme), theme: theme, maximumWidth: maximumWidth)
  }
}

/// Settings of a kind of figure that has none.
public struct NoSettings: PlotRow {
  /// No settings.
  public init() {}
  /// No columns.
  public static let columns: [PlotColumn<NoSettings>] = []
}

/// Whether a row is a study or belongs to a line.
public enum FigurePart: String, Sendable, CaseIterable {
  /// A study.
  case study
  /// A place of a fitted line with its bands.
  case line
}
