/// The specification curve: all analyses by their estimates with their intervals, and under it the choices behind each.
///
/// Source: Simonsohn, Simmons and Nelson 2020; for meta-analyses Voracek, Kossmeier and Tran 2019.
public struct MultiversePlot: Figure {
  /// An analysis.
  public struct Row: PlotRow {
    /// Estimate and interval on the analysis scale.
    public var estimate, ciLower, ciUpper: Double?
    /// What was chosen: the measure, the rule for empty cells, the variance formula.
    public var measure, correction, variance: String?
    /// What was chosen: the method, the inference, and what was left out.
    public var method, inference, exclusion: String?
    /// Whether it is the analysis that is run without a choice.
    public var isUsual = false

    /// An empty row.
    public init() {}

    /// The columns in the order of the files.
    public static let columns: [PlotColumn<Row>] = [
      .number("estimate", \.estimate), .number("ci_lower", \.ciLower), .number("ci_upper", \.ciUpper),
      .text("measure", \.measure), .text("correction", \.correction), .text("variance", \.variance),
      .text("method", \.method), .text("inference", \.inference), .text("exclusion", \.exclusion),
      .flag("usual", \.isUsual),
    ]
  }

  /// The word by which the kind is chosen.
  public static let kind = "multiverse"
  /// Title, measure and texts.
  public var about: FigureAbout
  /// None.
  public var settings: NoSettings
  /// The analyses.
  public var rows: [Row]

  /// A curve from its parts.
  public init(about: FigureAbout, settings: NoSettings = NoSettings(), rows: [Row]) {
    (self.about, self.settings, self.rows) = (about, settings, rows)
  }

  /// The picture: the curve, and the choices with more than one level under it, in line with it.
  public func drawing(theme: Theme, maximumWidth: Double?) -> Drawing {
    let curve = MultiverseCurve(self, theme: theme)
    var charts = [ChartLayout.drawing(curve.estimates, theme: theme)]
    if let choices = curve.choices { charts.append(ChartLayout.drawing(choices, theme: theme)) }
    var drawing = Drawing.grid(
      charts, columns: 1, anchor: .end, title: about.title ?? "",
      summary: "Specification curve of \(curve.analyses.count) analyses.", theme: theme, titleSize: theme.fontSize)
    if let maximumWidth, maximumWidth > 0, drawing.width > 0 {
      drawing.scale = min(1, maximumWidth * 72 / 25.4 / drawing.width)
    }
    return drawing
  }
}

/// Makes the charts of a specification curve.
private struct MultiverseCurve {
  private let about: FigureAbout
  private let theme: Theme
  /// By rising estimate.
  let analyses: [MultiversePlot.Row]

  init(_ plot: MultiversePlot, theme: Theme) {
    about = plot.about
    self.theme = theme
    let known = plot.rows.filter { $0.estimate?.isFinite == true }
    analyses = known.indices.sorted {
      (known[$0].estimate ?? 0, $0) < (known[$1].estimate ?? 0, $1)
    }.map { known[$0] }
  }

  /// An axis of the places of the analyses, without labels.
  private func places(_ title: String) -> ChartAxis {
    ChartAxis(title: title, min: 0, max: Double(max(1, analyses.count)) + 1, ticks: [], labels: [])
  }

  private func isSignificant(_ row: MultiversePlot.Row) -> Bool {
    guard let null = about.null, let low = row.ciLower, let high = row.ciUpper else { return false }
    return low > null || high < null
  }

  /// Estimates and intervals over their places.
  var estimates: Chart {
    let ends = analyses.flatMap { [$0.estimate, $0.ciLower, $0.ciUpper] }.compactMap { $0 }
    let (low, high) = ChartAxis.range(ends, including: [about.null])
    var chart = Chart(
      title: "", summary: "", x: places(""), y: .effects(about.axisTitle, low, high, isLog: about.isLog))
    (chart.width, chart.height) = (44, 16)
    for (isFound, color) in [(false, theme.hairline), (true, theme.color(OkabeIto.sky))] {
      let stroke = Drawing.Stroke(color, width: max(theme.thin, min(theme.line, 200 / Double(max(1, analyses.count)))))
      let chosen = analyses.indices.filter { isSignificant(analyses[$0]) == isFound }
      for place in chosen {
        guard let lower = analyses[place].ciLower, let upper = analyses[place].ciUpper else { continue }
        let x = Double(place + 1)
        chart.marks.append(.line([.init(x, lower), .init(x, upper)], stroke: stroke))
      }
      guard !chosen.isEmpty else { continue }
      let words = isFound ? "Interval that excludes no effect" : "Interval"
      chart.legend.append(.init(sample: .line(.init(color, width: 1.5)), text: words))
    }
    if let null = about.null {
      chart.marks.append(.horizontal(null, stroke: .init(theme.muted, width: theme.line, dash: [3, 2])))
    }
    let curve = analyses.enumerated().map { Chart.Place(Double($0.offset + 1), $0.element.estimate ?? 0) }
    let stroke = Drawing.Stroke(theme.ink, width: 1.25)
    chart.marks.append(.line(curve, stroke: stroke))
    chart.legend.insert(.init(sample: .line(stroke), text: "Estimate"), at: 0)
    addUsual(curve, to: &chart)
    return chart
  }

  /// The analysis that is run without a choice.
  private func addUsual(_ curve: [Chart.Place], to chart: inout Chart) {
    guard let usual = analyses.firstIndex(where: \.isUsual) else { return }
    var point = ChartTools.studyPoint(curve[usual], radius: 0.4, label: nil, theme: theme)
    (point.fill, point.opacity) = (theme.color(OkabeIto.vermilion), 1)
    chart.marks.append(.points([point]))
    chart.legend.append(.init(sample: .point(.init(fill: point.fill)), text: "Usual analysis"))
  }

  /// A line of the lower chart: the name of a choice, or one of its levels with the places of its analyses.
  private struct Line {
    let label: String
    var runs: [Range<Int>] = []
    var isHeading = false
  }

  private static let kinds: [(name: String, level: @Sendable (MultiversePlot.Row) -> String?)] = [
    ("Measure", \.measure), ("Empty cells", \.correction), ("Variance", \.variance), ("Method", \.method),
    ("Inference", \.inference), ("Left out", \.exclusion),
  ]
  /// A choice with more levels than this has two lines: that of "none", and one for all others.
  private static let mostLevels = 16

  private var lines: [Line] {
    Self.kinds.flatMap { kind -> [Line] in
      let names = analyses.map { kind.level($0) ?? "" }
      var places: [String: [Int]] = [:]
      for (place, name) in names.enumerated() { places[name, default: []].append(place) }
      guard places.count > 1 else { return [] }
      if places.count > Self.mostLevels {
        let kept = places.keys.filter { $0 == "none" }
        let others = places.filter { !kept.contains($0.key) }
        places = places.filter { kept.contains($0.key) }
        places["one of \(others.count)"] = others.flatMap(\.value).sorted()
      }
      // Levels in the order of their mean places: what comes first makes estimates small.
      func mean(_ places: [Int]) -> Double { Double(places.reduce(0, +)) / Double(places.count) }
      let sorted = places.sorted { (mean($0.value), $0.key) < (mean($1.value), $1.key) }
      return [Line(label: kind.name, isHeading: true)]
        + sorted.map { Line(label: $0.key, runs: Self.runs($0.value)) }
    }
  }

  /// Neighbouring places as one range.
  private static func runs(_ places: [Int]) -> [Range<Int>] {
    places.reduce(into: []) { runs, place in
      if let last = runs.last, last.upperBound == place {
        runs[runs.count - 1] = last.lowerBound..<place + 1
      } else {
        runs.append(place..<place + 1)
      }
    }
  }

  /// Which analyses have which choice; `nil` when none was let vary.
  var choices: Chart? {
    let lines = lines
    guard !lines.isEmpty else { return nil }
    let ticks = lines.indices.map { Double($0 + 1) }
    var y = ChartAxis(
      title: "", min: 0.4, max: Double(lines.count) + 0.6, ticks: ticks, labels: lines.map(\.label))
    y.reversed = true
    var chart = Chart(title: "", summary: "", x: places("\(analyses.count) analyses by their estimates"), y: y)
    (chart.width, chart.height) = (44, 1.3 * Double(lines.count))
    let paint = Drawing.Paint(fill: theme.color(OkabeIto.blue))
    for (line, tick) in zip(lines, ticks) {
      if line.isHeading {
        chart.marks.append(.area(strip(tick), paint: .init(fill: theme.shade)))
      }
      for run in line.runs {
        chart.marks.append(
          .cell(
            .init(Double(run.lowerBound) + 0.55, tick - 0.34), .init(Double(run.upperBound) + 0.45, tick + 0.34),
            paint: paint))
      }
    }
    chart.notes = about.notes
    return chart
  }

  /// The room of a line from edge to edge.
  private func strip(_ tick: Double) -> [Chart.Place] {
    let right = Double(max(1, analyses.count)) + 1
    return [.init(0, tick - 0.5), .init(right, tick - 0.5), .init(right, tick + 0.5), .init(0, tick + 0.5)]
  }
}
