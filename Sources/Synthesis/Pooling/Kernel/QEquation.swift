import NumericCore

/// The search for the τ² ≥ 0 with Q(τ²) = target, as a value that asks for Q at one τ² after another; 0 when Q(0) is at
/// most the target.
///
/// Q is a sum of terms cⱼ/(eⱼ + τ²), so 1/Q is concave and increasing: Newton steps on target/Q − 1 from the left never pass
/// the root, and are quadratic near it. With equal variances the first step is exact. Q(τ²) ≤ TSS/τ² bounds the root.
struct QSearch: Sendable {
  /// The τ² asked for, and in the end the root.
  private(set) var t = 0.0
  private(set) var iterations = 0
  private(set) var converged = true
  private(set) var residual = 0.0
  private let target: Double

  /// Iterations after which the search is given up; the worst of 100 000 wild sets took fewer than 40.
  private static let limit = 300
  /// Newton's last step, relative to τ²: what is left after it is about its square.
  static let lastStep = 1e-7

  /// The next τ², of one set or of several side by side.
  @inline(__always)
  static func step<V: Lanes>(from t: V, q: V, yPPy: V, target: V, squares: V) -> V {
    .smaller(t + (q - target) * q / (target * yPPy), squares / target)
  }

  /// A search; the first τ² to ask for is 0.
  init(target: Double) { self.target = target }

  /// Takes Q and y'PPy at the τ² asked for last; the next τ², `nil` at the end.
  mutating func next(q: Double, yPPy: Double, squares: Double) -> Double? {
    if t == 0, !(q > target) { return nil }
    guard iterations < Self.limit else {
      converged = false
      residual = q / target - 1
      return nil
    }
    iterations += 1
    let next = Self.step(from: t, q: q, yPPy: yPPy, target: target, squares: squares)
    let moved = next - t
    t = next
    if moved.magnitude > Self.lastStep * t { return t }
    converged = moved.isFinite
    residual = (moved / t) * (moved / t)
    return nil
  }
}

extension PoolingProblem {
  /// The τ² ≥ 0 with Q(τ²) = target, 0 when Q(0) is at most the target.
  func rootOfQ(equalTo target: Double) -> TauSquaredSolution {
    var search = QSearch(target: target)
    let squares = totalSumOfSquares
    var t: Double? = 0
    while let at = t {
      let s = sums(at: at)
      t = search.next(q: s.q, yPPy: s.yPPy, squares: squares)
    }
    return TauSquaredSolution(search)
  }
}

extension TauSquaredSolution {
  /// The root that a search found.
  init(_ search: QSearch) {
    self.init(
      value: search.t, procedure: "Newton on 1/Q", iterations: search.iterations, converged: search.converged,
      residual: search.residual)
  }
}
