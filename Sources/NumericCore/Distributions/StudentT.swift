import CBoostMath

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Student's t distribution with ν degrees of freedom; any ν > 0, not only whole; ν = ∞ is the normal distribution.
///
/// `P(|T| > t) = I_x(ν/2, 1/2)`, `x = ν/(ν+t²)`. Source: Abramowitz & Stegun (1964), 26.5.27, 26.7.1.
public struct StudentT: Sendable, ContinuousDistribution {
  /// The degrees of freedom ν.
  public let degreesOfFreedom: Double
  /// Logarithm of the density at 0, `log Γ((ν+1)/2) − log Γ(ν/2) − ½ log νπ`.
  private let logPeak: Double
  /// The quick way to the tails, for few degrees of freedom that are a whole number.
  private let whole: WholeStudentT?

  /// From here on `1 + t²/ν` rounds too much even in twice the precision; the expansion about the normal has an error
  /// of `t⁸/ν²`, nothing.
  private static let normalFrom = 1e17

  /// The distribution with the given degrees of freedom; throws unless they are above 0 (infinite is allowed).
  public init(degreesOfFreedom: Double) throws(DistributionError) {
    guard degreesOfFreedom > 0 else {
      throw .invalidParameter(
        distribution: "t", parameter: "degrees of freedom", value: degreesOfFreedom, requirement: "positive")
    }
    self.degreesOfFreedom = degreesOfFreedom
    let a = degreesOfFreedom / 2
    // log{Γ(a+½)/(Γ(a)√a)} by Stirling's formula and its errors: no large logarithms to subtract.
    logPeak =
      degreesOfFreedom >= StudentT.normalFrom
      ? -0.9189385332046728
      : a * log1p(0.5 / a) - 0.5 + stirlingError(a + 0.5) - stirlingError(a) - 0.9189385332046728
    whole = WholeStudentT(degreesOfFreedom: degreesOfFreedom, logPeak: logPeak)
  }

  private func isNearlyNormal(_ t: Double) -> Bool {
    degreesOfFreedom >= StudentT.normalFrom && (abs(t) < 1000 || degreesOfFreedom == .infinity)
  }

  /// `(t³ + t)/4ν`: how far the quantile lies beyond the normal one. Source: Abramowitz & Stegun (1964), 26.7.5.
  private func shift(_ t: Double) -> Double {
    degreesOfFreedom == .infinity ? 0 : (t * t + 1) * t / (4 * degreesOfFreedom)
  }

  private func densityShift(_ t: Double) -> Double { degreesOfFreedom == .infinity ? 0 : shift(t) * t }

  /// `−(ν+1)/2 · log(1 + t²/ν)` in twice the precision.
  private func logKernel(_ t: Double) -> DoubleDouble {
    let nu = DoubleDouble(degreesOfFreedom)
    return DoubleDouble.logRatio(nu, nu + DoubleDouble(product: t, t)) * (0.5 * (degreesOfFreedom + 1))
  }

  /// Density at `t`.
  public func density(_ t: Double) -> Double {
    if isNearlyNormal(t) { return Normal.density(t) * (1 + densityShift(t)) }
    if abs(t) > 1e150 { return exp(logDensity(t)) }
    return (logKernel(t) + logPeak).exponential
  }

  /// Log density at `t`.
  public func logDensity(_ t: Double) -> Double {
    if isNearlyNormal(t) { return Normal.logDensity(t) + log1p(densityShift(t)) }
    if t.isInfinite { return -.infinity }
    if abs(t) > 1e150 { return logPeak - (degreesOfFreedom + 1) * (log(abs(t)) - 0.5 * log(degreesOfFreedom)) }
    return (logKernel(t) + logPeak).value
  }

  /// `P(T ≤ t)`.
  public func cdf(_ t: Double) -> Double { upperTail(-t) }

  /// `P(T > t)`.
  public func upperTail(_ t: Double) -> Double {
    if isNearlyNormal(t) { return Normal.upperTail(t) + shift(t) * Normal.density(t) }
    if t.isNaN { return .nan }
    if abs(t) > 1e150 { return t < 0 ? 1 : exp(logUpperTail(t)) }
    let half = 0.5 * (quickOutside(abs(t)) ?? outside(t).lower)
    return t < 0 ? 1 - half : half
  }

  /// P(|T| > t) for t ≥ 0 where there is a quick way.
  private func quickOutside(_ t: Double) -> Double? {
    guard let outside = whole?.outside(t), outside.holds else { return nil }
    return outside.tail
  }

  /// `log P(T ≤ t)`.
  public func logCDF(_ t: Double) -> Double { logUpperTail(-t) }

  /// `log P(T > t)`.
  public func logUpperTail(_ t: Double) -> Double {
    if isNearlyNormal(t) {
      let tail = Normal.logUpperTail(t)
      return degreesOfFreedom == .infinity ? tail : tail + log1p(shift(t) * exp(Normal.logDensity(t) - tail))
    }
    if t < 0 { return log1p(-upperTail(-t)) }
    if t > 1e150 {
      // x^(ν/2)/(ν/2 B(ν/2, ½)) is all there is of I_x.
      return t == .infinity ? -.infinity : logDensity(t) + log(t) - log(degreesOfFreedom)
    }
    return outside(t).logLower - 0.6931471805599453
  }

  /// `P(|T| > |t|)` as `lower`, `P(|T| ≤ |t|)` as `upper`.
  private func outside(_ t: Double) -> TailPair { outsideFunction(t).tails }

  private func outsideFunction(_ t: Double) -> IncompleteBeta {
    IncompleteBeta(
      a: 0.5 * degreesOfFreedom, b: 0.5, u: DoubleDouble(degreesOfFreedom), v: DoubleDouble(product: t, t))
  }

  /// The t with `P(T ≤ t) = p`; ±∞ at 0 and 1; throws unless 0 ≤ p ≤ 1.
  public func quantile(_ p: Double) throws(DistributionError) -> Double { -(try quantile(upperTail: p)) }

  /// The t with `P(T > t) = q`; ±∞ at 0 and 1; throws unless 0 ≤ q ≤ 1.
  public func quantile(upperTail q: Double) throws(DistributionError) -> Double {
    if degreesOfFreedom >= StudentT.normalFrom {
      let z = try Normal.quantile(upperTail: q)
      return z.isInfinite ? z : z + shift(z)
    }
    try DistributionError.check(q, "t")
    if q == 0 || q == 1 { return q == 0 ? .infinity : -.infinity }
    if q > 0.5 { return -(try positiveQuantile(1 - q, inside: 2 * q - 1)) }
    return try positiveQuantile(q, inside: 1 - 2 * q)
  }

  /// The t > 0 with `P(T > t) = q`, where `inside = 1 − 2q = P(|T| ≤ t)`.
  private func positiveQuantile(_ q: Double, inside: Double) throws(DistributionError) -> Double {
    if inside == 0 { return 0 }
    let start = startingPoint(q, inside: inside)
    let isCentral = inside < 0.5
    let solver = QuantileSolver(distribution: "t", probability: isCentral ? inside : q, increasing: isCentral)
    return try solver.solve(start: start) { t in
      if t > 1e150 { return QuantileSolver.Evaluation(logTail: logUpperTail(t), logKernel: logDensity(t) + log(t)) }
      let outside = outsideFunction(t)
      let exponent = outside.exponent
      // x^a y^½ / B is t f(t), and twice that the kernel of |T|.
      let logKernel = exponent.value + log(outside.factor) + (isCentral ? 0.6931471805599453 : 0)
      let y = t * t / (degreesOfFreedom + t * t)
      return QuantileSolver.Evaluation(
        outside.tails(exponent: exponent), lower: !isCentral, scaled: isCentral ? 1 : 0.5, logKernel: logKernel,
        kernelSlope: 1 - y - degreesOfFreedom * y)
    }
  }

  /// A first value: the centre is flat, the tail a power of t, and between lies the normal quantile.
  ///
  /// Source: Abramowitz & Stegun (1964), 26.7.5, first four terms.
  private func startingPoint(_ q: Double, inside: Double) -> Double {
    let nu = degreesOfFreedom
    if inside < 0.1 { return 0.5 * inside / exp(logPeak) }
    let z = (try? Normal.quantile(upperTail: q)) ?? 1
    let z2 = z * z
    if z2 < nu {
      let g1 = (z2 + 1) / 4
      let g2 = ((5 * z2 + 16) * z2 + 3) / 96
      let g3 = (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384
      let g4 = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160
      return z * (1 + (g1 + (g2 + (g3 + g4 / nu) / nu) / nu) / nu)
    }
    // Far out P(T > t) falls as c ν^((ν−1)/2) t^−ν, c the density at 0.
    return exp((logPeak + 0.5 * (nu - 1) * log(nu) - log(q)) / nu)
  }

  /// Two-sided p-value `P(|T| > |t|)`, with full relative accuracy however small.
  public func twoSidedP(_ t: Double) -> Double { 2 * upperTail(abs(t)) }

  /// The same of four t.
  public func twoSidedP(_ t: SIMD4<Double>) -> SIMD4<Double> {
    guard let whole else { return t.map { twoSidedP($0) } }
    let (tail, holds) = whole.outside(t.size)
    return all(holds) ? tail : t.map { twoSidedP($0) }.replacing(with: tail, where: holds)
  }

  /// Logarithm of the two-sided p-value, finite where the p-value underflows.
  public func logTwoSidedP(_ t: Double) -> Double { 0.6931471805599453 + logUpperTail(abs(t)) }
}
