/// The part of an interval that lies on the axis.
struct ClippedSpan {
  /// Places of the ends, held within the axis.
  let left, right: Double
  /// Whether the interval goes on beyond the axis.
  let isClippedLeft, isClippedRight: Bool

  init(lower: Double, upper: Double, scale: AxisScale) {
    left = scale.placeInside(lower)
    right = scale.placeInside(upper)
    isClippedLeft = scale.share(lower) < -1e-9
    isClippedRight = scale.share(upper) > 1 + 1e-9
  }
}

/// A diamond, cut off where it leaves the axis.
struct ClippedDiamond {
  /// Shares of the axis at the ends and at the estimate.
  let left, middle, right: Double
  let scale: AxisScale
  /// Places where the diamond is cut, `nil` where it is whole.
  let clippedLeft, clippedRight: Double?

  /// The corners, clockwise from the left; empty when nothing lies on the axis.
  func points(y: Double, half: Double) -> [Drawing.Point] {
    let width = scale.end - scale.start
    // Ends that lie infinitely far away are drawn as far as the eye can tell.
    let ends = (max(left, -1e6), min(right, 1e6))
    let (x1, x2, x3) = (
      scale.start + ends.0 * width, scale.start + min(max(middle, -1e6), 1e6) * width, scale.start + ends.1 * width
    )
    let first = max(x1, clippedLeft ?? x1)
    let last = min(x3, clippedRight ?? x3)
    guard first < last || (clippedLeft == nil && clippedRight == nil) else { return [] }
    func reach(_ x: Double) -> Double {
      if x <= x2 { return x2 > x1 ? half * (x - x1) / (x2 - x1) : half }
      return x3 > x2 ? half * (x3 - x) / (x3 - x2) : half
    }
    var upper: [Drawing.Point] = []
    if clippedLeft == nil { upper.append(.init(first, y)) } else { upper.append(.init(first, y - reach(first))) }
    if x2 > first, x2 < last { upper.append(.init(x2, y - half)) }
    if clippedRight == nil { upper.append(.init(last, y)) } else { upper.append(.init(last, y - reach(last))) }
    let lower = upper.reversed().filter { $0.y < y }.map { Drawing.Point($0.x, 2 * y - $0.y) }
    return upper + lower
  }
}

/// Sides of the squares: areas proportional to weights, none too small to be seen.
struct ForestMarkSizes {
  private let largest: Double
  private let row: Double
  private let share: Double

  init(table: ForestTable, row: Double) {
    self.row = row
    let weights = table.rows.filter { $0.rowType == .study }.map(Self.weight)
    largest = weights.max() ?? 0
    let total = weights.reduce(0, +)
    share = total > 0 ? largest / total : 0
  }

  /// The weight of a study: random-effects if known, else common-effect, else the precision.
  private static func weight(_ row: ForestRow) -> Double {
    if let weight = row.weightRandom ?? row.weightCommon, weight.isFinite, weight >= 0 { return weight }
    if let se = row.se, se > 0 { return 1 / (se * se) }
    return 0
  }

  /// The side of a study's square. The largest takes more of its row the more of the total weight it has.
  func side(_ entry: ForestRow) -> Double {
    let greatest = row * (0.42 + 0.36 * min(1, 3 * share))
    guard largest > 0, largest.isFinite else { return 0.4 * row }
    return max(0.2 * row, greatest * (Self.weight(entry) / largest).squareRoot())
  }
}
