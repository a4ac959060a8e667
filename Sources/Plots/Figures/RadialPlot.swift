/// Standardised estimates against precision: the slope of a line from the origin is the effect, read off on the arc.
///
/// Source: Galbraith 1988.
public struct RadialPlot: Figure, ChartFigure {
  /// A study.
  public struct Row: PlotRow {
    /// Name of the study.
    public var study: String?
    /// Estimate on the analysis scale and its spread: √(vi + τ²) for random-effects models, √vi for others.
    public var yi, spread: Double?

    /// An empty row.
    public init() {}

    /// A study from its values.
    public init(study: String, yi: Double, spread: Double) {
      (self.study, self.yi, self.spread) = (study, yi, spread)
    }

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Row>] = [
      .text("study", \.study), .number("yi", \.yi), .number("spread", \.spread),
    ]
  }

  /// The pooled estimate.
  public struct Settings: PlotRow {
    /// Pooled estimate and its interval on the analysis scale.
    public var estimate, ciLower, ciUpper: Double?
    /// Whether points are named.
    public var labels = false

    /// No estimate.
    public init() {}

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Settings>] = [
      .number("estimate", \.estimate), .number("ci_lower", \.ciLower), .number("ci_upper", \.ciUpper),
      .flag("labels", \.labels),
    ]
  }

  /// The word by which the kind is chosen.
  public static let kind = "radial"
  /// Title, measure and texts.
  public var about: FigureAbout
  /// The pooled estimate.
  public var settings: Settings
  /// The studies.
  public var rows: [Row]

  /// A radial plot from its parts.
  public init(about: FigureAbout, settings: Settings, rows: [Row]) {
    (self.about, self.settings, self.rows) = (about, settings, rows)
  }

  func chart(theme: Theme) -> Chart {
    let studies = rows.compactMap { row -> (row: Row, x: Double, z: Double)? in
      guard let yi = row.yi, let spread = row.spread, spread > 0, spread.isFinite, yi.isFinite else { return nil }
      return (row, 1 / spread, yi / spread)
    }
    let reach = (studies.map(\.x).max() ?? 1) * 1.08
    let critical = ChartTools.critical(about.level ?? 0.95)
    let ends = [settings.estimate, settings.ciLower, settings.ciUpper].map { $0.map { $0 * reach } }
    let (low, high) = ChartAxis.range(
      studies.map(\.z), including: ends + [settings.estimate.map { $0 * reach - critical }, critical, -critical])
    var chart = Chart(
      title: about.title ?? "", summary: "Radial plot of \(ChartTools.studies(studies.count)).",
      x: .linear("Precision (1 / standard error)", 0, reach * 1.16, margin: 0),
      y: .linear("Standardised estimate (z)", low, high))
    chart.isBoxed = false
    chart.namesEnd = reach * 1.02
    addLines(&chart, reach: reach, critical: critical, theme: theme)
    addArc(&chart, reach: reach, values: studies.compactMap(\.row.yi), theme: theme)
    chart.marks.append(
      .points(
        studies.map {
          ChartTools.studyPoint(
            .init($0.x, $0.z), radius: 0.4, label: settings.labels ? $0.row.study : nil, theme: theme)
        }))
    chart.notes = about.notes
    return chart
  }

  private func addLines(_ chart: inout Chart, reach: Double, critical: Double, theme: Theme) {
    guard let estimate = settings.estimate else { return }
    if let lower = settings.ciLower, let upper = settings.ciUpper {
      let wedge = [Chart.Place(0, 0), .init(reach, lower * reach), .init(reach, upper * reach)]
      let paint = Drawing.Paint(fill: theme.color(OkabeIto.sky), opacity: 0.3)
      chart.marks.append(.area(wedge, paint: paint))
      chart.legend.append(.init(sample: .area(paint), text: "\(ForestFootnotes.percent(about.level ?? 0.95)) CI"))
    }
    let solid = Drawing.Stroke(theme.ink, width: theme.line)
    let dashed = Drawing.Stroke(theme.muted, width: theme.line, dash: [3, 2])
    chart.marks.append(.line([.init(0, 0), .init(reach, estimate * reach)], stroke: solid))
    for shift in [-critical, critical] {
      chart.marks.append(.line([.init(0, shift), .init(reach, estimate * reach + shift)], stroke: dashed))
    }
    chart.legend.insert(.init(sample: .line(solid), text: "Pooled estimate"), at: 0)
    chart.legend.append(.init(sample: .line(dashed), text: "±\(DecimalText(digits: 2).text(critical))"))
  }

  /// The arc on which slopes are read, round the origin on the paper.
  private func addArc(_ chart: inout Chart, reach: Double, values: [Double], theme: Theme) {
    let aspect =
      (chart.height / (chart.y.max - chart.y.min)) / (chart.width / (chart.x.max - chart.x.min))
    func place(_ slope: Double, _ radius: Double) -> Chart.Place {
      let x = radius / (1 + aspect * aspect * slope * slope).squareRoot()
      return Chart.Place(x, slope * x)
    }
    guard !values.isEmpty else { return }
    let (low, high) = ChartAxis.range(values, including: [settings.ciLower, settings.ciUpper])
    let axis = ChartAxis.effects("", low, high, isLog: about.isLog, margin: 0)
    let radius = reach * 1.04
    let stroke = Drawing.Stroke(theme.ink, width: theme.line)
    chart.marks.append(.line(ChartTools.curve(from: low, to: high) { $0 }.map { place($0.x, radius) }, stroke: stroke))
    var lastHeight = -Double.infinity
    for (tick, label) in zip(axis.ticks, axis.labels) where tick >= low && tick <= high {
      // Labels stand at least a line apart.
      let height = place(tick, radius).y / (chart.y.max - chart.y.min) * chart.height
      guard height - lastHeight >= 1.2 else { continue }
      lastHeight = height
      chart.marks.append(.line([place(tick, radius), place(tick, radius * 1.015)], stroke: stroke))
      chart.marks.append(.note(label, place(tick, radius * 1.03), anchor: .start))
    }
  }
}
