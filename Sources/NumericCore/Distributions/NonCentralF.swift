#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The non-central F distribution with ν₁ and ν₂ degrees of freedom and non-centrality λ (of the numerator).
///
/// `P(F ≤ f) = Σ Pois(j; λ/2) I_x(ν₁/2 + j, ν₂/2)`, `x = ν₁f/(ν₁f+ν₂)`.
/// Source: Johnson, Kotz & Balakrishnan (1995), equation 30.10.
public struct NonCentralF: Sendable, ContinuousDistribution {
  /// The degrees of freedom ν₁, ν₂ and the non-centrality λ.
  public let numerator, denominator, nonCentrality: Double
  private let central: FisherF

  /// The distribution; throws unless ν₁, ν₂ are positive and finite, λ finite and not negative.
  public init(numerator: Double, denominator: Double, nonCentrality: Double) throws(DistributionError) {
    central = try FisherF(numerator: numerator, denominator: denominator)
    try DistributionError.checkPositive(denominator, "denominator degrees of freedom", "non-central F")
    try DistributionError.checkNonCentrality(nonCentrality, "non-central F")
    self.numerator = numerator
    self.denominator = denominator
    self.nonCentrality = nonCentrality
  }

  /// The beta distributions with parameters a + j and b, at x = u/(u+v).
  private struct Family: MixtureFamily {
    let a, b, f: Double
    let u, v: DoubleDouble

    private func function(_ j: Double) -> IncompleteBeta {
      IncompleteBeta(a: a + j, b: b, u: u, v: v)
    }

    private var x: Double { u.high / (u.high + v.high) }

    func tails(_ j: Double) -> TailPair { function(j).tails }

    /// `x^(a+j) (1−x)^b / {(a+j) B(a+j, b)}`.
    func logStep(_ j: Double) -> Double {
      let function = function(j)
      return function.exponent.value + log(function.factor / (a + j))
    }

    func stepRatio(_ j: Double) -> Double { x * (a + j + b) / (a + j + 1) }

    func logDensity(_ j: Double) -> Double {
      let function = function(j)
      return function.exponent.value + log(function.factor / f)
    }

    func densityRatio(_ j: Double) -> Double { x * (a + j + b) / (a + j) }
  }

  private func mixture(_ f: Double) -> PoissonMixture<Family> {
    PoissonMixture(
      rate: 0.5 * nonCentrality,
      family: Family(
        a: 0.5 * numerator, b: 0.5 * denominator, f: f, u: DoubleDouble(f),
        v: DoubleDouble(denominator) / DoubleDouble(numerator)))
  }

  /// Density at `f`, 0 below 0.
  public func density(_ f: Double) -> Double { exp(logDensity(f)) }

  /// Log density at `f`, −∞ below 0.
  public func logDensity(_ f: Double) -> Double {
    if nonCentrality == 0 { return central.logDensity(f) }
    if f == 0 { return central.logDensity(0) - 0.5 * nonCentrality }
    guard f > 0, f < .infinity else { return f.isNaN ? .nan : -.infinity }
    return mixture(f).logDensity()
  }

  private func tails(_ f: Double) -> TailPair {
    f < 1 + nonCentrality / numerator ? mixture(f).lower() : mixture(f).upper()
  }

  private func isPlain(_ f: Double) -> Bool { nonCentrality == 0 || !(f > 0) || f == .infinity }

  /// `P(F ≤ f)`.
  public func cdf(_ f: Double) -> Double { isPlain(f) ? central.cdf(f) : tails(f).lower }

  /// `P(F > f)`.
  public func upperTail(_ f: Double) -> Double { isPlain(f) ? central.upperTail(f) : tails(f).upper }

  /// `log P(F ≤ f)`.
  public func logCDF(_ f: Double) -> Double { isPlain(f) ? central.logCDF(f) : tails(f).logLower }

  /// `log P(F > f)`.
  public func logUpperTail(_ f: Double) -> Double { isPlain(f) ? central.logUpperTail(f) : tails(f).logUpper }

  /// The f with `P(F ≤ f) = p`; 0 and ∞ at the ends; throws unless 0 ≤ p ≤ 1.
  public func quantile(_ p: Double) throws(DistributionError) -> Double {
    try DistributionError.check(p, "non-central F")
    if p == 0 || p == 1 { return p == 0 ? 0 : .infinity }
    if p > 0.5 { return try quantile(upperTail: 1 - p) }
    return try solve(p, lower: true)
  }

  /// The f with `P(F > f) = q`; ∞ and 0 at the ends; throws unless 0 ≤ q ≤ 1.
  public func quantile(upperTail q: Double) throws(DistributionError) -> Double {
    try DistributionError.check(q, "non-central F")
    if q == 0 || q == 1 { return q == 0 ? .infinity : 0 }
    if q > 0.5 { return try quantile(1 - q) }
    return try solve(q, lower: false)
  }

  /// From Patnaik's approximation: a scaled central F.
  private func solve(_ probability: Double, lower: Bool) throws(DistributionError) -> Double {
    let mean = numerator + nonCentrality
    let scale = mean / numerator
    let like = try FisherF(numerator: mean * mean / (mean + nonCentrality), denominator: denominator)
    let start = try scale * (lower ? like.quantile(probability) : like.quantile(upperTail: probability))
    let solver = QuantileSolver(distribution: "non-central F", probability: probability, increasing: lower)
    return try solver.solve(start: start) { f in
      QuantileSolver.Evaluation(tails(f), lower: lower, logKernel: logDensity(f) + log(f))
    }
  }
}
