/// Leaves out the points of a curve that nobody would see.
enum CurveSimplification {
  /// The fewest points, of those given, from whose straight lines no point left out lies farther than a tolerance; the
  /// ends stay. Source: Ramer 1972, Douglas and Peucker 1973.
  static func simplified(_ points: [Drawing.Point], tolerance: Double = 0.05) -> [Drawing.Point] {
    guard points.count > 2 else { return points }
    var isKept = [Bool](repeating: false, count: points.count)
    (isKept[0], isKept[points.count - 1]) = (true, true)
    var spans = [(0, points.count - 1)]
    while let (first, last) = spans.popLast() {
      guard last - first > 1 else { continue }
      var farthest = (index: first, distance: tolerance)
      for index in (first + 1)..<last {
        let distance = distance(points[index], points[first], points[last])
        if distance > farthest.distance { farthest = (index, distance) }
      }
      guard farthest.index > first else { continue }
      isKept[farthest.index] = true
      spans += [(first, farthest.index), (farthest.index, last)]
    }
    return zip(points, isKept).filter(\.1).map(\.0)
  }

  /// Distance of a point from the line between two others.
  private static func distance(_ point: Drawing.Point, _ from: Drawing.Point, _ to: Drawing.Point) -> Double {
    let (dx, dy) = (to.x - from.x, to.y - from.y)
    let length = (dx * dx + dy * dy).squareRoot()
    let (px, py) = (point.x - from.x, point.y - from.y)
    guard length > 0 else { return (px * px + py * py).squareRoot() }
    let along = (px * dx + py * dy) / length
    if along < 0 { return (px * px + py * py).squareRoot() }
    if along > length {
      return ((point.x - to.x) * (point.x - to.x) + (point.y - to.y) * (point.y - to.y)).squareRoot()
    }
    return abs(px * dy - py * dx) / length
  }
}
