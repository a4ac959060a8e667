extension Minimizer {
  /// How a simplex search begins and ends.
  public struct SimplexOptions: Sendable {
    /// Length of the first simplex' edges along each axis, times max(|x|, 1).
    public var edge = 0.1
    /// The search ends when the values at the corners differ by less than this, relative to their size (plus 1e-300)…
    public var relativeValue = 1e-12
    /// …and the corners by less than this, relative to max(|x|, 1).
    public var relativePoint = 1e-8
    /// Evaluations allowed, times the number of variables.
    public var evaluationsPerVariable = 2000

    /// The usual choices.
    public init() {}
  }

  /// A local minimum by the simplex of Nelder and Mead, with one restart from the point found.
  ///
  /// Needs no derivatives; NaN and +∞ are points to go away from. Throws `notFiniteAtStart`. The restart with a fresh
  /// simplex leaves points where the first has collapsed short of the minimum.
  /// Sources: Nelder & Mead (1965); Lagarias et al. (1998); adaptive coefficients of Gao & Han (2012).
  public static func nelderMead(
    start: [Double], options: SimplexOptions = SimplexOptions(), _ f: ([Double]) -> Double
  ) throws(SearchError) -> VectorMinimumResult {
    var first = Simplex(start: start, options: options, f)
    guard first.values.contains(where: { $0.isFinite }), !start.isEmpty else { throw .notFiniteAtStart }
    let firstEnd = first.run(f)
    var second = Simplex(start: first.points[0], options: options, f)
    let secondEnd = second.run(f)
    return VectorMinimumResult(
      point: second.points[0], minimum: second.values[0], gradient: [],
      iterations: first.iterations + second.iterations, evaluations: first.evaluations + second.evaluations,
      converged: firstEnd != .iterationLimit && secondEnd != .iterationLimit, reason: secondEnd)
  }

  /// The corners, best first.
  private struct Simplex {
    var points: [[Double]]
    var values: [Double]
    var iterations = 0
    var evaluations: Int
    let options: SimplexOptions

    init(start: [Double], options: SimplexOptions, _ f: ([Double]) -> Double) {
      self.options = options
      points = [start]
      for i in start.indices {
        var corner = start
        corner[i] += options.edge * max(abs(start[i]), 1)
        points.append(corner)
      }
      values = points.map { Minimizer.ranked(f($0)) }
      evaluations = points.count
      sort()
    }

    mutating func run(_ f: ([Double]) -> Double) -> StopReason {
      let n = Double(points.count - 1)
      let (expansion, contraction) = (1 + 2 / n, 0.75 - 0.5 / n)
      let limit = options.evaluationsPerVariable * points.count
      while evaluations < limit {
        if isSmall { return .stepWithinTolerance }
        iterations += 1
        let worst = points.count - 1
        let center = centroid()
        let reflected = trial(center, 1, f)
        if reflected.value < values[0] {
          let expanded = trial(center, n == 1 ? 2 : expansion, f)
          replace(worst, expanded.value < reflected.value ? expanded : reflected)
        } else if reflected.value < values[worst - 1] {
          replace(worst, reflected)
        } else {
          let outside = reflected.value < values[worst]
          let contracted = trial(center, (outside ? 1 : -1) * (n == 1 ? 0.5 : contraction), f)
          if contracted.value < min(reflected.value, values[worst]) {
            replace(worst, contracted)
          } else {
            shrink(n == 1 ? 0.5 : 1 - 1 / n, f)
          }
        }
      }
      return .iterationLimit
    }

    private var isSmall: Bool {
      guard values[values.count - 1] - values[0] <= options.relativeValue * abs(values[0]) + 1e-300 else {
        return false
      }
      for point in points.dropFirst() {
        for i in point.indices
        where abs(point[i] - points[0][i]) > options.relativePoint * max(abs(points[0][i]), 1) { return false }
      }
      return true
    }

    /// The mean of all corners but the worst.
    private func centroid() -> [Double] {
      var center = [Double](repeating: 0, count: points[0].count)
      for point in points.dropLast() {
        for i in center.indices { center[i] += point[i] }
      }
      let count = Double(points.count - 1)
      return center.map { $0 / count }
    }

    /// The worst corner mirrored in the center and moved by a factor.
    private mutating func trial(
      _ center: [Double], _ factor: Double, _ f: ([Double]) -> Double
    ) -> (point: [Double], value: Double) {
      let worst = points[points.count - 1]
      var point = center
      for i in point.indices { point[i] += factor * (center[i] - worst[i]) }
      evaluations += 1
      return (point, Minimizer.ranked(f(point)))
    }

    private mutating func replace(_ index: Int, _ corner: (point: [Double], value: Double)) {
      points[index] = corner.point
      values[index] = corner.value
      sort()
    }

    private mutating func shrink(_ factor: Double, _ f: ([Double]) -> Double) {
      for k in 1..<points.count {
        for i in points[k].indices { points[k][i] = points[0][i] + factor * (points[k][i] - points[0][i]) }
        values[k] = Minimizer.ranked(f(points[k]))
      }
      evaluations += points.count - 1
      sort()
    }

    private mutating func sort() {
      let order = values.indices.sorted { values[$0] == values[$1] ? $0 < $1 : values[$0] < values[$1] }
      points = order.map { points[$0] }
      values = order.map { values[$0] }
    }
  }
}
