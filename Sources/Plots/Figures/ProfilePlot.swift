/// Profile log-likelihood of a variance component, with the estimate and the ends of its interval.
public struct ProfilePlot: Figure, ChartFigure {
  /// A place of the profile.
  public struct Row: PlotRow {
    /// Value of the component, and log-likelihood maximised over everything else.
    public var x, logLikelihood: Double?

    /// An empty row.
    public init() {}

    /// A place from its values.
    public init(x: Double, logLikelihood: Double) { (self.x, self.logLikelihood) = (x, logLikelihood) }

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Row>] = [.number("value", \.x), .number("log_likelihood", \.logLikelihood)]
  }

  /// The estimate and its interval.
  public struct Settings: PlotRow {
    /// Name of the component; τ² when `nil`.
    public var component: String?
    /// Estimate, and interval where there is one.
    public var estimate, ciLower, ciUpper: Double?
    /// Log-likelihood at which the interval ends: the maximum less half a χ² quantile.
    public var cutoff: Double?

    /// Nothing known.
    public init() {}

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Settings>] = [
      .text("component", \.component), .number("estimate", \.estimate), .number("ci_lower", \.ciLower),
      .number("ci_upper", \.ciUpper), .number("cutoff", \.cutoff),
    ]
  }

  /// The word by which the kind is chosen.
  public static let kind = "profile"
  /// Title, measure and texts.
  public var about: FigureAbout
  /// The estimate and its interval.
  public var settings: Settings
  /// The places of the profile.
  public var rows: [Row]

  /// A plot from its parts.
  public init(about: FigureAbout, settings: Settings, rows: [Row]) {
    (self.about, self.settings, self.rows) = (about, settings, rows)
  }

  /// The heights that the axis shows: near τ² = 0 a profile may fall so far that its top would look flat, so nothing
  /// lower than four times the drop that the interval allows.
  private func visibleHeights(_ places: [Chart.Place]) -> [Double] {
    let heights = places.map(\.y)
    guard let cutoff = settings.cutoff, let top = heights.max(), cutoff < top else { return heights }
    return heights.map { max($0, top - 4 * (top - cutoff)) }
  }

  func chart(theme: Theme) -> Chart {
    let places = rows.compactMap { row -> Chart.Place? in
      guard let x = row.x, let y = row.logLikelihood, x.isFinite, y.isFinite else { return nil }
      return Chart.Place(x, y)
    }
    let (left, right) = ChartAxis.range(places.map(\.x))
    let (low, high) = ChartAxis.range(visibleHeights(places), including: [settings.cutoff])
    let component = settings.component ?? "τ²"
    var chart = Chart(
      title: about.title ?? "", summary: "Profile log-likelihood of \(component).",
      x: .linear(component, left, right, margin: 0.02), y: .linear("Log-likelihood", low, high))
    let dashed = Drawing.Stroke(theme.muted, width: theme.line, dash: [3, 2])
    if let cutoff = settings.cutoff {
      chart.marks.append(.horizontal(cutoff, stroke: dashed))
      let level = ForestFootnotes.percent(about.level ?? 0.95)
      chart.legend.append(.init(sample: .line(dashed), text: "\(level) profile-likelihood interval"))
    }
    for end in [settings.ciLower, settings.ciUpper] {
      if let end { chart.marks.append(.vertical(end, stroke: dashed)) }
    }
    if let estimate = settings.estimate {
      let stroke = Drawing.Stroke(theme.color(OkabeIto.vermilion), width: theme.line)
      chart.marks.append(.vertical(estimate, stroke: stroke))
      chart.legend.insert(.init(sample: .line(stroke), text: "Estimate"), at: 0)
    }
    chart.marks.append(.line(places.sorted { $0.x < $1.x }, stroke: .init(theme.color(OkabeIto.blue), width: 1.5)))
    chart.notes = about.notes
    return chart
  }
}
