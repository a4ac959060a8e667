/// Lays a chart out: measures the texts, computes the canvas, draws frame, axes, marks, labels and legend.
struct ChartLayout {
  let chart: Chart
  let theme: Theme
  var drawing: Drawing
  var box = Drawing.Box(left: 0, top: 0, right: 0, bottom: 0)
  var scaleX: AxisScale
  var scaleY: AxisScale

  /// The picture of a chart; at most `maximumWidth` millimetres wide where that is given.
  static func drawing(_ chart: Chart, theme: Theme, maximumWidth: Double? = nil) -> Drawing {
    var chart = chart
    guard let maximumWidth, maximumWidth > 0, maximumWidth.isFinite else {
      return ChartLayout(chart, theme: theme).drawn()
    }
    let points = maximumWidth * 72 / 25.4
    let free = ChartLayout(chart, theme: theme).drawn()
    let excess = (free.width - points) / theme.fontSize
    guard excess > 0 else { return free }
    let narrowed = max(18, chart.width - excess)
    chart.height *= narrowed / chart.width
    chart.width = narrowed
    var drawing = ChartLayout(chart, theme: theme).drawn()
    drawing.scale = min(1, points / drawing.width)
    return drawing
  }

  private init(_ chart: Chart, theme: Theme) {
    self.chart = chart
    self.theme = theme
    drawing = Drawing(
      width: 0, height: 0, title: chart.title, summary: chart.summary, background: theme.background)
    scaleX = AxisScale(log: chart.x.log, min: chart.x.min, max: chart.x.max, start: 0, end: 1)
    scaleY = AxisScale(log: chart.y.log, min: chart.y.min, max: chart.y.max, start: 1, end: 0)
  }

  var em: Double { theme.fontSize }
  var lineHeight: Double { 1.3 * em }

  func width(_ text: String, bold: Bool = false) -> Double {
    TextMetrics.width(text, size: em, bold: bold)
  }

  private func drawn() -> Drawing {
    var layout = self
    let margin = 0.9 * em
    let labels = chart.y.labels.map { width($0) }.max() ?? 0
    let left = margin + (chart.y.title.isEmpty ? 0 : 1.7 * em) + labels + 0.9 * em
    let titleLines = LineBreaking.lines(chart.title, limit: left + chart.width * em) { width($0, bold: true) }
    let titleHeight = chart.title.isEmpty ? 0 : Double(titleLines.count) * lineHeight + 0.5 * em
    let top = margin + titleHeight
    layout.box = .init(left: left, top: top, right: left + chart.width * em, bottom: top + chart.height * em)
    layout.setScales()
    layout.drawMarks()
    layout.drawFrame()
    layout.drawAxes()
    if !chart.title.isEmpty {
      for (index, line) in titleLines.enumerated() {
        layout.text(
          line, x: chart.titleBeginsAtFrame ? left : margin, y: margin + 0.85 * em + Double(index) * lineHeight,
          bold: true)
      }
    }
    layout.drawPointLabels()
    var bottom = layout.box.bottom + 0.35 * em + lineHeight
    if !chart.x.title.isEmpty { bottom += lineHeight + 0.2 * em }
    bottom = layout.drawLegend(top: bottom + 0.3 * em)
    bottom = layout.drawNotes(top: bottom)
    let rightmost = layout.drawing.items.reduce(layout.box.right) { right, item in
      if case .text(let text) = item { max(right, text.box.right) } else { right }
    }
    layout.drawing.width = rightmost + margin
    layout.drawing.height = bottom + 0.6 * em
    return layout.drawing
  }

  private mutating func setScales() {
    let (x, y) = (chart.x, chart.y)
    scaleX = AxisScale(
      log: x.log, min: x.min, max: x.max, start: x.reversed ? box.right : box.left,
      end: x.reversed ? box.left : box.right)
    scaleY = AxisScale(
      log: y.log, min: y.min, max: y.max, start: y.reversed ? box.top : box.bottom,
      end: y.reversed ? box.bottom : box.top)
  }

  private func point(_ place: Chart.Place) -> Drawing.Point {
    .init(scaleX.place(place.x), scaleY.place(place.y))
  }

  mutating func text(
    _ string: String, x: Double, y: Double, anchor: Drawing.Anchor = .start, bold: Bool = false,
    color: Color? = nil, size: Double? = nil
  ) {
    drawing.items.append(
      .text(.init(string, at: .init(x, y), anchor: anchor, size: size ?? em, color: color ?? theme.ink, bold: bold)))
  }
}

// Marks.
extension ChartLayout {
  private mutating func drawMarks() {
    let clipping = ChartClipping(box: box)
    for mark in chart.marks {
      switch mark {
      case .line(let places, let stroke):
        for piece in clipping.pieces(places.map(point)) {
          drawing.items.append(.polyline(CurveSimplification.simplified(piece), stroke: stroke))
        }
      case .area(let places, let paint):
        let area = CurveSimplification.simplified(clipping.area(places.map(point)))
        if !area.isEmpty { drawing.items.append(.polygon(area, paint: paint)) }
      case .cell(let first, let second, let paint): drawCell(point(first), point(second), paint)
      case .note(let string, let place, let anchor):
        let at = point(place)
        if clipping.contains(at) { text(string, x: at.x, y: at.y + 0.34 * em, anchor: anchor, size: 0.88 * em) }
      case .vertical(let x, let stroke):
        drawLine(.init(scaleX.place(x), box.top), .init(scaleX.place(x), box.bottom), stroke)
      case .horizontal(let y, let stroke):
        drawLine(.init(box.left, scaleY.place(y)), .init(box.right, scaleY.place(y)), stroke)
      case .points(let points):
        for entry in points {
          let center = point(entry.place)
          guard clipping.contains(center) else { continue }
          drawing.items.append(
            .circle(
              center: center, radius: entry.radius * em,
              paint: .init(fill: entry.fill, stroke: entry.stroke, opacity: entry.opacity)))
        }
      }
    }
  }

  private mutating func drawLine(_ from: Drawing.Point, _ to: Drawing.Point, _ stroke: Drawing.Stroke) {
    for piece in ChartClipping(box: box).pieces([from, to]) {
      drawing.items.append(.line(from: piece[0], to: piece[1], stroke: stroke))
    }
  }

  private mutating func drawCell(_ a: Drawing.Point, _ b: Drawing.Point, _ paint: Drawing.Paint) {
    let cell = Drawing.Box(
      left: max(box.left, min(a.x, b.x)), top: max(box.top, min(a.y, b.y)), right: min(box.right, max(a.x, b.x)),
      bottom: min(box.bottom, max(a.y, b.y)))
    if cell.left < cell.right, cell.top < cell.bottom { drawing.items.append(.rectangle(cell, paint: paint)) }
  }

  /// Names beside points: right, left, above or below, wherever no other name and no point is in the way; a name that
  /// fits nowhere is left out of the picture and stays in the data.
  private mutating func drawPointLabels() {
    let size = 0.88 * em
    var obstacles: [Drawing.Box] = []
    var candidates: [(point: Chart.Point, at: Drawing.Point)] = []
    let clipping = ChartClipping(box: box)
    let end = min(box.right, chart.namesEnd.map(scaleX.place) ?? box.right)
    for case .text(let text) in drawing.items { obstacles.append(text.box) }
    for case .points(let points) in chart.marks {
      for entry in points {
        let center = point(entry.place)
        guard clipping.contains(center) else { continue }
        let radius = entry.radius * em
        obstacles.append(
          .init(left: center.x - radius, top: center.y - radius, right: center.x + radius, bottom: center.y + radius))
        if entry.label != nil { candidates.append((entry, center)) }
      }
    }
    for (entry, at) in candidates {
      guard let label = entry.label else { continue }
      for candidate in Self.places(label, at: at, radius: entry.radius * em, size: size, color: theme.ink) {
        let room = candidate.box
        let isInside =
          room.left >= box.left + 1 && room.right <= end - 1 && room.top >= box.top + 1
          && room.bottom <= box.bottom - 1
        let isFree = obstacles.allSatisfy {
          room.right <= $0.left || $0.right <= room.left || room.bottom <= $0.top || $0.bottom <= room.top
        }
        if isInside && isFree {
          obstacles.append(room)
          drawing.items.append(.text(candidate))
          break
        }
      }
    }
  }

  private static func places(
    _ label: String, at: Drawing.Point, radius: Double, size: Double, color: Color
  ) -> [Drawing.Text] {
    let gap = radius + 0.3 * size
    let middle = at.y + 0.34 * size
    let offsets: [(Double, Double, Drawing.Anchor)] = [
      (at.x + gap, middle, .start), (at.x - gap, middle, .end), (at.x, at.y - gap - 0.1 * size, .middle),
      (at.x, at.y + gap + 0.7 * size, .middle), (at.x + gap * 0.7, at.y - gap * 0.6, .start),
      (at.x + gap * 0.7, at.y + gap * 0.6 + 0.7 * size, .start), (at.x - gap * 0.7, at.y - gap * 0.6, .end),
      (at.x - gap * 0.7, at.y + gap * 0.6 + 0.7 * size, .end),
    ]
    return offsets.map { .init(label, at: .init($0.0, $0.1), anchor: $0.2, size: size, color: color) }
  }
}
