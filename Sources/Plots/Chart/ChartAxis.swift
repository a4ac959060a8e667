/// An axis of a chart: its range in data units, and its ticks with their labels.
struct ChartAxis: Sendable {
  var title: String
  var min, max: Double
  var ticks: [Double]
  var labels: [String]
  /// Whether distances are logarithmic in data units.
  var log = false
  /// Whether the axis runs from the top down, or from right to left.
  var reversed = false

  /// A linear axis over a range, with ticks at numbers that people like; the range grows by a margin on both sides.
  static func linear(_ title: String, _ lower: Double, _ upper: Double, margin: Double = 0.04) -> ChartAxis {
    let (low, high) = spread(lower, upper, margin: margin)
    let ticks = Ticks.linear(from: low, to: high)
    return ChartAxis(
      title: title, min: low, max: high, ticks: ticks, labels: Ticks.labels(ticks, logarithmic: false))
  }

  /// An axis of effects: data units are those of the analysis. Logarithms are labelled as ratios.
  static func effects(
    _ title: String, _ lower: Double, _ upper: Double, isLog: Bool, margin: Double = 0.04
  ) -> ChartAxis {
    guard isLog else { return linear(title, lower, upper, margin: margin) }
    let (low, high) = spread(lower, upper, margin: margin)
    let ratios = Ticks.logarithmic(from: PlotMath.exp(low), to: PlotMath.exp(high))
    return ChartAxis(
      title: title, min: low, max: high, ticks: ratios.map(PlotMath.log),
      labels: Ticks.labels(ratios, logarithmic: true))
  }

  /// A logarithmic axis over positive data.
  static func logarithmic(_ title: String, _ lower: Double, _ upper: Double) -> ChartAxis {
    let low = Swift.max(lower, 1e-300)
    let high = Swift.max(upper, low * 1.5)
    let ticks = Ticks.logarithmic(from: low, to: high, null: nil)
    return ChartAxis(
      title: title, min: low, max: high, ticks: ticks, labels: Ticks.labels(ticks, logarithmic: true), log: true)
  }

  /// An axis from zero upwards.
  static func fromZero(_ title: String, to upper: Double) -> ChartAxis {
    var axis = linear(title, 0, upper > 0 && upper.isFinite ? upper : 1, margin: 0)
    axis.max = axis.min + (axis.max - axis.min) * 1.05
    let ticks = Ticks.linear(from: 0, to: axis.max)
    axis.ticks = ticks
    axis.labels = Ticks.labels(ticks, logarithmic: false)
    return axis
  }

  /// A range with a margin; a range without width gets one.
  private static func spread(_ lower: Double, _ upper: Double, margin: Double) -> (Double, Double) {
    guard lower.isFinite, upper.isFinite, lower <= upper else { return (0, 1) }
    if upper - lower <= 1e-12 * Swift.max(abs(lower), abs(upper), 1e-12) {
      let half = Swift.max(0.5 * abs(lower), 0.5)
      return (lower - half, lower + half)
    }
    let room = margin * (upper - lower)
    return (lower - room, upper + room)
  }

  /// The range of values that are finite, together with others that must be shown; (0, 1) when there are none.
  static func range(_ values: [Double], including others: [Double?] = []) -> (Double, Double) {
    let all = (values + others.compactMap { $0 }).filter(\.isFinite)
    guard let low = all.min(), let high = all.max() else { return (0, 1) }
    return (low, high)
  }
}
