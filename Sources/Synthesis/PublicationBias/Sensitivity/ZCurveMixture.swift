import NumericCore

/// The mixture of a z-curve: folded normals with fixed means, cut off on both sides, whose weights are estimated.
///
/// fⱼ(z) = (φ(z − μⱼ) + φ(z + μⱼ)) / P(a < |Z| < b | μⱼ). The log-likelihood Σ nᵢ log Σ wⱼ fⱼ(zᵢ) is concave in the weights, so that it has
/// one maximum, and the EM algorithm of the papers goes to it whatever it begins with; here Newton steps do, of
/// −(1/n) Σ nᵢ log Σ wⱼ fⱼ(zᵢ) + Σ wⱼ over w ≥ 0, whose solution sums to 1 (Kim, Carbonetto, Stephens and Anitescu 2020, Journal of
/// Computational and Graphical Statistics 29, 261–273).
struct ZCurveMixture: Sendable {
  /// A number for each part; the eighth is always 0.
  typealias Parts = SIMD8<Double>

  /// Means of the parts.
  static let means = [0.0, 1, 2, 3, 4, 5, 6]
  /// b: beyond it a study counts as one with a power of 1.
  static let upper = 6.0
  private static let maximumIterations = 200
  private static let tolerance = 1e-12

  /// a: the critical value.
  let lower: Double
  /// Probabilities of significance with a positive sign, and with any.
  private let upperPowers, powers: [Double]
  /// P(a < |Z| < b).
  private let shares: [Double]

  /// The mixture beyond a two-sided level.
  init(significance: Double) throws(FitError) {
    let a = try ReferenceLaw.normal.critical(level: 1 - significance)
    lower = a
    upperPowers = Self.means.map { Normal.upperTail(a - $0) }
    powers = Self.means.map { Normal.upperTail(a - $0) + Normal.cdf(-a - $0) }
    shares = zip(Self.means, powers).map { $1 - Normal.upperTail(Self.upper - $0) - Normal.cdf(-Self.upper - $0) }
  }

  /// The densities of the parts at some z.
  func densities(_ z: [Double]) -> [Parts] {
    z.map { z in
      var row = Parts.zero
      for (j, mean) in Self.means.enumerated() {
        row[j] = (Normal.density(z - mean) + Normal.density(z + mean)) / shares[j]
      }
      return row
    }
  }

  /// ERR and EDR at some weights and a share of significant results beyond the mixture.
  func rates(_ weights: [Double], beyond: Double) -> (replication: Double, discovery: Double) {
    let replication = zip(weights, upperPowers).reduce(0) { $0 + $1.0 * $1.1 }
    let attempts = zip(weights, powers).reduce(0) { $0 + $1.0 / $1.1 }
    return ((1 - beyond) * replication + beyond, 1 / ((1 - beyond) * attempts + beyond))
  }

  /// The weights of greatest likelihood, sought from some on; those when every count is 0.
  func fit(_ densities: [Parts], counts: [Double], from start: [Double]) -> (weights: [Double], logLikelihood: Double) {
    let total = counts.reduce(0, +)
    guard total > 0 else { return (start, 0) }
    var place = ZCurvePlace(densities, counts, start)
    for _ in 0..<Self.maximumIterations {
      let (gradient, hessian) = place.derivatives(densities, counts)
      let isStill = zip(gradient, place.weights).allSatisfy { $0 > -Self.tolerance && abs($0 * $1) < Self.tolerance }
      if isStill { break }
      let step = NonnegativeQuadratic(hessian: hessian, gradient: gradient, at: place.weights).step
      let descent = zip(step, gradient).reduce(0) { $0 + $1.0 * $1.1 }
      guard descent < -1e-16, let next = place.moved(by: step, descent, densities, counts) else { break }
      place = next
    }
    let sum = place.weights.reduce(0, +)
    return (place.weights.map { $0 / sum }, total * (sum - place.value - log(sum)))
  }
}

/// Weights, and the function of them that a z-curve makes small.
private struct ZCurvePlace {
  let weights: [Double]
  let value: Double
  private let mixed: [Double]
  private let total: Double

  init(_ densities: [ZCurveMixture.Parts], _ counts: [Double], _ weights: [Double]) {
    var row = ZCurveMixture.Parts.zero
    for (j, weight) in weights.enumerated() { row[j] = weight }
    self.weights = weights
    mixed = densities.map { ($0 * row).sum() }
    total = counts.reduce(0, +)
    var sum = 0.0
    for (count, density) in zip(counts, mixed) where count > 0 { sum += count * log(density) }
    value = weights.reduce(0, +) - sum / total
  }

  func derivatives(_ densities: [ZCurveMixture.Parts], _ counts: [Double]) -> (gradient: [Double], hessian: Matrix) {
    let parts = weights.count
    var gradient = ZCurveMixture.Parts(repeating: 1)
    var rows = [ZCurveMixture.Parts](repeating: .zero, count: parts)
    for i in densities.indices where counts[i] > 0 {
      let ratio = densities[i] / mixed[i]
      let share = counts[i] / total
      gradient -= share * ratio
      for j in 0..<parts { rows[j] += (share * ratio[j]) * ratio }
    }
    var hessian = Matrix(rows: parts, columns: parts)
    for i in 0..<parts {
      for j in 0..<parts { hessian[i, j] = rows[i][j] }
      // Parts that no z tells apart get a unique minimum; the maximum of the likelihood stays where it is.
      hessian[i, i] *= 1 + 1e-13
    }
    return ((0..<parts).map { gradient[$0] }, hessian)
  }

  /// The place after a step, halved until the function falls enough; `nil` when it no longer does.
  func moved(
    by step: [Double], _ descent: Double, _ densities: [ZCurveMixture.Parts], _ counts: [Double]
  ) -> ZCurvePlace? {
    // What rounding may take from the function: near the maximum no step makes it smaller.
    let rounding = 1e-15 * max(1, abs(value))
    var length = 1.0
    while length > 1e-10 {
      let next = ZCurvePlace(densities, counts, zip(weights, step).map { max(0, $0 + length * $1) })
      if next.value <= value + 1e-4 * length * descent + rounding { return next }
      length *= 0.5
    }
    return nil
  }
}

/// ½ dᵀHd + gᵀd over the steps d that keep x ≥ 0, for a positive definite H. Source: Lawson and Hanson (1974), chapter 23.
private struct NonnegativeQuadratic {
  private let hessian: Matrix
  private let start: [Double]
  /// The linear term at x: g − Hx₀.
  private let slope: [Double]

  init(hessian: Matrix, gradient: [Double], at start: [Double]) {
    self.hessian = hessian
    self.start = start
    slope = start.indices.map { i in start.indices.reduce(gradient[i]) { $0 - hessian[i, $1] * start[$1] } }
  }

  /// The step to the minimum, by an active set: parts enter where the gradient is below 0, and leave where they come to 0.
  var step: [Double] {
    var x = start
    var free = Set(x.indices.filter { x[$0] > 0 })
    for _ in 0..<20 * x.count {
      settle(&x, &free)
      let gradient = x.indices.map { i in x.indices.reduce(slope[i]) { $0 + hessian[i, $1] * x[$1] } }
      let entering = x.indices.filter { !free.contains($0) && gradient[$0] < -1e-14 }
      guard let next = entering.min(by: { gradient[$0] < gradient[$1] }) else { break }
      free.insert(next)
    }
    return zip(x, start).map { $0 - $1 }
  }

  /// Goes to the minimum over the free parts; those that come to 0 on the way leave.
  private func settle(_ x: inout [Double], _ free: inout Set<Int>) {
    while !free.isEmpty, let solved = solution(free.sorted()) {
      let leaving = free.filter { solved[$0] <= 0 }
      guard !leaving.isEmpty else {
        x = solved
        return
      }
      let length = leaving.map { x[$0] / (x[$0] - solved[$0]) }.filter(\.isFinite).min() ?? 0
      for i in free { x[i] += length * (solved[i] - x[i]) }
      let gone = leaving.filter { x[$0] <= 1e-15 }
      free.subtract(gone.isEmpty ? leaving : gone)
      for i in x.indices where !free.contains(i) { x[i] = 0 }
    }
  }

  /// The minimum over some parts alone; `nil` where H has no inverse there.
  private func solution(_ parts: [Int]) -> [Double]? {
    var block = Matrix(rows: parts.count, columns: parts.count)
    for (i, a) in parts.enumerated() {
      for (j, b) in parts.enumerated() { block[i, j] = hessian[a, b] }
    }
    guard let factor = try? Cholesky(block) else { return nil }
    var x = [Double](repeating: 0, count: slope.count)
    for (part, value) in zip(parts, factor.solve(parts.map { -slope[$0] })) { x[part] = value }
    return x
  }
}
