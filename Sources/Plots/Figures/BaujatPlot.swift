/// Contribution of each study to heterogeneity against its influence on the pooled estimate.
///
/// Source: Baujat et al. 2002.
public struct BaujatPlot: Figure, ChartFigure {
  /// A study.
  public struct Row: PlotRow {
    /// Name of the study.
    public var study: String?
    /// Contribution to Q, and influence on the pooled estimate.
    public var x, y: Double?

    /// An empty row.
    public init() {}

    /// A study from its values.
    public init(study: String, x: Double, y: Double) { (self.study, self.x, self.y) = (study, x, y) }

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Row>] = [.text("study", \.study), .number("x", \.x), .number("y", \.y)]
  }

  /// The word by which the kind is chosen.
  public static let kind = "baujat"
  /// Title, measure and texts.
  public var about: FigureAbout
  /// None.
  public var settings: NoSettings
  /// The studies.
  public var rows: [Row]

  /// A Baujat plot from its parts.
  public init(about: FigureAbout, settings: NoSettings = NoSettings(), rows: [Row]) {
    (self.about, self.settings, self.rows) = (about, settings, rows)
  }

  func chart(theme: Theme) -> Chart {
    let studies = rows.filter { $0.x?.isFinite == true && $0.y?.isFinite == true }
    var chart = Chart(
      title: about.title ?? "", summary: "Baujat plot of \(ChartTools.studies(studies.count)).",
      x: .fromZero("Contribution to heterogeneity (Q)", to: studies.compactMap(\.x).max() ?? 1),
      y: .fromZero("Influence on the pooled estimate", to: studies.compactMap(\.y).max() ?? 1))
    // Names go first to the studies that stand out.
    let ordered = studies.sorted { ($0.x ?? 0) + ($0.y ?? 0) > ($1.x ?? 0) + ($1.y ?? 0) }
    chart.marks = [
      .points(
        ordered.map {
          ChartTools.studyPoint(.init($0.x ?? 0, $0.y ?? 0), radius: 0.4, label: $0.study, theme: theme)
        })
    ]
    chart.notes = about.notes
    return chart
  }
}
