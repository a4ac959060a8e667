extension Drawing {
  /// Drawings side by side in rows, as one; the edges at `anchor` line up, so that axes under each other do.
  static func grid(
    _ drawings: [Drawing], columns: Int, anchor: Anchor, title: String, summary: String, theme: Theme,
    titleSize: Double
  ) -> Drawing {
    var grid = Drawing(width: 0, height: 0, title: title, summary: summary, background: theme.background)
    let columns = max(1, columns)
    let cellWidth = drawings.map(\.width).max() ?? 0
    var top = 0.0
    if !title.isEmpty {
      let left = 0.9 * theme.fontSize
      let measure = { (text: String) in TextMetrics.width(text, size: titleSize, bold: true) }
      top = left
      for line in LineBreaking.lines(title, limit: Double(columns) * cellWidth - 2 * left, measure: measure) {
        top += 1.15 * titleSize
        grid.items.append(.text(.init(line, at: .init(left, top), size: titleSize, color: theme.ink, bold: true)))
      }
      top += 0.6 * theme.fontSize
    }
    var rowHeight = 0.0
    for (index, drawing) in drawings.enumerated() {
      if index > 0, index % columns == 0 {
        top += rowHeight
        rowHeight = 0
      }
      let spare = anchor == .start ? 0 : anchor == .end ? cellWidth - drawing.width : (cellWidth - drawing.width) / 2
      let left = Double(index % columns) * cellWidth + spare
      grid.items += drawing.items.map { $0.moved(left, top) }
      rowHeight = max(rowHeight, drawing.height)
    }
    grid.width = cellWidth * Double(min(columns, max(1, drawings.count)))
    grid.height = top + rowHeight
    return grid
  }
}

extension Drawing.Item {
  /// The shape, moved right and down.
  func moved(_ dx: Double, _ dy: Double) -> Drawing.Item {
    func move(_ point: Drawing.Point) -> Drawing.Point { .init(point.x + dx, point.y + dy) }
    switch self {
    case .line(let from, let to, let stroke): return .line(from: move(from), to: move(to), stroke: stroke)
    case .polyline(let points, let stroke): return .polyline(points.map(move), stroke: stroke)
    case .rectangle(let box, let paint):
      return .rectangle(
        .init(left: box.left + dx, top: box.top + dy, right: box.right + dx, bottom: box.bottom + dy), paint: paint)
    case .circle(let center, let radius, let paint):
      return .circle(center: move(center), radius: radius, paint: paint)
    case .polygon(let points, let paint): return .polygon(points.map(move), paint: paint)
    case .text(var text):
      text.at = move(text.at)
      return .text(text)
    }
  }
}
