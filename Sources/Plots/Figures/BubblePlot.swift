/// Estimates against a moderator, areas by weight, with the line of a meta-regression and its bands.
///
/// Source: Thompson and Higgins 2002.
public struct BubblePlot: Figure, ChartFigure {
  /// A study, or a place of the fitted line.
  public struct Row: PlotRow {
    /// Study or line.
    public var part = FigurePart.study
    /// Name of the study.
    public var study: String?
    /// Value of the moderator.
    public var x: Double?
    /// Estimate of the study, or fitted value, on the analysis scale.
    public var y: Double?
    /// Weight of the study.
    public var weight: Double?
    /// Confidence and prediction interval of the fitted value.
    public var ciLower, ciUpper, piLower, piUpper: Double?

    /// An empty row.
    public init() {}

    /// A study.
    public init(study: String, x: Double, y: Double, weight: Double) {
      (self.study, self.x, self.y, self.weight) = (study, x, y, weight)
    }

    /// A place of the line.
    public init(lineAt x: Double, fitted: Double, confidence: (Double, Double)?, prediction: (Double, Double)?) {
      part = .line
      (self.x, y, ciLower, ciUpper) = (x, fitted, confidence?.0, confidence?.1)
      (piLower, piUpper) = (prediction?.0, prediction?.1)
    }

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Row>] = [
      .word("row_type", \.part), .text("study", \.study), .number("x", \.x), .number("y", \.y),
      .number("weight", \.weight), .number("ci_lower", \.ciLower), .number("ci_upper", \.ciUpper),
      .number("pi_lower", \.piLower), .number("pi_upper", \.piUpper),
    ]
  }

  /// What holds for the whole figure.
  public struct Settings: PlotRow {
    /// Name of the moderator.
    public var moderator: String?
    /// Whether points are named.
    public var labels = false

    /// No names.
    public init() {}

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Settings>] = [.text("moderator", \.moderator), .flag("labels", \.labels)]
  }

  /// The word by which the kind is chosen.
  public static let kind = "bubble"
  /// Title, measure and texts.
  public var about: FigureAbout
  /// The moderator.
  public var settings: Settings
  /// Studies and line.
  public var rows: [Row]

  /// A bubble plot from its parts.
  public init(about: FigureAbout, settings: Settings, rows: [Row]) {
    (self.about, self.settings, self.rows) = (about, settings, rows)
  }

  func chart(theme: Theme) -> Chart {
    // Small circles stand before large ones.
    let studies = rows.filter { $0.part == .study && $0.x?.isFinite == true && $0.y?.isFinite == true }
      .sorted { ($0.weight ?? 0) > ($1.weight ?? 0) }
    let line = rows.filter { $0.part == .line && $0.x?.isFinite == true }
    let (left, right) = ChartAxis.range(studies.compactMap(\.x))
    let bandEnds = line.flatMap { [$0.ciLower, $0.ciUpper, $0.y] }.compactMap { $0 }
    let (low, high) = ChartAxis.range(studies.compactMap(\.y), including: bandEnds + [about.null])
    var chart = Chart(
      title: about.title ?? "", summary: "Bubble plot of \(ChartTools.studies(studies.count)).",
      x: .linear(settings.moderator ?? "Moderator", left, right),
      y: .effects(about.axisTitle, low, high, isLog: about.isLog, margin: 0.08))
    addBands(line, to: &chart, theme: theme)
    if let null = about.null {
      chart.marks.append(.horizontal(null, stroke: .init(theme.muted, width: theme.thin, dash: [1, 2])))
    }
    let radii = ChartTools.radii(studies.map(\.weight), largest: 1.3)
    chart.marks.append(
      .points(
        zip(studies, radii).map { row, radius in
          ChartTools.studyPoint(
            .init(row.x ?? 0, row.y ?? 0), radius: radius, label: settings.labels ? row.study : nil, theme: theme)
        }))
    chart.notes = about.notes
    return chart
  }

  private func addBands(_ line: [Row], to chart: inout Chart, theme: Theme) {
    let level = ForestFootnotes.percent(about.level ?? 0.95)
    let vermilion = theme.color(OkabeIto.vermilion)
    func places(_ value: (Row) -> Double?) -> [Chart.Place] {
      line.compactMap { row in value(row).map { Chart.Place(row.x ?? 0, $0) } }
    }
    let prediction = ChartTools.band(places(\.piLower), places(\.piUpper))
    if prediction.count > 3 {
      chart.marks.append(.area(prediction, paint: .init(fill: vermilion, opacity: 0.12)))
      chart.legend.append(
        .init(sample: .area(.init(fill: vermilion, opacity: 0.12)), text: "\(level) prediction interval"))
    }
    let confidence = ChartTools.band(places(\.ciLower), places(\.ciUpper))
    if confidence.count > 3 {
      chart.marks.append(.area(confidence, paint: .init(fill: vermilion, opacity: 0.28)))
      chart.legend.insert(
        .init(sample: .area(.init(fill: vermilion, opacity: 0.35)), text: "\(level) confidence interval"), at: 0)
    }
    let stroke = Drawing.Stroke(vermilion, width: 1.25)
    if line.count > 1 {
      chart.marks.append(.line(places(\.y), stroke: stroke))
      chart.legend.insert(.init(sample: .line(stroke), text: "Meta-regression"), at: 0)
    }
  }
}
