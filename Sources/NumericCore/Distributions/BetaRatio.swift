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
    return try p > 0.5 ? solve(1 - p, lower: false) : solve(p, lower: true)
  }

  /// The ratio r with `P(R > r) = q`.
  func quantile(upperTail q: Double) throws(DistributionError) -> Double {
    try DistributionError.check(q, name)
    if q == 0 || q == 1 { return q == 0 ? .infinity : 0 }
    return try q > 0.5 ? solve(1 - q, lower: true) : solve(q, lower: false)
  }

  private func solve(_ probability: Double, lower: Bool) throws(DistributionError) -> Double {
    let solver = QuantileSolver(distribution: name, probability: probability, increasing: lower)
    return try solver.solve(start: startingPoint(probability, lower: lower)) { r in
      let function = function(DoubleDouble(r), DoubleDouble(1))
      let exponent = function.exponent
      // The density of r is x^a y^b / (B r).
      return QuantileSolver.Evaluation(
        function.tails(exponent: exponent), lower: lower, logKernel: exponent.value + log(function.factor),
        kernelSlope: (a - b * r) / (1 + r))
    }
  }

  /// Paulson's approximation, the ratio of two cubed normals (Abramowitz & Stegun 1964, 26.6.15, solved for F);
  /// Boost's inverse where that is poor.
  private func startingPoint(_ probability: Double, lower: Bool) -> Double {
    if a >= 1, b >= 1, probability > 1e-4, let z = try? Normal.quantile(upperTail: probability) {
      let (c, d) = (1 / (9 * a), 1 / (9 * b))
      let leading = (1 - d) * (1 - d) - z * z * d
      let square = (1 - d) * (1 - d) * c + (1 - c) * (1 - c) * d - z * z * c * d
      if leading > 0.1, square > 0 {
        let root = ((1 - d) * (1 - c) + (lower ? -z : z) * square.squareRoot()) / leading
        if root > 0.3 { return root * root * root * a / b }
      }
    }
    var (x, y) = (0.0, 1.0)
    _ =
      lower
      ? evidence_beta_lower_inverse(a, b, probability, &x, &y)
      : evidence_beta_upper_inverse(a, b, probability, &x, &y)
    return x / y
  }
}
