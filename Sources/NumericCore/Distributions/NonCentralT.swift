#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The non-central t distribution, `(Z + δ) / √(V/ν)` with Z normal and V chi-squared with ν degrees of freedom.
///
/// The usual series cancels where t and δ differ in sign. Here both tails are integrals of positive functions over
/// `s = √(V/ν) = e^u`, `P(T > t) = ∫ g(u) Q(t e^u − δ) du` with `g(u) = c exp{ν(u − (e^2u − 1)/2)}`, by the trapezoidal
/// rule on the whole line, which converges faster than any power there; the step is halved until two sums agree.
/// Sources: Johnson, Kotz & Balakrishnan (1995), section 31.5; Trefethen & Weideman (2014).
public struct NonCentralT: Sendable, ContinuousDistribution {
  /// The degrees of freedom ν and the non-centrality δ.
  public let degreesOfFreedom, nonCentrality: Double
  /// `log c = ½ log(ν/π) − S(ν/2)`.
  private let logConstant: Double

  /// The distribution; throws unless ν is positive and finite and δ finite.
  public init(degreesOfFreedom: Double, nonCentrality: Double) throws(DistributionError) {
    try DistributionError.checkPositive(degreesOfFreedom, "degrees of freedom", "non-central t")
    guard nonCentrality.isFinite else {
      throw .invalidParameter(
        distribution: "non-central t", parameter: "non-centrality", value: nonCentrality, requirement: "finite")
    }
    self.degreesOfFreedom = degreesOfFreedom
    self.nonCentrality = nonCentrality
    logConstant = 0.5 * log(degreesOfFreedom / Double.pi) - stirlingError(0.5 * degreesOfFreedom)
  }

  /// `log g(u)`.
  private func logScaleDensity(_ u: Double) -> Double {
    // e^2u − 1 − 2u, without cancellation near 0.
    let excess = abs(u) < 0.05 ? NonCentralT.excess(2 * u) : expm1(2 * u) - 2 * u
    return logConstant - 0.5 * degreesOfFreedom * excess
  }

  /// `eˣ − 1 − x` for |x| ≤ 0.1 by its series, to x¹⁰.
  private static func excess(_ x: Double) -> Double {
    let high = 1.0 / 720 + x * (1.0 / 5040 + x * (1.0 / 40320 + x * (1.0 / 362_880 + x * (1.0 / 3_628_800))))
    return x * x * (0.5 + x * (1.0 / 6 + x * (1.0 / 24 + x * (1.0 / 120 + x * high))))
  }

  /// Density at `t`.
  public func density(_ t: Double) -> Double { exp(logDensity(t)) }

  /// Log density at `t`.
  public func logDensity(_ t: Double) -> Double {
    if t.isInfinite { return -.infinity }
    return LogIntegral { u in logScaleDensity(u) + u + Normal.logDensity(t * exp(u) - nonCentrality) }.value
  }

  /// `P(T ≤ t)`.
  public func cdf(_ t: Double) -> Double { exp(logCDF(t)) }

  /// `P(T > t)`.
  public func upperTail(_ t: Double) -> Double { exp(logUpperTail(t)) }

  /// `log P(T ≤ t)`.
  public func logCDF(_ t: Double) -> Double { logTail(t, sign: -1) }

  /// `log P(T > t)`.
  public func logUpperTail(_ t: Double) -> Double { logTail(t, sign: 1) }

  /// The upper tail for sign 1, the lower for −1; the large one by complement.
  private func logTail(_ t: Double, sign: Double) -> Double {
    if t.isNaN { return .nan }
    if t.isInfinite { return t == sign * .infinity ? -.infinity : 0 }
    if t == 0 { return Normal.logUpperTail(-sign * nonCentrality) }
    let isLarge = sign * (t - nonCentrality) < 0
    let direct = isLarge ? -sign : sign
    let log = LogIntegral { u in
      logScaleDensity(u) + Normal.logUpperTail(direct * (t * exp(u) - nonCentrality))
    }.value
    return isLarge ? SpecialFunctions.log1mexp(max(0, -log)) : min(log, 0)
  }

  /// The t with `P(T ≤ t) = p`; ±∞ at 0 and 1; throws unless 0 ≤ p ≤ 1.
  public func quantile(_ p: Double) throws(DistributionError) -> Double {
    try DistributionError.check(p, "non-central t")
    return try NonCentralT(degreesOfFreedom: degreesOfFreedom, nonCentrality: -nonCentrality).mirrored(upperTail: p)
  }

  /// The t with `P(T > t) = q`; ±∞ at 0 and 1; throws unless 0 ≤ q ≤ 1.
  public func quantile(upperTail q: Double) throws(DistributionError) -> Double {
    try DistributionError.check(q, "non-central t")
    return try -mirrored(upperTail: q)
  }

  /// Minus the t with `P(T > t) = q`.
  private func mirrored(upperTail q: Double) throws(DistributionError) -> Double {
    if q == 0 || q == 1 { return q == 0 ? -.infinity : .infinity }
    let above = Normal.upperTail(-nonCentrality)
    if q == above { return 0 }
    if q < above { return try -positiveQuantile(q, lower: false) }
    // Below zero: the mirrored distribution's lower tail at −t is this one's upper tail at t.
    let mirror = try NonCentralT(degreesOfFreedom: degreesOfFreedom, nonCentrality: -nonCentrality)
    return try q > 0.5 ? mirror.positiveQuantile(1 - q, lower: false) : mirror.positiveQuantile(q, lower: true)
  }

  /// The t > 0 with `P(T > t) = probability`, or with `P(T ≤ t) = probability`.
  private func positiveQuantile(_ probability: Double, lower: Bool) throws(DistributionError) -> Double {
    let z = try lower ? Normal.quantile(probability) : Normal.quantile(upperTail: probability)
    let start = max(nonCentrality + z, 0.1)
    let solver = QuantileSolver(distribution: "non-central t", probability: probability, increasing: lower)
    return try solver.solve(start: start) { t in
      QuantileSolver.Evaluation(logTail: lower ? logCDF(t) : logUpperTail(t), logKernel: logDensity(t) + log(t))
    }
  }
}
