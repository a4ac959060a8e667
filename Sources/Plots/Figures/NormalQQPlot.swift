/// Standardised residuals against normal quantiles, with an envelope where one was computed.
///
/// Source: Wang and Bushman 1998.
public struct NormalQQPlot: Figure, ChartFigure {
  /// A study.
  public struct Row: PlotRow {
    /// Name of the study.
    public var study: String?
    /// Normal quantile and residual.
    public var x, y: Double?
    /// Envelope at the quantile.
    public var lower, upper: Double?

    /// An empty row.
    public init() {}

    /// A study from its values.
    public init(study: String, x: Double, y: Double, lower: Double? = nil, upper: Double? = nil) {
      (self.study, self.x, self.y, self.lower, self.upper) = (study, x, y, lower, upper)
    }

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Row>] = [
      .text("study", \.study), .number("x", \.x), .number("y", \.y), .number("lower", \.lower),
      .number("upper", \.upper),
    ]
  }

  /// The word by which the kind is chosen.
  public static let kind = "qq"
  /// Title, measure and texts.
  public var about: FigureAbout
  /// None.
  public var settings: NoSettings
  /// The studies.
  public var rows: [Row]

  /// A plot from its parts.
  public init(about: FigureAbout, settings: NoSettings = NoSettings(), rows: [Row]) {
    (self.about, self.settings, self.rows) = (about, settings, rows)
  }

  func chart(theme: Theme) -> Chart {
    let studies = rows.filter { $0.x?.isFinite == true && $0.y?.isFinite == true }
      .sorted { ($0.x ?? 0) < ($1.x ?? 0) }
    let xs = ChartAxis.range(studies.compactMap(\.x))
    let ys = ChartAxis.range(studies.flatMap { [$0.y, $0.lower, $0.upper] }.compactMap { $0 })
    var chart = Chart(
      title: about.title ?? "", summary: "Normal quantile plot of \(ChartTools.studies(studies.count)).",
      x: .linear("Normal quantile", xs.0, xs.1), y: .linear("Standardised residual", ys.0, ys.1))
    chart.width = 30
    let lower = studies.compactMap { row in row.lower.map { Chart.Place(row.x ?? 0, $0) } }
    let upper = studies.compactMap { row in row.upper.map { Chart.Place(row.x ?? 0, $0) } }
    if lower.count > 1, upper.count > 1 {
      chart.marks.append(.area(ChartTools.band(lower, upper), paint: .init(fill: theme.shade)))
    }
    let diagonal = [Chart.Place(-1e3, -1e3), .init(1e3, 1e3)]
    chart.marks.append(.line(diagonal, stroke: .init(theme.muted, width: theme.line)))
    chart.marks.append(
      .points(
        studies.reversed().map {
          let isFar = abs($0.y ?? 0) > 1.96
          return ChartTools.studyPoint(
            .init($0.x ?? 0, $0.y ?? 0), radius: 0.4, label: isFar ? $0.study : nil, theme: theme)
        }))
    chart.notes = about.notes
    return chart
  }
}
