/// A natural cubic spline: cubic between the boundary knots, linear beyond them, without the constant.
///
/// The basis is that of cubic B-splines over the inner knots and fourfold boundary knots, less the first of them (the
/// constant lies in the intercept), projected on the functions whose second derivative vanishes at both boundary knots.
/// The projection is the orthonormal complement from Householder's QR of the two constraints, which is the basis of
/// R's `splines::ns`, so that coefficients agree and not the fitted values alone.
///
/// Source: de Boor (1978), A Practical Guide to Splines, chapter X; Hastie (1992) in Chambers and Hastie, section 7.6.
struct NaturalSpline: Sendable, Equatable {
  private let lower, upper: Double
  /// Inner knots between fourfold boundary knots.
  private let knots: [Double]
  /// (number of B-splines − 1) × columns, row after row.
  private let projection: [Double]
  let columnCount: Int

  /// A spline with `degreesOfFreedom` columns and inner knots at quantiles of the points; `nil` when knots coincide.
  init?(points: [Double], degreesOfFreedom: Int) {
    let sorted = points.sorted()
    guard let last = sorted.last else { return nil }
    let inner = (1..<max(degreesOfFreedom, 1)).map { j in
      // Quantile of Hyndman and Fan's type 7, R's default.
      let place = Double(sorted.count - 1) * Double(j) / Double(degreesOfFreedom)
      let below = Int(place)
      let next = min(below + 1, sorted.count - 1)
      return sorted[below] + (place - Double(below)) * (sorted[next] - sorted[below])
    }
    self.init(innerKnots: inner, boundary: (sorted[0], last))
  }

  /// A spline with given knots; `nil` unless they rise strictly within the boundary.
  init?(innerKnots: [Double], boundary: (lower: Double, upper: Double)) {
    let all = [boundary.lower] + innerKnots + [boundary.upper]
    guard zip(all, all.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
    let knots = Array(repeating: boundary.lower, count: 3) + all + Array(repeating: boundary.upper, count: 3)
    let count = knots.count - 5
    let constraints = [boundary.lower, boundary.upper].map { end in
      let local = Self.derivatives(at: end, knots: knots, order: 2)
      var row = [Double](repeating: 0, count: count)
      for j in 0..<4 where local.first + j >= 1 { row[local.first + j - 1] = local.values[j] }
      return row
    }
    lower = boundary.lower
    upper = boundary.upper
    self.knots = knots
    columnCount = innerKnots.count + 1
    projection = Self.complement(of: constraints, dimension: count)
  }

  /// The columns at some points.
  func columns(at points: [Double]) -> [[Double]] {
    var columns = [[Double]](repeating: [Double](repeating: 0, count: points.count), count: columnCount)
    for (i, x) in points.enumerated() {
      let inside = min(max(x, lower), upper)
      add(Self.derivatives(at: inside, knots: knots, order: 0), times: 1, to: &columns, row: i)
      if x != inside {
        add(Self.derivatives(at: inside, knots: knots, order: 1), times: x - inside, to: &columns, row: i)
      }
    }
    return columns
  }

  private func add(_ local: Local, times factor: Double, to columns: inout [[Double]], row: Int) {
    for j in 0..<4 where local.first + j >= 1 {
      let start = (local.first + j - 1) * columnCount
      for column in 0..<columnCount {
        columns[column][row] += factor * local.values[j] * projection[start + column]
      }
    }
  }

  /// The four cubic B-splines that do not vanish around a point: the first one's index and their values.
  private struct Local {
    var first: Int
    var values: [Double]
  }

  /// Derivatives of order 0, 1 or 2 of the four cubic B-splines around x, by de Boor's recurrence: values of order
  /// 4 − d first, then d differences B′ᵢₘ = (m − 1) (Bᵢ,ₘ₋₁ / (tᵢ₊ₘ₋₁ − tᵢ) − Bᵢ₊₁,ₘ₋₁ / (tᵢ₊ₘ − tᵢ₊₁)).
  private static func derivatives(at x: Double, knots: [Double], order: Int) -> Local {
    var span = 3
    while span < knots.count - 5, x >= knots[span + 1] { span += 1 }
    // values[j] belongs to the spline of index span − m + 1 + j for order m.
    var values = [1.0]
    for m in 2..<(5 - order) {
      var next = [Double](repeating: 0, count: m)
      for j in 0..<(m - 1) {
        let i = span - m + 2 + j
        let share = values[j] / (knots[i + m - 1] - knots[i])
        next[j] += (knots[i + m - 1] - x) * share
        next[j + 1] += (x - knots[i]) * share
      }
      values = next
    }
    for m in (5 - order)..<5 {
      var next = [Double](repeating: 0, count: m)
      for j in 0..<(m - 1) {
        let i = span - m + 2 + j
        let share = Double(m - 1) * values[j] / (knots[i + m - 1] - knots[i])
        next[j] -= share
        next[j + 1] += share
      }
      values = next
    }
    return Local(first: span - 3, values: values)
  }

  /// Orthonormal basis of the vectors at right angles to the constraints, row after row, by Householder reflections.
  private static func complement(of constraints: [[Double]], dimension: Int) -> [Double] {
    var constraints = constraints
    var reflectors: [[Double]] = []
    for step in constraints.indices {
      var reflector = [Double](repeating: 0, count: dimension)
      var square = 0.0
      for i in step..<dimension {
        reflector[i] = constraints[step][i]
        square += reflector[i] * reflector[i]
      }
      let norm = square.squareRoot()
      reflector[step] += reflector[step] < 0 ? -norm : norm
      for other in constraints.indices { reflect(&constraints[other], by: reflector) }
      reflectors.append(reflector)
    }
    let columns = dimension - constraints.count
    var basis = [Double](repeating: 0, count: dimension * columns)
    for column in 0..<columns {
      var vector = [Double](repeating: 0, count: dimension)
      vector[column + constraints.count] = 1
      for reflector in reflectors.reversed() { reflect(&vector, by: reflector) }
      for i in 0..<dimension { basis[i * columns + column] = vector[i] }
    }
    return basis
  }

  private static func reflect(_ vector: inout [Double], by reflector: [Double]) {
    var product = 0.0
    var square = 0.0
    for i in vector.indices {
      product += vector[i] * reflector[i]
      square += reflector[i] * reflector[i]
    }
    guard square > 0 else { return }
    for i in vector.indices { vector[i] -= 2 * product / square * reflector[i] }
  }
}
