/// What stands round the marks: frame, axes, legend and notes.
extension ChartLayout {
  mutating func drawFrame() {
    let stroke = Drawing.Stroke(theme.ink, width: theme.line)
    if chart.isBoxed {
      drawing.items.append(.rectangle(box, paint: .init(fill: nil, stroke: stroke)))
    } else {
      drawing.items.append(.line(from: .init(box.left, box.bottom), to: .init(box.right, box.bottom), stroke: stroke))
      drawing.items.append(.line(from: .init(box.left, box.top), to: .init(box.left, box.bottom), stroke: stroke))
    }
  }

  mutating func drawAxes() {
    let stroke = Drawing.Stroke(theme.ink, width: theme.line)
    let tick = 0.35 * em
    let base = box.bottom + tick + 1.05 * em
    let xs = chart.x.ticks.map(scaleX.place)
    let shownX = Self.free(chart.x, xs, halves: chart.x.labels.map { width($0) / 2 + 0.25 * em })
    for (index, x) in xs.enumerated() where x >= box.left - 0.01 && x <= box.right + 0.01 {
      drawing.items.append(.line(from: .init(x, box.bottom), to: .init(x, box.bottom + tick), stroke: stroke))
      if shownX.contains(index) { text(chart.x.labels[index], x: x, y: base, anchor: .middle) }
    }
    let ys = chart.y.ticks.map(scaleY.place)
    let shownY = Self.free(chart.y, ys, halves: chart.y.labels.map { _ in 0.62 * em })
    for (index, y) in ys.enumerated() where y >= box.top - 0.01 && y <= box.bottom + 0.01 {
      drawing.items.append(.line(from: .init(box.left - tick, y), to: .init(box.left, y), stroke: stroke))
      if shownY.contains(index) {
        text(chart.y.labels[index], x: box.left - tick - 0.3 * em, y: y + 0.36 * em, anchor: .end)
      }
    }
    drawAxisTitles(base: base)
  }

  private mutating func drawAxisTitles(base: Double) {
    if !chart.x.title.isEmpty {
      let fitting = fitted(chart.x.title, limit: box.right - box.left)
      text(
        fitting.text, x: (box.left + box.right) / 2, y: base + lineHeight + 0.1 * em, anchor: .middle,
        size: fitting.size)
    }
    if !chart.y.title.isEmpty {
      let fitting = fitted(chart.y.title, limit: box.bottom - box.top)
      var title = Drawing.Text(
        fitting.text, at: .init(0.9 * em + 0.8 * em, (box.top + box.bottom) / 2), anchor: .middle, size: fitting.size,
        color: theme.ink)
      title.upwards = true
      drawing.items.append(.text(title))
    }
  }

  /// A title at the size at which it fits, down to four fifths; then with an ellipsis.
  private func fitted(_ title: String, limit: Double) -> (text: String, size: Double) {
    let natural = width(title)
    if natural <= limit { return (title, em) }
    let size = max(0.8 * em, em * limit / natural)
    var text = title
    while TextMetrics.width(text, size: size) > limit, text.count > 2 { text = String(text.dropLast(2)) + "…" }
    return (text, size)
  }

  /// Indices of labels that do not run into one another: that of 0, which stands for no effect, then those from it
  /// upwards and downwards; from the first one upwards where 0 is not among them.
  private static func free(_ axis: ChartAxis, _ places: [Double], halves: [Double]) -> Set<Int> {
    var shown: [Int] = []
    let origin = axis.ticks.firstIndex(of: 0) ?? 0
    for index in Array(places.indices[origin...]) + places.indices[..<origin].reversed() {
      if shown.allSatisfy({ abs(places[$0] - places[index]) >= halves[$0] + halves[index] }) { shown.append(index) }
    }
    return Set(shown)
  }

  /// The legend: in one line where it fits, else in columns of equal width.
  mutating func drawLegend(top: Double) -> Double {
    guard !chart.legend.isEmpty else { return top }
    let sample = 2.2 * em
    let gap = 1.6 * em
    let lengths = chart.legend.map { sample + 0.5 * em + width($0.text) + gap }
    let room = box.right - box.left + gap
    let isOneLine = lengths.reduce(0, +) <= room
    let step = lengths.max() ?? room
    let columns = max(1, Int(room / step))
    var x = box.left
    var y = top + 0.5 * lineHeight
    for (index, entry) in chart.legend.enumerated() {
      if !isOneLine {
        x = box.left + Double(index % columns) * step
        if index > 0, index % columns == 0 { y += lineHeight }
      }
      drawSample(entry.sample, x: x, y: y, length: sample)
      text(entry.text, x: x + sample + 0.5 * em, y: y + 0.36 * em)
      x += lengths[index]
    }
    return y + 0.7 * lineHeight
  }

  private mutating func drawSample(_ sample: Chart.LegendEntry.Sample, x: Double, y: Double, length: Double) {
    switch sample {
    case .line(let stroke):
      drawing.items.append(.line(from: .init(x, y), to: .init(x + length, y), stroke: stroke))
    case .area(let paint):
      let box = Drawing.Box(left: x, top: y - 0.45 * em, right: x + length, bottom: y + 0.45 * em)
      drawing.items.append(.rectangle(box, paint: paint))
    case .point(let paint):
      drawing.items.append(.circle(center: .init(x + length / 2, y), radius: 0.36 * em, paint: paint))
    }
  }

  mutating func drawNotes(top: Double) -> Double {
    let size = 0.88 * em
    var y = top
    let left = 0.9 * em
    for note in chart.notes {
      for line in LineBreaking.balanced(note, limit: box.right - left, measure: { TextMetrics.width($0, size: size) }) {
        text(line, x: left, y: y + size, color: theme.muted, size: size)
        y += 1.3 * size
      }
    }
    return y
  }
}
