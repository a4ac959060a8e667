/// Fits of subsets of the studies: how often each combination of estimate and heterogeneity comes up.
///
/// Source: Olkin, Dahabreh and Trikalinos 2012.
public struct GOSHPlot: Figure, ChartFigure {
  /// A subset.
  public struct Row: PlotRow {
    /// Number of studies in the subset.
    public var k: Double?
    /// Pooled estimate on the analysis scale, and heterogeneity (I² in per cent unless the settings name another).
    public var estimate, y: Double?
    /// Whether the subset holds the study that the settings name.
    public var included = false

    /// An empty row.
    public init() {}

    /// A subset from its values.
    public init(k: Int, estimate: Double, y: Double, included: Bool = false) {
      (self.k, self.estimate, self.y, self.included) = (Double(k), estimate, y, included)
    }

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Row>] = [
      .number("k", \.k), .number("estimate", \.estimate), .number("y", \.y), .flag("included", \.included),
    ]
  }

  /// What the picture tells apart.
  public struct Settings: PlotRow {
    /// Name of the vertical axis.
    public var vertical: String?
    /// The study whose subsets are coloured.
    public var study: String?

    /// I², no study.
    public init() {}

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Settings>] = [.text("vertical", \.vertical), .text("study", \.study)]
  }

  /// The word by which the kind is chosen.
  public static let kind = "gosh"
  /// Title, measure and texts.
  public var about: FigureAbout
  /// What the picture tells apart.
  public var settings: Settings
  /// The subsets.
  public var rows: [Row]

  /// A plot from its parts.
  public init(about: FigureAbout, settings: Settings, rows: [Row]) {
    (self.about, self.settings, self.rows) = (about, settings, rows)
  }

  private static let columns = 64, lines = 44

  func chart(theme: Theme) -> Chart {
    let (left, right) = ChartAxis.range(rows.compactMap(\.estimate), including: [about.null])
    let (low, high) = ChartAxis.range(rows.compactMap(\.y))
    var chart = Chart(
      title: about.title ?? "", summary: "Estimates and heterogeneity of \(rows.count) subsets of the studies.",
      x: .effects(about.axisTitle, left, right, isLog: about.isLog),
      y: .linear(settings.vertical ?? "I² (%)", low, high))
    addCells(to: &chart, theme: theme)
    if let null = about.null { chart.marks.append(.vertical(null, stroke: .init(theme.muted, width: theme.line))) }
    if let study = settings.study {
      let with = Drawing.Paint(fill: theme.color(OkabeIto.vermilion))
      let without = Drawing.Paint(fill: theme.color(OkabeIto.blue))
      chart.legend = [
        .init(sample: .area(with), text: "With \(study)"), .init(sample: .area(without), text: "Without \(study)"),
      ]
    }
    chart.notes =
      about.notes + ["\(rows.count) subsets; \(theme.isDark ? "brighter" : "darker") cells hold more of them."]
    return chart
  }

  /// Counts subsets in cells of the picture; a cell is the darker the more it holds, on a logarithmic scale.
  private func addCells(to chart: inout Chart, theme: Theme) {
    var counts = [(all: Int, included: Int)](repeating: (0, 0), count: Self.columns * Self.lines)
    let (width, height) = (chart.x.max - chart.x.min, chart.y.max - chart.y.min)
    for row in rows {
      guard let x = row.estimate, let y = row.y, x.isFinite, y.isFinite else { continue }
      let column = min(Self.columns - 1, max(0, Int((x - chart.x.min) / width * Double(Self.columns))))
      let line = min(Self.lines - 1, max(0, Int((y - chart.y.min) / height * Double(Self.lines))))
      counts[line * Self.columns + column].all += 1
      if row.included { counts[line * Self.columns + column].included += 1 }
    }
    let largest = PlotMath.log(Double(counts.map(\.all).max() ?? 1) + 1)
    /// The look of a cell, in eight strengths; `nil` for an empty one.
    func look(_ index: Int) -> (isWith: Bool, strength: Int)? {
      let count = counts[index]
      guard count.all > 0 else { return nil }
      let strength = 1 + 7 * PlotMath.log(Double(count.all) + 1) / largest
      return (settings.study != nil && 2 * count.included > count.all, Int(strength.rounded()))
    }
    for line in 0..<Self.lines {
      var start = 0
      while start < Self.columns {
        // Neighbours of one look are one cell.
        guard let own = look(line * Self.columns + start) else {
          start += 1
          continue
        }
        var end = start + 1
        while !own.isWith, end < Self.columns, let next = look(line * Self.columns + end), next == own { end += 1 }
        let color = theme.color(own.isWith ? OkabeIto.vermilion : OkabeIto.blue)
        // Cells of the study that is pointed out stand apart, so that they are told from the others without colour.
        let inset = own.isWith ? 0.2 : 0
        let first = Chart.Place(
          chart.x.min + (Double(start) + inset) / Double(Self.columns) * width,
          chart.y.min + (Double(line) + inset) / Double(Self.lines) * height)
        let last = Chart.Place(
          chart.x.min + (Double(end) - inset) / Double(Self.columns) * width,
          chart.y.min + (Double(line + 1) - inset) / Double(Self.lines) * height)
        chart.marks.append(.cell(first, last, paint: .init(fill: color, opacity: Double(own.strength) / 8)))
        start = end
      }
    }
  }
}
