import NumericCore

/// P-value functions: for each assumed effect the two-sided p-value of every study, of the pooled estimate, and of the
/// prediction.
///
/// p(x) = 2 · P(T > |x − estimate| / se), T normal or t. Source: Rücker and Schwarzer 2021.
public struct DraperyPlot: Figure, ChartFigure {
  /// What a curve belongs to.
  public enum Part: String, Sendable, CaseIterable {
    /// A study.
    case study
    /// The pooled estimate.
    case pooled
    /// The effect in a new setting.
    case prediction
  }

  /// A curve.
  public struct Row: PlotRow {
    /// What the curve belongs to.
    public var part = Part.study
    /// Name of the study or of the model.
    public var study: String?
    /// Estimate and standard error on the analysis scale.
    public var estimate, se: Double?
    /// Degrees of freedom of the t, `nil` for the normal.
    public var df: Double?

    /// An empty row.
    public init() {}

    /// A curve from its values.
    public init(_ part: Part, name: String, estimate: Double, se: Double, df: Double? = nil) {
      (self.part, study, self.estimate, self.se, self.df) = (part, name, estimate, se, df)
    }

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Row>] = [
      .word("row_type", \.part), .text("study", \.study), .number("estimate", \.estimate), .number("se", \.se),
      .number("df", \.df),
    ]
  }

  /// The word by which the kind is chosen.
  public static let kind = "drapery"
  /// Title, measure and texts.
  public var about: FigureAbout
  /// None.
  public var settings: NoSettings
  /// The curves.
  public var rows: [Row]

  /// A plot from its parts.
  public init(about: FigureAbout, settings: NoSettings = NoSettings(), rows: [Row]) {
    (self.about, self.settings, self.rows) = (about, settings, rows)
  }

  func chart(theme: Theme) -> Chart {
    let known = rows.filter { ($0.se ?? 0) > 0 && $0.estimate?.isFinite == true && $0.se?.isFinite == true }
    let pooled = known.filter { $0.part != .study }
    let reach = pooled.flatMap { row in [-2.6, 2.6].map { (row.estimate ?? 0) + $0 * (row.se ?? 0) } }
    let (low, high) = ChartAxis.range(known.compactMap(\.estimate), including: reach + [about.null])
    var chart = Chart(
      title: about.title ?? "",
      summary: "P-value functions of \(ChartTools.studies(known.count { $0.part == .study })).",
      x: .effects(about.axisTitle, low, high, isLog: about.isLog), y: .linear("p-value", 0, 1, margin: 0))
    for level in [0.1, 0.05, 0.01] {
      chart.marks.append(.horizontal(level, stroke: .init(theme.muted, width: theme.thin, dash: [2, 2])))
    }
    if let null = about.null { chart.marks.append(.vertical(null, stroke: .init(theme.muted, width: theme.line))) }
    for part in [Part.prediction, .study, .pooled] {
      for (index, row) in known.filter({ $0.part == part }).enumerated() {
        add(row, number: index, to: &chart, theme: theme)
      }
    }
    chart.legend.reverse()
    let stroke = Drawing.Stroke(theme.muted, width: theme.thin, dash: [2, 2])
    chart.legend.append(.init(sample: .line(stroke), text: "p = 0.1, 0.05, 0.01"))
    chart.notes = about.notes
    return chart
  }

  private func add(_ row: Row, number: Int, to chart: inout Chart, theme: Theme) {
    let estimate = row.estimate ?? 0
    // The top of the curve is a corner; both sides are drawn from there.
    let left = ChartTools.curve(from: min(chart.x.min, estimate), to: estimate, steps: 120) { pValue(row, at: $0) }
    let right = ChartTools.curve(from: estimate, to: max(chart.x.max, estimate), steps: 120) { pValue(row, at: $0) }
    let places = left + right.dropFirst()
    switch row.part {
    case .prediction:
      let paint = Drawing.Paint(fill: theme.color(OkabeIto.orange), opacity: 0.25)
      let base = [Chart.Place(places.last?.x ?? 0, 0), .init(places.first?.x ?? 0, 0)]
      chart.marks.append(.area(places + base, paint: paint))
      chart.legend.append(.init(sample: .area(paint), text: row.study ?? "Prediction"))
    case .study:
      let stroke = Drawing.Stroke(theme.hairline, width: theme.line)
      chart.marks.append(.line(places, stroke: stroke))
      if number == 0 { chart.legend.append(.init(sample: .line(stroke), text: "Studies")) }
    case .pooled:
      let swatch = OkabeIto.series[number % OkabeIto.series.count]
      let stroke = Drawing.Stroke(theme.color(swatch), width: 2, dash: number % 2 == 1 ? [5, 2] : [])
      chart.marks.append(.line(places, stroke: stroke))
      chart.legend.append(.init(sample: .line(stroke), text: row.study ?? "Pooled"))
    }
  }

  private func pValue(_ row: Row, at x: Double) -> Double {
    let z = abs(x - (row.estimate ?? 0)) / (row.se ?? 1)
    if let df = row.df, let distribution = try? StudentT(degreesOfFreedom: df) { return distribution.twoSidedP(z) }
    return Normal.twoSidedP(z)
  }
}
