/// Risk in the experimental arm against risk in the control arm, with the line of equal risks and that of the pooled
/// effect.
///
/// Source: L'Abbé, Detsky and O'Rourke 1987.
public struct LAbbePlot: Figure, ChartFigure {
  /// A study.
  public struct Row: PlotRow {
    /// Name of the study.
    public var study: String?
    /// Risk (or rate) in the control and in the experimental arm.
    public var x, y: Double?
    /// Weight of the study.
    public var weight: Double?

    /// An empty row.
    public init() {}

    /// A study from its values.
    public init(study: String, control: Double, experimental: Double, weight: Double?) {
      (self.study, x, y, self.weight) = (study, control, experimental, weight)
    }

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Row>] = [
      .text("study", \.study), .number("risk_control", \.x), .number("risk_experimental", \.y),
      .number("weight", \.weight),
    ]
  }

  /// How an effect moves a risk.
  public enum Effect: String, Sendable, CaseIterable {
    /// y = x · eᵇ.
    case riskRatio = "risk-ratio"
    /// odds(y) = odds(x) · eᵇ.
    case oddsRatio = "odds-ratio"
    /// y = x + b.
    case riskDifference = "risk-difference"
  }

  /// The pooled effect.
  public struct Settings: PlotRow {
    /// How the effect moves a risk.
    public var effect = Effect.riskRatio
    /// Pooled estimate and its interval on the analysis scale.
    public var estimate, ciLower, ciUpper: Double?
    /// Names of the arms.
    public var armExperimental, armControl: String?
    /// Whether points are named.
    public var labels = false

    /// No estimate.
    public init() {}

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Settings>] = [
      .word("effect", \.effect), .number("estimate", \.estimate), .number("ci_lower", \.ciLower),
      .number("ci_upper", \.ciUpper), .text("arm_e", \.armExperimental), .text("arm_c", \.armControl),
      .flag("labels", \.labels),
    ]

    /// The experimental risk that an effect makes of a control risk.
    func moved(_ risk: Double, by estimate: Double) -> Double {
      switch effect {
      case .riskRatio: return risk * PlotMath.exp(estimate)
      case .oddsRatio:
        let odds = PlotMath.exp(estimate)
        return risk * odds / (1 - risk + risk * odds)
      case .riskDifference: return risk + estimate
      }
    }
  }

  /// The word by which the kind is chosen.
  public static let kind = "labbe"
  /// Title, measure and texts.
  public var about: FigureAbout
  /// The pooled effect.
  public var settings: Settings
  /// The studies.
  public var rows: [Row]

  /// A plot from its parts.
  public init(about: FigureAbout, settings: Settings, rows: [Row]) {
    (self.about, self.settings, self.rows) = (about, settings, rows)
  }

  func chart(theme: Theme) -> Chart {
    // Small circles stand before large ones.
    let studies = rows.filter { $0.x?.isFinite == true && $0.y?.isFinite == true }
      .sorted { ($0.weight ?? 0) > ($1.weight ?? 0) }
    let largest = studies.flatMap { [$0.x, $0.y] }.compactMap { $0 }.max() ?? 1
    let control = settings.armControl ?? "control"
    let experimental = settings.armExperimental ?? "experimental"
    var chart = Chart(
      title: about.title ?? "", summary: "L’Abbé plot of \(ChartTools.studies(studies.count)).",
      x: .linear("Risk: \(control)", 0, largest), y: .linear("Risk: \(experimental)", 0, largest))
    (chart.width, chart.height) = (30, 30)
    let end = chart.x.max
    addEffect(&chart, end: end, theme: theme)
    let equal = Drawing.Stroke(theme.muted, width: theme.line)
    chart.marks.append(.line([.init(0, 0), .init(end, end)], stroke: equal))
    chart.legend.append(.init(sample: .line(equal), text: "Equal risks"))
    let radii = ChartTools.radii(studies.map(\.weight), largest: 0.9)
    chart.marks.append(
      .points(
        zip(studies, radii).map { row, radius in
          ChartTools.studyPoint(
            .init(row.x ?? 0, row.y ?? 0), radius: radius, label: settings.labels ? row.study : nil, theme: theme)
        }))
    chart.notes = about.notes
    return chart
  }

  private func addEffect(_ chart: inout Chart, end: Double, theme: Theme) {
    guard let estimate = settings.estimate else { return }
    let color = theme.color(OkabeIto.vermilion)
    let limit = settings.effect == .oddsRatio ? min(end, 1) : end
    if let lower = settings.ciLower, let upper = settings.ciUpper {
      let paint = Drawing.Paint(fill: color, opacity: 0.2)
      let low = ChartTools.curve(from: 0, to: limit) { settings.moved($0, by: lower) }
      let high = ChartTools.curve(from: 0, to: limit) { settings.moved($0, by: upper) }
      chart.marks.append(.area(ChartTools.band(low, high), paint: paint))
      chart.legend.append(.init(sample: .area(paint), text: "\(ForestFootnotes.percent(about.level ?? 0.95)) CI"))
    }
    let stroke = Drawing.Stroke(color, width: 1.25, dash: [4, 2])
    chart.marks.append(.line(ChartTools.curve(from: 0, to: limit) { settings.moved($0, by: estimate) }, stroke: stroke))
    chart.legend.insert(.init(sample: .line(stroke), text: "Pooled effect"), at: 0)
  }
}
