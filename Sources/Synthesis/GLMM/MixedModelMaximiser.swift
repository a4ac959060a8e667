import NumericCore

/// The maximum of a mixed model's likelihood and what was learned on the way.
struct MixedModelSolution {
  /// Mean effect, standard deviation τ of the effects, log-likelihood up to the kernel's constant.
  var mu, tau, value: Double
  /// Variance of μ and of τ from the observed information over all parameters; the latter `nil` at τ = 0.
  var variance: Double
  var tauVariance: Double?
  /// Log-likelihood at τ = 0, for the likelihood-ratio test of heterogeneity.
  var valueAtZero: Double
  /// The τ of lesser maxima, if the likelihood has several.
  var lesserMaxima: [Double]
  /// How the iteration ended.
  var convergence: Convergence
}

/// Why a likelihood has no finite maximum.
enum MixedModelFailure: Error {
  /// All studies pull the effect to the same infinity.
  case effectInfinite
  /// The likelihood still rises at the largest τ looked at.
  case variationInfinite
}

/// Maximises the likelihood over (μ, α, τ), globally in τ.
///
/// For each τ the rest is a concave problem with one solution, so only τ needs care. The profile likelihood is followed
/// over a grid of τ from 0 until it has fallen 12 below its best, or 3 with three falls in a row beyond τ = 3; each change of sign of its slope (of S(τ) = ℓ′(τ)/τ, whose
/// limit at 0 is the slope in τ²) brackets a maximum, which safeguarded Newton steps then find to twelve digits. The
/// quadrature is refined until it no longer matters and the root found again.
struct MixedModelMaximiser<Kernel: StudyKernel> {
  private var likelihood: MixedLikelihood<Kernel>
  private let kernel: Kernel

  init(_ kernel: Kernel) {
    self.kernel = kernel
    likelihood = MixedLikelihood(kernel)
  }

  private typealias Reduced = MixedLikelihood<Kernel>.Reduced

  /// A point on the profile likelihood with the state that reached it.
  private struct Point {
    var tau: Double
    var reduced: Reduced
    var state: MixedLikelihood<Kernel>
    /// ℓ′(τ)/τ, at 0 its limit ℓ″(0).
    var slope: Double { tau == 0 ? reduced.tt : reduced.t / tau }
  }

  /// How far the iterations go: roughly while the quadrature is not yet refined and its error would be chased, then to
  /// the last digits (the step after one of 1e-8 is of the order of 1e-16).
  private enum Precision {
    case rough, fine
    /// Squared Newton decrement of μ and α at which to stop.
    var decrement: Double { self == .rough ? 1e-9 : 1e-18 }
    /// Relative step of τ after which to stop.
    var tau: Double { self == .rough ? 1e-3 : 1e-8 }
  }

  private static var grid: [Double] { [0, 0.05, 0.12, 0.25, 0.45, 0.75, 1.2, 2, 3.2, 5, 8, 13, 21, 34, 55] }

  mutating func maximise() throws(MixedModelFailure) -> MixedModelSolution {
    let extremes = (0..<kernel.count).map { kernel.extreme($0) }
    if extremes.allSatisfy({ $0 == .lower }) || extremes.allSatisfy({ $0 == .upper }) { throw .effectInfinite }
    let (atZero, brackets) = try scan()
    var candidates: [Point] = atZero.slope <= 0 ? [atZero] : []
    for (left, right) in brackets { candidates.append(solve(low: left.tau, high: right.tau, from: right, .rough)) }
    guard var best = candidates.first else { throw .variationInfinite }
    for candidate in candidates.dropFirst() where candidate.reduced.value > best.reduced.value { best = candidate }
    let lesser = candidates.map(\.tau).filter { $0 != best.tau }
    for round in 0..<4 {
      likelihood = best.state
      // The first round makes the rules good to 1e-13; later ones only see that they still are at the new maximum.
      let finer = likelihood.refine(tau: best.tau, tolerance: round == 0 ? 1e-13 : 1e-9)
      if round > 0 && !finer { break }
      best = point(tau: best.tau, .fine)
      if best.tau > 0 { best = solve(low: best.tau / 2, high: best.tau * 2, from: best, .fine) }
    }
    return solution(best, valueAtZero: atZero.reduced.value, lesser: lesser)
  }

  /// The profile at τ = 0 and the intervals of the grid in which its slope turns from positive to negative.
  private mutating func scan() throws(MixedModelFailure) -> (Point, [(Point, Point)]) {
    let atZero = point(tau: 0, .fine)
    var (left, best) = (atZero, atZero.reduced.value)
    var brackets: [(Point, Point)] = []
    var falls = 0
    for tau in Self.grid.dropFirst() {
      let right = point(tau: tau, .rough)
      if left.slope > 0 && right.slope <= 0 { brackets.append((left, right)) }
      best = max(best, right.reduced.value)
      left = right
      falls = right.slope < 0 ? falls + 1 : 0
      let drop = best - right.reduced.value
      if (falls > 0 && tau > 0.7 && drop > 12) || (falls > 2 && tau > 3 && drop > 3) { return (atZero, brackets) }
    }
    if left.slope > 0 { throw .variationInfinite }
    return (atZero, brackets)
  }

  private mutating func point(tau: Double, _ precision: Precision) -> Point {
    let reduced = likelihood.maximise(tau: tau, tolerance: precision.decrement)
    return Point(tau: tau, reduced: reduced, state: likelihood)
  }

  /// The root of the slope between `low` and `high`, by Newton's method kept within a shrinking bracket.
  private mutating func solve(low: Double, high: Double, from start: Point, _ precision: Precision) -> Point {
    var (low, high, current) = (low, high, start)
    likelihood = start.state
    for _ in 0..<200 {
      let slope = current.slope
      if slope > 0 { low = current.tau } else { high = current.tau }
      let change = (current.reduced.profileCurvature - slope) / current.tau
      var next = current.tau - slope / change
      if !(change < 0 && next > low && next < high) { next = low > 0 ? (low * high).squareRoot() : high / 4 }
      let isLast = abs(next - current.tau) <= precision.tau * current.tau || high - low <= 1e-13 * high
      current = point(tau: next, precision)
      if isLast { break }
    }
    return current
  }

  private func solution(_ best: Point, valueAtZero: Double, lesser: [Double]) -> MixedModelSolution {
    let r = best.reduced
    let atZero = best.tau == 0
    let score = atZero ? 0 : r.t * r.t / -r.profileCurvature
    let residual = (r.interceptDecrement - r.m * r.m / r.mm + score).squareRoot()
    return MixedModelSolution(
      mu: best.state.mu, tau: best.tau, value: r.value, variance: -1 / (atZero ? r.mm : r.mm - r.mt * r.mt / r.tt),
      tauVariance: atZero ? nil : -1 / r.profileCurvature, valueAtZero: valueAtZero, lesserMaxima: lesser,
      convergence: Convergence(
        method: "profile Newton, adaptive quadrature", iterations: likelihood.evaluations,
        converged: residual < 1e-6, residual: residual))
  }
}
