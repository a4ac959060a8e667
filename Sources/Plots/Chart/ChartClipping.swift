/// Cuts lines and areas off at the edges of a chart.
package struct ChartClipping {
  private let box: Drawing.Box

  /// Edges to cut at.
  package init(box: Drawing.Box) { self.box = box }

  /// Whether a place lies within the edges.
  package func contains(_ point: Drawing.Point) -> Bool {
    point.x >= box.left - 0.01 && point.x <= box.right + 0.01 && point.y >= box.top - 0.01
      && point.y <= box.bottom + 0.01
  }

  /// The pieces of a line that lie within the edges; places that are not finite break the line.
  package func pieces(_ points: [Drawing.Point]) -> [[Drawing.Point]] {
    var pieces: [[Drawing.Point]] = []
    var current: [Drawing.Point] = []
    for (from, to) in zip(points, points.dropFirst()) {
      guard let (first, last) = segment(from, to) else {
        if current.count > 1 { pieces.append(current) }
        current = []
        continue
      }
      if current.last != first {
        if current.count > 1 { pieces.append(current) }
        current = [first]
      }
      current.append(last)
    }
    if current.count > 1 { pieces.append(current) }
    return pieces
  }

  /// The part of a segment within the edges (Liang and Barsky 1984).
  private func segment(_ a: Drawing.Point, _ b: Drawing.Point) -> (Drawing.Point, Drawing.Point)? {
    guard a.x.isFinite, a.y.isFinite, b.x.isFinite, b.y.isFinite else { return nil }
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    var (enter, leave) = (0.0, 1.0)
    for (step, room) in [(-dx, a.x - box.left), (dx, box.right - a.x), (-dy, a.y - box.top), (dy, box.bottom - a.y)] {
      if step == 0 {
        if room < 0 { return nil }
      } else if step < 0 {
        enter = max(enter, room / step)
      } else {
        leave = min(leave, room / step)
      }
    }
    if enter > leave { return nil }
    let first = enter == 0 ? a : Drawing.Point(a.x + enter * dx, a.y + enter * dy)
    let last = leave == 1 ? b : Drawing.Point(a.x + leave * dx, a.y + leave * dy)
    return (first, last)
  }

  /// The part of an area within the edges (Sutherland and Hodgman 1974); empty when there is none.
  package func area(_ points: [Drawing.Point]) -> [Drawing.Point] {
    var result = points.filter { $0.x.isFinite && $0.y.isFinite }
    let edges: [(inside: (Drawing.Point) -> Double, isVertical: Bool, at: Double)] = [
      ({ $0.x - box.left }, true, box.left), ({ box.right - $0.x }, true, box.right),
      ({ $0.y - box.top }, false, box.top), ({ box.bottom - $0.y }, false, box.bottom),
    ]
    for edge in edges {
      guard var before = result.last else { return [] }
      var kept: [Drawing.Point] = []
      for point in result {
        let (was, isNow) = (edge.inside(before), edge.inside(point))
        if (was < 0) != (isNow < 0) {
          let share = was / (was - isNow)
          let x = edge.isVertical ? edge.at : before.x + share * (point.x - before.x)
          let y = edge.isVertical ? before.y + share * (point.y - before.y) : edge.at
          kept.append(.init(x, y))
        }
        if isNow >= 0 { kept.append(point) }
        before = point
      }
      result = kept
    }
    return result.count > 2 ? result : []
  }
}
