/// The data of a forest plot: every drawn thing in drawing order, the axis, the headings and the footers.
///
/// The picture is a function of this value, a style and a theme, and of nothing else.
public struct ForestTable: Sendable, Equatable {
  /// Name of the data format, with its version.
  public static let schema = "evidence.forest/1"

  /// Title of the figure; empty for none.
  public var title: String
  /// Name of the style the texts were made for.
  public var style: String
  /// How prediction intervals are drawn; as the style has it when `nil`.
  public var predictionShape: ForestMarks.PredictionShape?
  /// Decimals of the printed effects.
  public var digits: Int
  /// What was analysed and how, such as `measure`, `model`, `tau2`, `ci`, `software`, in a fixed order.
  public var analysis: [KeyedText]
  /// The horizontal axis.
  public var axis: ForestAxis
  /// Texts of the column headings by key: `label`, `effect`, `method`, `arm_e`, `arm_c`, …
  public var headings: [KeyedText]
  /// Lines under the figure.
  public var footers: [String]
  /// What the figure shows from left to right.
  public var cells: [ForestCell]
  /// Columns of the user's own.
  public var extraColumns: [ForestExtraColumn]
  /// The rows from top to bottom.
  public var rows: [ForestRow]

  /// A table without rows.
  public init(style: String, digits: Int, axis: ForestAxis) {
    title = ""
    self.style = style
    self.digits = digits
    analysis = []
    self.axis = axis
    headings = []
    footers = []
    cells = [.label, .plot, .effect]
    extraColumns = []
    rows = []
  }

  /// The columns of this table: ``ForestRow/columns`` and the user's own.
  public var columns: [ForestColumn] {
    ForestRow.columns + extraColumns.enumerated().map { ForestColumn.extra($0.element.name, at: $0.offset) }
  }
}

/// The horizontal axis of a forest plot, in displayed units.
public struct ForestAxis: Sendable, Equatable {
  /// Whether distances are logarithmic.
  public var log: Bool
  /// Ends of the axis; what lies beyond is clipped and gets an arrow.
  public var min, max: Double
  /// Positions of the ticks.
  public var ticks: [Double]
  /// No effect; `nil` for single-group measures, which have none.
  public var null: Double?
  /// What lies to the left and to the right of no effect, such as "Favours MBT".
  public var labelLeft, labelRight: String?
  /// Title of the axis.
  public var label: String?

  /// An axis from its parts.
  public init(log: Bool, min: Double, max: Double, ticks: [Double], null: Double?) {
    self.log = log
    self.min = min
    self.max = max
    self.ticks = ticks
    self.null = null
  }
}

/// A column that the user added to a forest plot.
public struct ForestExtraColumn: Sendable, Equatable {
  /// How the texts of a column are drawn.
  public enum Kind: String, Sendable {
    /// As text.
    case text
    /// As numbers, set flush right.
    case number
    /// As a light: low, some, high or unclear risk of bias.
    case riskOfBias = "risk-of-bias"
  }

  /// Name in CSV and JSON.
  public var name: String
  /// Heading in the figure.
  public var heading: String
  /// How it is drawn.
  public var kind: Kind
  /// Heading that it shares with its neighbours.
  public var group: String?
  /// Whether it stands left of the plot, where ``ForestTable/cells`` does not place it.
  public var left: Bool

  /// A column from its parts.
  public init(name: String, heading: String, kind: Kind = .text, group: String? = nil, left: Bool = false) {
    self.name = name
    self.heading = heading
    self.kind = kind
    self.group = group
    self.left = left
  }
}
