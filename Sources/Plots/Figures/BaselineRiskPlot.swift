/// Events prevented or caused, and numbers needed to treat, against the risk without treatment.
///
/// The vertical axis is the risk difference, on which numbers needed to treat run through infinity at 0.
public struct BaselineRiskPlot: Figure, ChartFigure {
  /// A place of the curve, or a risk that is pointed out.
  public struct Row: PlotRow {
    /// Curve, or a population that is pointed out.
    public var part = FigurePart.line
    /// Name of the population.
    public var name: String?
    /// Risk without treatment, and risk difference (experimental minus control) with its interval.
    public var baseline, difference, lower, upper: Double?

    /// An empty row.
    public init() {}

    /// A place from its values; with a name it is a population that is pointed out.
    public init(baseline: Double, difference: Double, lower: Double, upper: Double, name: String? = nil) {
      part = name == nil ? .line : .study
      self.name = name
      (self.baseline, self.difference, self.lower, self.upper) = (baseline, difference, lower, upper)
    }

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Row>] = [
      .word("row_type", \.part), .text("name", \.name), .number("baseline_risk", \.baseline),
      .number("risk_difference", \.difference), .number("rd_ci_lower", \.lower), .number("rd_ci_upper", \.upper),
    ]
  }

  /// Whether the event is wanted.
  public struct Settings: PlotRow {
    /// Whether the event is wanted, so that more of it is a benefit.
    public var eventIsGood = false

    /// An unwanted event.
    public init() {}

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Settings>] = [.flag("event_good", \.eventIsGood)]
  }

  /// The word by which the kind is chosen.
  public static let kind = "nnt"
  /// Title, measure and texts.
  public var about: FigureAbout
  /// Whether the event is wanted.
  public var settings: Settings
  /// The curve and the populations.
  public var rows: [Row]

  /// A plot from its parts.
  public init(about: FigureAbout, settings: Settings, rows: [Row]) {
    (self.about, self.settings, self.rows) = (about, settings, rows)
  }

  func chart(theme: Theme) -> Chart {
    let known = rows.filter { $0.baseline?.isFinite == true && $0.difference?.isFinite == true }
    let line = known.filter { $0.part == .line }.sorted { ($0.baseline ?? 0) < ($1.baseline ?? 0) }
    let named = known.filter { $0.part == .study }
    let values = known.flatMap { [$0.difference, $0.lower, $0.upper] }.compactMap { $0 }
    let (left, right) = ChartAxis.range(known.compactMap(\.baseline))
    let (low, high) = ChartAxis.range(values, including: [0])
    var chart = Chart(
      title: about.title ?? "", summary: "Risk difference and number needed to treat by baseline risk.",
      x: .linear("Risk without treatment", left, right, margin: 0.02), y: .linear("", low, high))
    chart.y.title = "Difference in events per 1000 (number needed to treat)"
    chart.y.labels = chart.y.ticks.map(label)
    addCurve(line, to: &chart, theme: theme)
    chart.marks.append(.horizontal(0, stroke: .init(theme.muted, width: theme.line)))
    chart.marks.append(
      .points(
        named.map { row in
          ChartTools.studyPoint(
            .init(row.baseline ?? 0, row.difference ?? 0), radius: 0.45, label: row.name, theme: theme)
        }))
    chart.notes = about.notes.map(ForestWords.capitalised)
    return chart
  }

  private func addCurve(_ line: [Row], to chart: inout Chart, theme: Theme) {
    let color = theme.color(OkabeIto.vermilion)
    func places(_ value: (Row) -> Double?) -> [Chart.Place] {
      line.compactMap { row in value(row).map { Chart.Place(row.baseline ?? 0, $0) } }
    }
    let paint = Drawing.Paint(fill: color, opacity: 0.2)
    let band = ChartTools.band(places(\.lower), places(\.upper))
    if band.count > 3 {
      chart.marks.append(.area(band, paint: paint))
      chart.legend.append(
        .init(sample: .area(paint), text: "\(ForestFootnotes.percent(about.level ?? 0.95)) confidence interval"))
    }
    let stroke = Drawing.Stroke(color, width: 1.5)
    chart.marks.append(.line(places(\.difference), stroke: stroke))
    chart.legend.insert(.init(sample: .line(stroke), text: "Expected difference"), at: 0)
  }

  /// A risk difference as events per 1000 and as the number needed to treat for benefit or for harm.
  private func label(_ difference: Double) -> String {
    let perThousand = difference * 1000
    let count = DecimalText(digits: DecimalText.decimals(for: [perThousand], limit: 2)).text(perThousand)
    if difference == 0 { return "0 (∞)" }
    let needed = 1 / abs(difference)
    let kind = (difference > 0) == settings.eventIsGood ? "NNTB" : "NNTH"
    return "\(count) (\(kind) \(DecimalText(digits: needed < 10 ? 1 : 0).text(needed)))"
  }
}
