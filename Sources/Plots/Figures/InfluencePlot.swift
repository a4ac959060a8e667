import NumericCore

/// Case diagnostics, one small chart each, studies along the horizontal axis.
///
/// Source of the limits: Viechtbauer and Cheung 2010.
public struct InfluencePlot: Figure {
  /// A study.
  public struct Row: PlotRow {
    /// Name of the study.
    public var study: String?
    /// Externally standardised residual, DFFITS, Cook's distance, covariance ratio.
    public var rstudent, dffits, cookD, covRatio: Double?
    /// τ² and Q without the study, leverage, weight in per cent.
    public var tau2Deleted, qDeleted, hat, weight: Double?
    /// Whether the study is marked as influential.
    public var influential = false

    /// An empty row.
    public init() {}

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Row>] = [
      .text("study", \.study), .number("rstudent", \.rstudent), .number("dffits", \.dffits),
      .number("cook_d", \.cookD), .number("cov_ratio", \.covRatio), .number("tau2_deleted", \.tau2Deleted),
      .number("q_deleted", \.qDeleted), .number("hat", \.hat), .number("weight", \.weight),
      .flag("influential", \.influential),
    ]
  }

  /// The model.
  public struct Settings: PlotRow {
    /// Number of coefficients.
    public var coefficients: Double?
    /// τ² and Q of the whole.
    public var tau2, q: Double?

    /// An intercept only.
    public init() {}

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Settings>] = [
      .number("p", \.coefficients), .number("tau2", \.tau2), .number("q", \.q),
    ]
  }

  /// The word by which the kind is chosen.
  public static let kind = "influence"
  /// Title, measure and texts.
  public var about: FigureAbout
  /// The model.
  public var settings: Settings
  /// The studies.
  public var rows: [Row]

  /// A panel from its parts.
  public init(about: FigureAbout, settings: Settings, rows: [Row]) {
    (self.about, self.settings, self.rows) = (about, settings, rows)
  }

  /// A diagnostic with its limits.
  private struct Panel {
    let title: String
    let value: @Sendable (Row) -> Double?
    let limits: [Double?]
  }

  private var panels: [Panel] {
    let k = Double(rows.count)
    let p = settings.coefficients ?? 1
    let dffits: Double? = k > p ? 3 * (p / (k - p)).squareRoot() : nil
    let cook = (try? ChiSquared(degreesOfFreedom: p)).flatMap { try? $0.quantile(0.5) }
    return [
      Panel(title: "Standardised residual", value: \.rstudent, limits: [-1.96, 0, 1.96]),
      Panel(title: "DFFITS", value: \.dffits, limits: [dffits.map { -$0 }, 0, dffits]),
      Panel(title: "Cook’s distance", value: \.cookD, limits: [cook]),
      Panel(title: "Covariance ratio", value: \.covRatio, limits: [1]),
      Panel(title: "τ² without the study", value: \.tau2Deleted, limits: [settings.tau2]),
      Panel(title: "Q without the study", value: \.qDeleted, limits: [settings.q]),
      Panel(title: "Leverage", value: \.hat, limits: [p / max(k, 1), 3 * p / max(k, 1)]),
      Panel(title: "Weight (%)", value: \.weight, limits: [100 / max(k, 1)]),
    ]
  }

  /// The picture: the diagnostics that exist, two in a row.
  public func drawing(theme: Theme, maximumWidth: Double?) -> Drawing {
    let charts = panels.filter { panel in rows.contains { panel.value($0)?.isFinite == true } }.map { panel in
      ChartLayout.drawing(chart(panel, theme: theme), theme: theme)
    }
    var drawing = Drawing.grid(
      charts, columns: 2, anchor: .end, title: about.title ?? "",
      summary: "Influence diagnostics of \(ChartTools.studies(rows.count)).", theme: theme,
      titleSize: 1.15 * theme.fontSize)
    addKey(to: &drawing, theme: theme)
    if let maximumWidth, maximumWidth > 0, drawing.width > 0 {
      drawing.scale = min(1, maximumWidth * 72 / 25.4 / drawing.width)
    }
    return drawing
  }

  private func chart(_ panel: Panel, theme: Theme) -> Chart {
    let places = rows.enumerated().compactMap { index, row -> (Chart.Place, Bool)? in
      guard let value = panel.value(row), value.isFinite else { return nil }
      return (Chart.Place(Double(index + 1), value), row.influential)
    }
    let (low, high) = ChartAxis.range(places.map(\.0.y), including: Array(panel.limits.prefix(1)))
    let step = max(1, (rows.count + 14) / 15)
    let ticks = stride(from: 1, through: max(1, rows.count), by: step).map { Double($0) }
    let x = ChartAxis(
      title: "", min: 0.4, max: Double(max(1, rows.count)) + 0.6, ticks: ticks,
      labels: Ticks.labels(ticks, logarithmic: false))
    var chart = Chart(title: panel.title, summary: "", x: x, y: .linear("", low, high, margin: 0.08))
    (chart.width, chart.height) = (27, 10)
    chart.titleBeginsAtFrame = true
    for limit in panel.limits {
      if let limit {
        chart.marks.append(.horizontal(limit, stroke: .init(theme.muted, width: theme.thin, dash: [3, 2])))
      }
    }
    chart.marks.append(.line(places.map(\.0), stroke: .init(theme.hairline, width: theme.line)))
    chart.marks.append(
      .points(
        places.map { place, isInfluential in
          var point = ChartTools.studyPoint(place, radius: 0.32, label: nil, theme: theme)
          if isInfluential { point.fill = theme.color(OkabeIto.vermilion) }
          point.opacity = 1
          return point
        }))
    return chart
  }

  /// Which number is which study, and what the colour says, under the charts.
  private func addKey(to drawing: inout Drawing, theme: Theme) {
    let size = 0.88 * theme.fontSize
    let names = rows.enumerated().map { "\($0.offset + 1)\u{A0}\(($0.element.study ?? "").replacingSpaces)" }
    var text = names.joined(separator: "; ")
    let influential = rows.enumerated().filter(\.element.influential).map { "\($0.offset + 1)" }
    if !influential.isEmpty { text += ". Influential: " + influential.joined(separator: ", ") }
    var y = drawing.height + 0.2 * size
    let left = 0.9 * theme.fontSize
    for line in LineBreaking.lines(
      text + ".", limit: max(drawing.width - 2 * left, 60), measure: { TextMetrics.width($0, size: size) })
    {
      drawing.items.append(.text(.init(line, at: .init(left, y + size), size: size, color: theme.muted)))
      y += 1.3 * size
    }
    drawing.height = y + 0.6 * theme.fontSize
    drawing.width = max(drawing.width, 60 + 2 * left)
  }
}

extension String {
  /// The text with no-break spaces, so that a name is not broken between lines.
  fileprivate var replacingSpaces: String { String(map { $0 == " " ? "\u{A0}" : $0 }) }
}
