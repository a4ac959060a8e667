import NumericCore

/// The prediction interval of Nagashima, Noma and Furukawa: a parametric bootstrap on a confidence distribution of τ².
///
/// For each replicate τ²* solves P(Q > q; τ²*) = U with Q's exact law (weights 1/vᵢ) and U uniform; μ* = μ̂(τ²*) − T·se, with T
/// from t with k − 1 df and se² = Σwᵢ*(yᵢ − μ̂)²/((k − 1)Σwᵢ*); θ* = μ* + Z·τ*. The interval is made of percentiles of θ*.
/// The law of τ²* is tabulated once and interpolated. Source: Nagashima, Noma and Furukawa 2019, algorithm 1.
struct BootstrapPrediction {
  let problem: PoolingProblem
  let level: Double
  let replicates: Int
  let seed: UInt64

  /// The interval; `nil` for fewer than two studies.
  func interval() throws(FitError) -> Prediction? {
    guard problem.k > 1 else { return nil }
    guard replicates >= 100 else {
      throw .invalidSpecification("a bootstrap prediction interval needs at least 100 replicates")
    }
    let law = try ConfidenceLawOfTauSquared(problem: problem)
    let t = try ReferenceLaw(degreesOfFreedom: Double(problem.k - 1))
    var values: [Double] = []
    values.reserveCapacity(replicates)
    for replicate in 0..<replicates {
      var generator = Philox(seed: seed, stream: UInt64(replicate))
      let tau2 = law.quantile(generator.uniform())
      let s = problem.sums(at: tau2)
      let se = (s.q / Double(problem.k - 1) / s.sumW).squareRoot()
      let deviate = try t.quantile(generator.uniform())
      values.append(s.mean - deviate * se + generator.normal() * tau2.squareRoot())
    }
    values.sort()
    let alpha = 1 - level
    return Prediction(
      interval: Interval(
        lower: percentile(0.5 * alpha, of: values), upper: percentile(1 - 0.5 * alpha, of: values), level: level),
      degreesOfFreedom: nil, method: "parametric bootstrap (Nagashima), \(replicates) replicates, seed \(seed)")
  }
}

/// The confidence distribution of τ² from the exact law of Q: H(τ²) = P(Q > q; τ²), tabulated and inverted.
struct ConfidenceLawOfTauSquared {
  /// H and τ² at the knots, both increasing.
  private var heights: [Double] = []
  private var values: [Double] = []

  /// The share of H that lies above the last knot, in units of probability.
  private static let edge = 1e-6
  private static let knots = 400

  /// Tabulates H between 0 and where it comes within 1e-6 of 1.
  init(problem: PoolingProblem) throws(FitError) {
    let law = GeneralizedQDistribution(problem: problem, weights: .inverseVariance)
    let top = try law.tauSquared(upperTail: 1 - Self.edge).value
    let scale = 0.01 * problem.typicalVariance(problem.sums(at: 0))
    let span = naturalLogarithm(1 + top / scale)
    for knot in 0...Self.knots {
      let tau2 = scale * (exponential(span * Double(knot) / Double(Self.knots)) - 1)
      heights.append(try law.tails(tau2: tau2).upper)
      values.append(tau2)
    }
  }

  /// The τ² with H = u; 0 below H(0), the last knot above it.
  func quantile(_ u: Double) -> Double {
    guard let last = values.last, let first = heights.first, u > first else { return 0 }
    var low = 0
    var high = heights.count - 1
    guard u < heights[high] else { return last }
    while high - low > 1 {
      let middle = (low + high) / 2
      if heights[middle] <= u { low = middle } else { high = middle }
    }
    let share = (u - heights[low]) / (heights[high] - heights[low])
    return values[low] + share * (values[high] - values[low])
  }
}
