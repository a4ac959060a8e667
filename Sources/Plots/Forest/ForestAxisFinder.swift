import EffectSizes

/// Chooses the axis of a forest plot from what is drawn on it.
struct ForestAxisFinder {
  let input: ForestInput
  let options: ForestOptions
  let style: ForestStyle

  private var log: Bool { input.scale == .log }

  /// The axis: the given range and ticks, or a range that shows what matters and ticks that people like.
  func axis(_ rows: [ForestRow]) -> ForestAxis {
    var (lower, upper) = givenRange ?? foundRange(rows)
    if givenRange == nil { (lower, upper) = widened(lower, upper) }
    var ticks = options.ticks?.filter { $0 >= lower && $0 <= upper }
    ticks = ticks ?? (log ? Ticks.logarithmic(from: lower, to: upper, null: null) : linearTicks(lower, upper))
    var axis = ForestAxis(log: log, min: lower, max: upper, ticks: ticks ?? [], null: null)
    axis.labelLeft = input.favoursLeft
    axis.labelRight = input.favoursRight
    return axis
  }

  private var null: Double? { input.null.flatMap { log && $0 <= 0 ? nil : $0 } }

  private var givenRange: (Double, Double)? {
    guard let range = options.axisRange, range.lower.isFinite, range.upper.isFinite, range.lower < range.upper,
      !log || range.lower > 0
    else { return nil }
    return (range.lower, range.upper)
  }

  private func linearTicks(_ lower: Double, _ upper: Double) -> [Double] {
    var ticks = Ticks.linear(from: lower, to: upper)
    if let null, null >= lower, null <= upper, !ticks.contains(null) { ticks = (ticks + [null]).sorted() }
    return ticks
  }

  /// The range in displayed units.
  ///
  /// The core holds no effect, all point estimates and the pooled intervals, each no farther from the middle of the
  /// studies than wild ones deserve; intervals are shown as far as one width of the core beyond it.
  private func foundRange(_ rows: [ForestRow]) -> (Double, Double) {
    let estimates = positions(rows.filter { $0.rowType == .study }.map(\.estimateDisplay)).sorted()
    let pooled = rows.filter(\.isPooled).flatMap { [$0.ciLowerDisplay, $0.ciUpperDisplay, $0.estimateDisplay] }
    var anchors = estimates
    if estimates.count >= 10 {
      // One estimate in twenty on each side may be an arrow, if it is far from the rest.
      let margin = estimates.count / 20
      let inner = Array(estimates[margin..<(estimates.count - margin)])
      let width = max((inner.last ?? 0) - (inner.first ?? 0), log ? 0.7 : 0)
      anchors = estimates.filter { $0 >= (inner.first ?? 0) - width && $0 <= (inner.last ?? 0) + width }
    }
    anchors += positions([null])
    let middle = ((anchors.min() ?? 0) + (anchors.max() ?? 0)) / 2
    let reach = log ? 6.9 : .infinity
    anchors += positions(pooled).filter { abs($0 - middle) <= reach }
    guard let low = anchors.min(), let high = anchors.max() else { return log ? (0.1, 10) : (-1, 1) }
    let width = max(high - low, log ? 0.35 : 0)
    let intervals = rows.filter { $0.rowType == .study || $0.rowType == .prediction }
    let ends = positions(intervals.flatMap { [$0.ciLowerDisplay, $0.ciUpperDisplay] })
    let room = width > 0 ? width : max(ends.map { abs($0 - low) }.max() ?? 0, 1e-9)
    var first = max(ends.min() ?? low, low - room)
    var last = min(ends.max() ?? high, high + room)
    if log {
      // Intervals alone never stretch a ratio axis beyond a thousand times the middle.
      first = max(first, middle - reach)
      last = min(last, middle + reach)
    }
    return fromPositions(min(low, first), max(high, last))
  }

  /// Values as places on the axis: logarithms on a log axis; what is not finite is left out.
  private func positions(_ values: [Double?]) -> [Double] {
    values.compactMap { $0.map { log ? PlotMath.log($0) : $0 } }.filter(\.isFinite)
  }

  private func fromPositions(_ lower: Double, _ upper: Double) -> (Double, Double) {
    log ? (PlotMath.exp(max(-600, lower)), PlotMath.exp(min(600, upper))) : (lower, upper)
  }

  /// The range with a margin, made symmetric where the style asks for it, and out to a tick that is near.
  private func widened(_ lower: Double, _ upper: Double) -> (Double, Double) {
    var (low, high) = log ? (PlotMath.log(lower), PlotMath.log(upper)) : (lower, upper)
    if high - low < 1e-12 * max(1, abs(low)) {
      let half = log ? 0.7 : max(0.5, abs(low) / 2)
      (low, high) = (low - half, high + half)
    }
    if style.frame.symmetricAxis, let null {
      let middle = log ? PlotMath.log(null) : null
      let half = max(middle - low, high - middle)
      (low, high) = (middle - half, middle + half)
    }
    let margin = 0.03 * (high - low)
    (low, high) = fromPositions(low - margin, high + margin)
    return (outward(low, high, isUpper: false), outward(low, high, isUpper: true))
  }

  /// An end, moved out to the next tick where that costs less than a twelfth of the axis, and never below the floor of
  /// what can be.
  private func outward(_ lower: Double, _ upper: Double, isUpper: Bool) -> Double {
    let end = isUpper ? upper : lower
    let scale = AxisScale(log: log, min: lower, max: upper, start: 0, end: 1)
    let (widerLower, widerUpper) = (scale.value(atShare: -1.0 / 12), scale.value(atShare: 13.0 / 12))
    let ticks =
      log
      ? Ticks.logarithmic(from: widerLower, to: widerUpper, null: null)
      : Ticks.linear(from: widerLower, to: widerUpper)
    let candidate = isUpper ? ticks.last : ticks.first
    guard let candidate, isUpper ? candidate > end : candidate < end else { return end }
    return candidate
  }
}
