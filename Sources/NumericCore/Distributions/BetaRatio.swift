import CBoostMath

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The distribution of `r = x/(1−x)` when x is beta distributed with parameters a, b: the shared core of F and beta.
struct BetaRatio: Sendable {
  let a, b: Double
  let name: String

  func function(_ u: DoubleDouble, _ v: DoubleDouble) -> IncompleteBeta { IncompleteBeta(a: a, b: b, u: u, v: v) }

  /// The ratio r with `P(R ≤ r) = p`.
  func quantile(_ p: Double) throws(DistributionError) -> Double {
    try DistributionError.check(p, name)
    if p == 0 || p == 1 { return p == 0 ? 0 : .infinity }
    if p > 0.5 { return try quantile(upperTail: 1 - p) }
    var x = 0.0
    var y = 1.0
    _ = evidence_beta_lower_inverse(a, b, p, &x, &y)
    return try solve(start: x / y, probability: p, lower: true)
  }

  /// The ratio r with `P(R > r) = q`.
  func quantile(upperTail q: Double) throws(DistributionError) -> Double {
    try DistributionError.check(q, name)
    if q == 0 || q == 1 { return q == 0 ? .infinity : 0 }
    if q > 0.5 { return try quantile(1 - q) }
    var x = 0.0
    var y = 1.0
    _ = evidence_beta_upper_inverse(a, b, q, &x, &y)
    return try solve(start: x / y, probability: q, lower: false)
  }

  private func solve(start: Double, probability: Double, lower: Bool) throws(DistributionError) -> Double {
    let solver = QuantileSolver(distribution: name, probability: probability, increasing: lower)
    return try solver.solve(start: start) { r in
      let function = function(DoubleDouble(r), DoubleDouble(1))
      // The density of r is x^a y^b / (B r).
      let logDensity = function.exponent.value + log(function.factor) - log(r)
      return QuantileSolver.Evaluation(function.tails, lower: lower, logDensity: logDensity)
    }
  }
}
