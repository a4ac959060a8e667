import CBoostMath

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The gamma distribution with shape a and scale s, density `x^(a−1) e^(−x/s) / (Γ(a) s^a)` for x ≥ 0.
///
/// `P(X ≤ x) = P(a, x/s)`, the regularised incomplete gamma function. Source: Abramowitz & Stegun (1964), 6.5.1, 26.4.19.
public struct Gamma: Sendable, ContinuousDistribution {
  /// The shape a and the scale s.
  public let shape, scale: Double
  private let name: String

  /// The distribution with the given shape and scale; throws unless both are positive and finite.
  public init(shape: Double, scale: Double = 1) throws(DistributionError) {
    try DistributionError.checkPositive(shape, "shape", "gamma")
    try DistributionError.checkPositive(scale, "scale", "gamma")
    self.init(checkedShape: shape, scale: scale, name: "gamma")
  }

  init(checkedShape shape: Double, scale: Double, name: String) {
    self.shape = shape
    self.scale = scale
    self.name = name
  }

  /// Density at `x`, 0 below 0; at 0 it is ∞, 1/s or 0 as a < 1, a = 1 or a > 1.
  public func density(_ x: Double) -> Double {
    let y = x / scale
    guard y > 0, y.isFinite else { return exp(logDensity(x)) }
    let function = IncompleteGamma(a: shape, x: y)
    return function.exponent.exponential * function.factor / x
  }

  /// Log density at `x`, −∞ below 0.
  public func logDensity(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    let y = x / scale
    if y < 0 || y == .infinity { return -.infinity }
    if y == 0 { return shape == 1 ? -log(scale) : (shape < 1 ? .infinity : -.infinity) }
    let function = IncompleteGamma(a: shape, x: y)
    return function.exponent.value + log(function.factor) - log(x)
  }

  /// `P(X ≤ x)`.
  public func cdf(_ x: Double) -> Double { tails(x).lower }

  /// `P(X > x)`.
  public func upperTail(_ x: Double) -> Double { tails(x).upper }

  /// `log P(X ≤ x)`.
  public func logCDF(_ x: Double) -> Double { tails(x).logLower }

  /// `log P(X > x)`.
  public func logUpperTail(_ x: Double) -> Double { tails(x).logUpper }

  private func tails(_ x: Double) -> TailPair {
    x <= 0 ? .certain(lower: 0) : IncompleteGamma(a: shape, x: x / scale).tails
  }

  /// The x with `P(X ≤ x) = p`; 0 and ∞ at the ends; throws unless 0 ≤ p ≤ 1.
  public func quantile(_ p: Double) throws(DistributionError) -> Double {
    try DistributionError.check(p, name)
    if p == 0 || p == 1 { return p == 0 ? 0 : .infinity }
    return try p > 0.5 ? solve(1 - p, lower: false) : solve(p, lower: true)
  }

  /// The x with `P(X > x) = q`; ∞ and 0 at the ends; throws unless 0 ≤ q ≤ 1.
  public func quantile(upperTail q: Double) throws(DistributionError) -> Double {
    try DistributionError.check(q, name)
    if q == 0 || q == 1 { return q == 0 ? .infinity : 0 }
    return try q > 0.5 ? solve(1 - q, lower: true) : solve(q, lower: false)
  }

  private func solve(_ probability: Double, lower: Bool) throws(DistributionError) -> Double {
    let solver = QuantileSolver(distribution: name, probability: probability, increasing: lower)
    return try scale
      * solver.solve(start: startingPoint(probability, lower: lower)) { y in
        let function = IncompleteGamma(a: shape, x: y)
        let exponent = function.exponent
        return QuantileSolver.Evaluation(
          function.tails(exponent: exponent), lower: lower, logKernel: exponent.value + log(function.factor),
          kernelSlope: shape - y)
      }
  }

  /// Wilson & Hilferty's cube of a normal (Abramowitz & Stegun 1964, 26.4.17); Boost's inverse where that is poor.
  private func startingPoint(_ probability: Double, lower: Bool) -> Double {
    if shape > 0.3, probability > 1e-10, let z = try? Normal.quantile(upperTail: probability) {
      let spread = 1 / (9 * shape)
      let root = 1 - spread + (lower ? -z : z) * spread.squareRoot()
      if root > 0.3 { return shape * root * root * root }
    }
    var start = 0.0
    _ =
      lower
      ? evidence_gamma_p_inverse(shape, probability, &start) : evidence_gamma_q_inverse(shape, probability, &start)
    return start
  }
}
