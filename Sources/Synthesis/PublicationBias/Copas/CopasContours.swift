/// Lines of equal effect over a grid of (γ₀, γ₁), each summarised by a straight line in coordinates that run from 0 to 1.
struct CopasContours {
  /// A contour: its effect, and y = intercept + slope·x by least squares through the points where it crosses the grid.
  struct Line {
    let effect, intercept, slope: Double
  }

  /// The contours that are lines.
  let lines: [Line]

  /// The contours of a surface at round effects; the surface is given row by row, x being the row.
  init(surface: [[Double]]) {
    let values = surface.joined()
    guard let low = values.min(), let high = values.max(), high > low else {
      lines = []
      return
    }
    lines = CopasContours.roundValues(low, high).compactMap { level in
      guard level > low, level < high else { return nil }
      return CopasContours.line(level, CopasContours.crossings(level, surface))
    }
  }

  /// About ten round numbers over a range: the multiples of 1, 2 or 5 times a power of ten that is nearest to a tenth of it.
  static func roundValues(_ low: Double, _ high: Double) -> [Double] {
    let cell = (high - low) / 10
    var power = 1.0
    while power > cell { power /= 10 }
    while power * 10 <= cell { power *= 10 }
    var unit = power
    // A coarser unit is taken as soon as it is no more than 1.5 times as far off as the finer one.
    for factor in [2.0, 5, 10] where factor * power - cell < 1.5 * (cell - unit) { unit = factor * power }
    var values = [Double]()
    var step = (low / unit).rounded(.down)
    while step <= (high / unit).rounded(.up) {
      values.append(step * unit)
      step += 1
    }
    return values
  }

  private static func crossings(_ level: Double, _ surface: [[Double]]) -> [(x: Double, y: Double)] {
    let n = surface.count
    let step = 1 / Double(n - 1)
    var points = [(x: Double, y: Double)]()
    func share(_ a: Double, _ b: Double) -> Double? {
      (a - level) * (b - level) < 0 ? (level - a) / (b - a) : nil
    }
    for i in 0..<n {
      for j in 0..<n {
        if j + 1 < n, let t = share(surface[i][j], surface[i][j + 1]) {
          points.append((Double(i) * step, (Double(j) + t) * step))
        }
        if i + 1 < n, let t = share(surface[i][j], surface[i + 1][j]) {
          points.append(((Double(i) + t) * step, Double(j) * step))
        }
      }
    }
    return points
  }

  private static func line(_ level: Double, _ points: [(x: Double, y: Double)]) -> Line? {
    guard points.count >= 3 else { return nil }
    let n = Double(points.count)
    let meanX = points.reduce(0) { $0 + $1.x } / n
    let meanY = points.reduce(0) { $0 + $1.y } / n
    let sxx = points.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
    let sxy = points.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) }
    // Contours fall: more selection by one parameter is made up by less by the other.
    guard sxx > 0, sxy < 0 else { return nil }
    return Line(effect: level, intercept: meanY - sxy / sxx * meanX, slope: sxy / sxx)
  }
}
