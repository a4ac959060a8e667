/// Estimates against their precision, with the region in which 95 % of studies of one effect would lie, and contours of
/// significance round no effect.
///
/// Sources: Light and Pillemer 1984; Sterne and Egger 2001 (choice of axis); Peters et al. 2008 (contours).
public struct FunnelPlot: Figure, ChartFigure {
  /// A study, or one filled in by trim and fill.
  public struct Row: PlotRow {
    /// Name of the study.
    public var study: String?
    /// Estimate and standard error on the analysis scale.
    public var yi, sei: Double?
    /// Number of participants, for the axis of sizes.
    public var ni: Double?
    /// Whether the study was filled in.
    public var filled = false

    /// An empty row.
    public init() {}

    /// A study from its values.
    public init(study: String, yi: Double, sei: Double, ni: Double? = nil, filled: Bool = false) {
      (self.study, self.yi, self.sei, self.ni, self.filled) = (study, yi, sei, ni, filled)
    }

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Row>] = [
      .text("study", \.study), .number("yi", \.yi), .number("sei", \.sei), .number("ni", \.ni),
      .flag("filled", \.filled),
    ]
  }

  /// The vertical axis.
  public enum Vertical: String, Sendable, CaseIterable {
    /// Standard error, 0 at the top.
    case standardError = "se"
    /// 1 / standard error.
    case precision
    /// Number of participants, logarithmic.
    case size = "n"
  }

  /// What holds for the whole funnel.
  public struct Settings: PlotRow {
    /// Vertical axis.
    public var vertical = Vertical.standardError
    /// The middle of the region: the pooled estimate, or no effect.
    public var reference: Double?
    /// Name of the reference in the legend.
    public var referenceName: String?
    /// τ² by which the region is widened, 0 for none.
    public var tau2: Double?
    /// Whether contours of significance at 0.90, 0.95 and 0.99 are shaded round no effect.
    public var contours = false

    /// Standard errors, no reference, no contours.
    public init() {}

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Settings>] = [
      .word("vertical", \.vertical), .number("reference", \.reference), .text("reference_name", \.referenceName),
      .number("tau2", \.tau2), .flag("contours", \.contours),
    ]
  }

  /// The word by which the kind is chosen.
  public static let kind = "funnel"
  /// Title, measure and texts.
  public var about: FigureAbout
  /// Axis, reference and contours.
  public var settings: Settings
  /// The studies.
  public var rows: [Row]

  /// A funnel from its parts.
  public init(about: FigureAbout, settings: Settings, rows: [Row]) {
    (self.about, self.settings, self.rows) = (about, settings, rows)
  }

  func chart(theme: Theme) -> Chart {
    FunnelChart(plot: self, theme: theme).chart()
  }
}

/// Makes the chart of a funnel.
private struct FunnelChart {
  let plot: FunnelPlot
  let theme: Theme
  private let studies: [(row: FunnelPlot.Row, yi: Double, vertical: Double)]
  /// Largest standard error of the studies.
  private let largest: Double

  init(plot: FunnelPlot, theme: Theme) {
    self.plot = plot
    self.theme = theme
    studies = plot.rows.compactMap { row in
      guard let yi = row.yi, let sei = row.sei, sei > 0, sei.isFinite, yi.isFinite else { return nil }
      switch plot.settings.vertical {
      case .standardError: return (row, yi, sei)
      case .precision: return (row, yi, 1 / sei)
      case .size: return row.ni.flatMap { $0 > 0 ? (row, yi, $0) : nil }
      }
    }
    largest = studies.compactMap(\.row.sei).max() ?? 1
  }

  func chart() -> Chart {
    let y = verticalAxis()
    let reach = plot.settings.vertical == .size ? 0 : ChartTools.critical(0.95) * spread(largest * 1.02)
    let reference = plot.settings.reference
    let (low, high) = ChartAxis.range(
      studies.map(\.yi), including: [reference.map { $0 - reach }, reference.map { $0 + reach }, plot.about.null])
    var chart = Chart(
      title: plot.about.title ?? "", summary: "Funnel plot of \(ChartTools.studies(studies.count)).",
      x: .effects(plot.about.axisTitle, low, high, isLog: plot.about.isLog), y: y)
    if plot.settings.contours { addContours(&chart) }
    addRegion(&chart)
    chart.marks.append(.points(points()))
    if studies.contains(where: \.row.filled) {
      chart.legend.append(.init(sample: .point(.init(fill: paint(filled: false).fill)), text: "Study"))
      chart.legend.append(.init(sample: .point(paint(filled: true)), text: "Filled in"))
    }
    chart.notes = plot.about.notes
    return chart
  }

  private func verticalAxis() -> ChartAxis {
    switch plot.settings.vertical {
    case .standardError:
      var axis = ChartAxis.fromZero("Standard error", to: largest)
      axis.reversed = true
      return axis
    case .precision:
      return .fromZero("Precision (1 / standard error)", to: studies.map(\.vertical).max() ?? 1)
    case .size:
      let sizes = studies.map(\.vertical)
      return .logarithmic("Participants", (sizes.min() ?? 1) / 1.15, (sizes.max() ?? 10) * 1.15)
    }
  }

  /// Spread of estimates at a standard error: its own, and that between studies where it is asked for.
  private func spread(_ sei: Double) -> Double { (sei * sei + max(0, plot.settings.tau2 ?? 0)).squareRoot() }

  /// Standard error at a place of the vertical axis.
  private func standardError(_ vertical: Double) -> Double {
    plot.settings.vertical == .precision ? 1 / max(vertical, 1e-12) : vertical
  }

  /// The line at `center` + factor · spread over the height of the axis.
  private func edge(center: Double, factor: Double, axis: ChartAxis, widened: Bool) -> [Chart.Place] {
    let from = plot.settings.vertical == .precision ? axis.max / 400 : axis.min
    return ChartTools.curve(from: from, to: axis.max, steps: 200) { $0 }.map { place in
      let sei = standardError(place.x)
      return Chart.Place(center + factor * (widened ? spread(sei) : sei), place.x)
    }
  }

  private func addContours(_ chart: inout Chart) {
    guard plot.settings.vertical != .size, let null = plot.about.null else { return }
    let paper = theme.background ?? Color(0xFFFFFF)
    let shades = theme.isDark ? [0x2A2E36, 0x353A44, 0x434954] : [0xDCDCDC, 0xEAEAEA, 0xF5F5F5]
    // From outside in: p < 0.01 everywhere, then the rings down to p > 0.10.
    let corners = [
      Chart.Place(chart.x.min, chart.y.min), .init(chart.x.max, chart.y.min), .init(chart.x.max, chart.y.max),
      .init(chart.x.min, chart.y.max),
    ]
    let rings = [(0.99, shades[0]), (0.95, shades[1]), (0.90, shades[2])]
    chart.marks.append(.area(corners, paint: .init(fill: paper)))
    for (level, shade) in rings {
      let critical = ChartTools.critical(level)
      let lower = edge(center: null, factor: -critical, axis: chart.y, widened: false)
      let upper = edge(center: null, factor: critical, axis: chart.y, widened: false)
      chart.marks.append(.area(ChartTools.band(lower, upper), paint: .init(fill: Color(UInt32(shade)))))
    }
    let border = Drawing.Stroke(theme.hairline, width: theme.thin)
    let names = ["p > 0.10", "0.05 < p < 0.10", "0.01 < p < 0.05"]
    for (name, shade) in zip(names, shades.reversed()) {
      chart.legend.append(
        .init(sample: .area(.init(fill: Color(UInt32(shade)), stroke: border)), text: name))
    }
    chart.legend.append(.init(sample: .area(.init(fill: paper, stroke: border)), text: "p < 0.01"))
    chart.marks.append(.vertical(null, stroke: .init(theme.muted, width: theme.line)))
  }

  private func addRegion(_ chart: inout Chart) {
    guard let reference = plot.settings.reference else { return }
    let solid = Drawing.Stroke(theme.ink, width: theme.line)
    chart.marks.append(.vertical(reference, stroke: solid))
    chart.legend.insert(
      .init(sample: .line(solid), text: plot.settings.referenceName ?? "Pooled estimate"), at: 0)
    guard plot.settings.vertical != .size else { return }
    let level = plot.about.level ?? 0.95
    let dashed = Drawing.Stroke(theme.ink, width: theme.line, dash: [3, 2])
    for factor in [-ChartTools.critical(level), ChartTools.critical(level)] {
      chart.marks.append(.line(edge(center: reference, factor: factor, axis: chart.y, widened: true), stroke: dashed))
    }
    let name = "Pseudo \(ForestFootnotes.percent(level)) region" + ((plot.settings.tau2 ?? 0) > 0 ? " with τ²" : "")
    chart.legend.insert(.init(sample: .line(dashed), text: name), at: 1)
  }

  private func paint(filled: Bool) -> Drawing.Paint {
    filled
      ? .init(fill: theme.background, stroke: .init(theme.color(OkabeIto.vermilion), width: 1))
      : .init(fill: theme.color(OkabeIto.blue), stroke: .init(theme.background ?? theme.ink, width: theme.thin))
  }

  private func points() -> [Chart.Point] {
    studies.map { study in
      var point = Chart.Point(place: .init(study.yi, study.vertical))
      let paint = paint(filled: study.row.filled)
      (point.fill, point.stroke) = (paint.fill, paint.stroke)
      return point
    }
  }
}
