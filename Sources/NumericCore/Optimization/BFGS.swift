extension Minimizer {
  /// When the quasi-Newton search ends.
  public struct QuasiNewtonOptions: Sendable {
    /// The search has converged when `max |gᵢ| max(|xᵢ|, 1) ≤ gradient · max(|f|, 1)`.
    public var gradient = 1e-8
    /// Iterations allowed.
    public var iterationLimit = 500

    /// The usual choices.
    public init() {}
  }

  /// A local minimum by the BFGS method with a line search for the strong Wolfe conditions, given the gradient.
  ///
  /// `f` returns the value and the gradient; where the value is NaN or +∞ the step is shortened. Throws
  /// `notFiniteAtStart`. Source: Nocedal & Wright (2006), algorithms 6.1, 3.5 and 3.6.
  public static func bfgs(
    start: [Double], options: QuasiNewtonOptions = QuasiNewtonOptions(),
    _ f: ([Double]) -> (value: Double, gradient: [Double])
  ) throws(SearchError) -> VectorMinimumResult {
    let first = f(start)
    guard first.value.isFinite, first.gradient.allSatisfy({ $0.isFinite }) else { throw .notFiniteAtStart }
    var search = QuasiNewtonSearch(point: start, value: first.value, gradient: first.gradient, options: options)
    let reason = search.run(f)
    return VectorMinimumResult(
      point: search.point, minimum: search.value, gradient: search.gradient, iterations: search.iterations,
      evaluations: search.evaluations, converged: reason == .gradientWithinTolerance || reason == .valueSettled,
      reason: reason)
  }

  /// The same with gradients by central differences, good to about 1e-10 of the function's scale.
  ///
  /// Throws `notFiniteAtStart`.
  public static func bfgs(
    start: [Double], options: QuasiNewtonOptions = QuasiNewtonOptions(), value f: ([Double]) -> Double
  ) throws(SearchError) -> VectorMinimumResult {
    var loose = options
    loose.gradient = max(options.gradient, 1e-7)
    return try bfgs(start: start, options: loose) { x in (f(x), NumericalDerivative.centralGradient(at: x, f)) }
  }
}

/// The state of a quasi-Newton search.
struct QuasiNewtonSearch {
  typealias Objective = ([Double]) -> (value: Double, gradient: [Double])

  var point: [Double]
  var value: Double
  var gradient: [Double]
  var iterations = 0
  var evaluations = 1
  private let options: Minimizer.QuasiNewtonOptions
  /// Approximation of the inverse Hessian.
  private var inverse: Matrix
  private var isFresh = true

  init(point: [Double], value: Double, gradient: [Double], options: Minimizer.QuasiNewtonOptions) {
    self.point = point
    self.value = value
    self.gradient = gradient
    self.options = options
    inverse = .identity(point.count)
  }

  mutating func run(_ f: Objective) -> StopReason {
    var settled = 0
    while iterations < options.iterationLimit {
      if gradientIsSmall { return .gradientWithinTolerance }
      iterations += 1
      var direction = (inverse * gradient).map { -$0 }
      var slope = dot(direction, gradient)
      if !(slope < 0) {
        reset()
        direction = gradient.map { -$0 }
        slope = -dot(gradient, gradient)
      }
      // The first step of all is no longer than about 1.
      let firstStep = isFresh ? min(1, 1 / max(norm(gradient), 1e-300)) : 1
      guard let next = lineSearch(direction, slope, firstStep, f) else {
        if isFresh { return settledOrStuck }
        reset()
        continue
      }
      let change = abs(next.value - value)
      settled = change <= 1e-15 * max(abs(value), 1e-300) ? settled + 1 : 0
      update(to: next)
      if settled >= 3 { return gradientIsSmall ? .gradientWithinTolerance : .valueSettled }
    }
    return gradientIsSmall ? .gradientWithinTolerance : .iterationLimit
  }

  private var gradientIsSmall: Bool { relativeGradient <= options.gradient }

  private var relativeGradient: Double {
    var largest = 0.0
    for i in point.indices { largest = max(largest, abs(gradient[i]) * max(abs(point[i]), 1)) }
    return largest / max(abs(value), 1)
  }

  /// Steepest descent cannot lower the value: rounding is all that is left if the gradient is nearly small.
  private var settledOrStuck: StopReason { relativeGradient <= 1e3 * options.gradient ? .valueSettled : .noDescent }

  private mutating func reset() {
    inverse = .identity(point.count)
    isFresh = true
  }

  /// The BFGS update of the inverse Hessian. Source: Nocedal & Wright (2006), equations 6.17, 6.20.
  private mutating func update(to next: Trial) {
    let n = point.count
    let s = (0..<n).map { next.point[$0] - point[$0] }
    let y = (0..<n).map { next.gradient[$0] - gradient[$0] }
    let sy = dot(s, y)
    (point, value, gradient) = (next.point, next.value, next.gradient)
    guard sy > 1e-14 * norm(s) * norm(y) else { return }
    if isFresh {
      inverse = (sy / dot(y, y)) * .identity(n)
      isFresh = false
    }
    let hy = inverse * y
    let factor = (1 + dot(y, hy) / sy) / sy
    for j in 0..<n {
      for i in 0..<n { inverse[i, j] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / sy }
    }
  }

  private struct Trial {
    var step: Double
    var point: [Double]
    var value: Double
    var gradient: [Double]
    var slope: Double
  }

  private mutating func trial(_ step: Double, _ direction: [Double], _ f: Objective) -> Trial {
    let x = point.indices.map { point[$0] + step * direction[$0] }
    let (value, gradient) = f(x)
    evaluations += 1
    let slope = dot(gradient, direction)
    let usable = value.isFinite && slope.isFinite
    return Trial(step: step, point: x, value: usable ? value : .infinity, gradient: gradient, slope: slope)
  }

  /// A step with sufficient decrease (1e-4) and curvature (0.9), or at least decrease; nil when there is none.
  private mutating func lineSearch(
    _ direction: [Double], _ slope: Double, _ firstStep: Double, _ f: Objective
  ) -> Trial? {
    let start = Trial(step: 0, point: point, value: value, gradient: gradient, slope: slope)
    var (low, high): (Trial, Trial?) = (start, nil)
    var step = firstStep
    var best: Trial?
    for _ in 0..<60 {
      let next = trial(step, direction, f)
      if next.value < (best?.value ?? value) { best = next }
      if next.value > value + 1e-4 * step * slope || next.value >= low.value && low.step > 0 {
        high = next
      } else if abs(next.slope) <= -0.9 * slope {
        return next
      } else if next.slope >= 0 {
        (high, low) = (low, next)
      } else {
        if let far = high, (far.step - low.step) * next.slope >= 0 { high = low }
        low = next
      }
      if let far = high {
        if abs(far.step - low.step) <= 1e-14 * max(far.step, low.step) { break }
        step = interpolated(low, far)
      } else {
        step *= 3
      }
    }
    return best
  }

  /// The minimum of the cubic through both ends, kept away from them; the middle where an end is infinite.
  private func interpolated(_ a: Trial, _ b: Trial) -> Double {
    let width = b.step - a.step
    guard b.value.isFinite else { return a.step + 0.3 * width }
    let d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.step - b.step)
    let square = d1 * d1 - a.slope * b.slope
    var step = a.step + 0.5 * width
    if square >= 0 {
      let d2 = (width > 0 ? 1 : -1) * square.squareRoot()
      step = b.step - width * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2)
    }
    let (near, far) = (a.step + 0.1 * width, a.step + 0.9 * width)
    if step.isNaN { return a.step + 0.5 * width }
    return min(max(step, min(near, far)), max(near, far))
  }

  private func dot(_ x: [Double], _ y: [Double]) -> Double {
    var sum = 0.0
    for i in x.indices { sum += x[i] * y[i] }
    return sum
  }

  private func norm(_ x: [Double]) -> Double { dot(x, x).squareRoot() }
}
