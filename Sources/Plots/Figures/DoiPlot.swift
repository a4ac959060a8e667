/// The Doi plot: how far the mid-rank of a study lies from the middle, |z|, over its effect, 0 on top.
///
/// Without small-study effects the line through the tip parts the mountain into two like halves.
///
/// Source: Furuya-Kanamori, Barendregt and Doi 2018.
public struct DoiPlot: Figure, ChartFigure {
  /// A study.
  public struct Row: PlotRow {
    /// Name of the study.
    public var study: String?
    /// Estimate on the analysis scale, and the normal quantile of its mid-rank.
    public var yi, z: Double?

    /// An empty row.
    public init() {}

    /// A study from its values.
    public init(study: String, yi: Double, z: Double) {
      (self.study, self.yi, self.z) = (study, yi, z)
    }

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Row>] = [
      .text("study", \.study), .number("yi", \.yi), .number("z", \.z),
    ]
  }

  /// The index of asymmetry.
  public struct Settings: PlotRow {
    /// The LFK index.
    public var index: Double?
    /// Whether points are named.
    public var labels = false

    /// No index.
    public init() {}

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Settings>] = [.number("lfk", \.index), .flag("labels", \.labels)]
  }

  /// The word by which the kind is chosen.
  public static let kind = "doi"
  /// Title, measure and texts.
  public var about: FigureAbout
  /// The index of asymmetry.
  public var settings: Settings
  /// The studies.
  public var rows: [Row]

  /// A Doi plot from its parts.
  public init(about: FigureAbout, settings: Settings, rows: [Row]) {
    (self.about, self.settings, self.rows) = (about, settings, rows)
  }

  func chart(theme: Theme) -> Chart {
    let studies = rows.compactMap { row -> (row: Row, place: Chart.Place)? in
      guard let yi = row.yi, let z = row.z, yi.isFinite, z.isFinite else { return nil }
      return (row, Chart.Place(yi, abs(z)))
    }
    let (low, high) = ChartAxis.range(studies.map(\.place.x), including: [about.null])
    var y = ChartAxis.fromZero("Distance of the mid-rank from the middle, |z|", to: studies.map(\.place.y).max() ?? 1)
    y.reversed = true
    var chart = Chart(
      title: about.title ?? "", summary: "Doi plot of \(ChartTools.studies(studies.count)).",
      x: .effects(about.axisTitle, low, high, isLog: about.isLog), y: y)
    let limbs = studies.map(\.place).sorted { $0.x < $1.x }
    chart.marks.append(.line(limbs, stroke: .init(theme.hairline, width: theme.line)))
    if let tip = limbs.min(by: { $0.y < $1.y }) {
      let dashed = Drawing.Stroke(theme.ink, width: theme.line, dash: [3, 2])
      chart.marks.append(.vertical(tip.x, stroke: dashed))
      chart.legend.append(.init(sample: .line(dashed), text: "Through the tip"))
    }
    if let index = settings.index {
      let paint = Drawing.Paint(fill: theme.color(OkabeIto.blue), opacity: 0.75)
      chart.legend.append(.init(sample: .point(paint), text: "Study; LFK index \(DecimalText(digits: 2).text(index))"))
    }
    chart.marks.append(
      .points(
        studies.map {
          ChartTools.studyPoint($0.place, radius: 0.4, label: settings.labels ? $0.row.study : nil, theme: theme)
        }))
    chart.notes = about.notes
    return chart
  }
}
