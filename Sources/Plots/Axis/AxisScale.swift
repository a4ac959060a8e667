/// From the units of an axis to places on the canvas, linear or logarithmic.
struct AxisScale: Sendable {
  /// Whether distances are logarithmic.
  let log: Bool
  /// Places of the ends on the canvas; `end` may be the smaller one, as for an axis that runs upwards.
  let start, end: Double
  private let first, last: Double

  init(log: Bool, min: Double, max: Double, start: Double, end: Double) {
    self.log = log
    self.start = start
    self.end = end
    first = log ? PlotMath.log(min) : min
    last = log ? PlotMath.log(max) : max
  }

  /// Place of a value; not held within the ends.
  func place(_ value: Double) -> Double {
    start + share(value) * (end - start)
  }

  /// Place of a value, held within the ends; −∞ and +∞ are the ends.
  func placeInside(_ value: Double) -> Double {
    start + Swift.max(0, Swift.min(1, share(value))) * (end - start)
  }

  /// Share of the axis at a value: 0 at its beginning, 1 at its end.
  func share(_ value: Double) -> Double {
    let position = log ? PlotMath.log(value) : value
    if position == -.infinity { return -.infinity }
    if position == .infinity { return .infinity }
    return (position - first) / (last - first)
  }

  /// The value at a share of the axis.
  func value(atShare share: Double) -> Double {
    let position = first + share * (last - first)
    return log ? PlotMath.exp(position) : position
  }
}
