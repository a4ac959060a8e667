import NumericCore

/// The density of the predicted effect over the axis: that of a t distribution, or of a normal one without degrees of
/// freedom, whose central interval of the row's level is the prediction interval.
struct PredictionDensity {
  /// The closed outline.
  let outline: [Drawing.Point]
  private let baseline: Double

  init(_ row: ForestRow, scale: AxisScale, baseline: Double, height: Double) {
    self.baseline = baseline
    let lower = scale.share(row.ciLowerDisplay ?? 0)
    let upper = scale.share(row.ciUpperDisplay ?? 0)
    let middle = (lower + upper) / 2
    let spread = max(1e-9, (upper - lower) / 2 / Self.halfWidth(level: row.level ?? 0.95, df: row.df))
    let count = 120
    var points: [Drawing.Point] = []
    for step in 0...count {
      let share = Double(step) / Double(count)
      let z = (share - middle) / spread
      let density = Self.density(z, df: row.df)
      points.append(.init(scale.start + share * (scale.end - scale.start), baseline - height * density))
    }
    outline = [.init(scale.start, baseline)] + points + [.init(scale.end, baseline)]
  }

  /// Density at z relative to that at 0.
  private static func density(_ z: Double, df: Double?) -> Double {
    guard let df else { return PlotMath.exp(-z * z / 2) }
    return PlotMath.exp(-(df + 1) / 2 * PlotMath.log(1 + z * z / df))
  }

  /// Half the width of the central interval, in spreads: 1.96 for the normal at 95 %.
  private static func halfWidth(level: Double, df: Double?) -> Double {
    let tail = (1 - level) / 2
    let normal = (try? Normal.quantile(upperTail: tail)) ?? 1.959963984540054
    guard let df, let distribution = try? StudentT(degreesOfFreedom: df) else { return normal }
    return (try? distribution.quantile(upperTail: tail)) ?? normal
  }

  /// The part of the outline over an interval.
  func inside(_ span: ClippedSpan) -> [Drawing.Point] {
    let points = outline.filter { $0.x >= span.left && $0.x <= span.right && $0.y < baseline }
    guard let first = points.first, let last = points.last else { return [] }
    return [.init(first.x, baseline)] + points + [.init(last.x, baseline)]
  }
}
