import NumericCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Henmi and Copas's interval: inverse-variance weights wᵢ = 1/vᵢ, DL τ², and the law of the pivot.
///
/// With R = √W₁(μ̂ − μ) ~ N(0, V), V = 1 + τ²W₂/W₁ (Wⱼ = Σwᵢʲ), the pivot is R/√(1 + τ̂²W₂/W₁). Given R = r, Q is taken for a
/// gamma variable with its exact conditional mean and variance, and P(|pivot| > t) = 2∫ₜ^∞ P(Q ≤ f(r) | r) dP(r) with
/// f(r) = k − 1 + (W₁/W₂)((r/t)² − 1)(W₁ − W₂/W₁). τ² is replaced by its estimate.
/// Source: Henmi and Copas 2010, section 3 (eqs. 11–13 for the conditional moments).
struct HenmiCopas {
  private let k: Int
  private let tau2: Double
  private let mean: Double
  private let w1, ratio, traceP, tracePP: Double
  /// w'Pw and u'u with u = Pw.
  private let a, b: Double
  private let vi: [Double]

  /// From the studies and the DL τ².
  init(problem: PoolingProblem, tau2: Double) {
    let s = problem.sums(at: 0)
    k = problem.k
    self.tau2 = tau2
    mean = s.mean
    w1 = s.sumW
    ratio = s.sumW2 / s.sumW
    traceP = s.traceP
    tracePP = s.tracePP
    var a = 0.0
    var b = 0.0
    for v in problem.vi {
      let w = 1 / v
      let shifted = w - ratio
      a += w * shifted * shifted
      b += (w * shifted) * (w * shifted)
    }
    self.a = a
    self.b = b
    vi = problem.vi
  }

  private var varianceOfR: Double { 1 + tau2 * ratio }

  /// Weights in per cent: 1/vᵢ.
  var percentWeights: [Double] { vi.map { 100 / ($0 * w1) } }

  /// The estimate, with an interval and no test.
  func estimate(level: Double) throws(FitError) -> Estimate {
    let standardError = (varianceOfR / w1).squareRoot()
    let start = try ReferenceLaw.normal.critical(level: level)
    let root = try BracketedRoot.expanding(from: start, what: "Henmi–Copas quantile") { t throws(FitError) in
      log(1 - level) - log(try tail(beyond: t))
    }
    let half = root * standardError
    return Estimate(
      value: mean, standardError: standardError, statistic: nil, degreesOfFreedom: nil, pValue: nil, logPValue: nil,
      interval: Interval(lower: mean - half, upper: mean + half, level: level))
  }

  /// P(|pivot| > t).
  private func tail(beyond t: Double) throws(FitError) -> Double {
    let sd = varianceOfR.squareRoot()
    let integral = try? GaussKronrod.integrate(from: t, to: t + Self.reach * sd) { r in
      ((try? conditionalProbability(r, t: t)) ?? .nan) * Normal.density(r / sd) / sd
    }
    guard let integral, integral.converged else {
      throw .notEstimable(what: "Henmi–Copas interval", hint: "use hartung-knapp inference")
    }
    return 2 * integral.value
  }

  /// Standard deviations of R beyond which nothing is left to add: the density there is 1e-32 of its top.
  private static let reach = 12.0

  /// P(Q ≤ f(r) | R = r).
  private func conditionalProbability(_ r: Double, t: Double) throws(FitError) -> Double {
    let f = Double(k - 1) + ((r / t) * (r / t) - 1) / ratio * traceP
    let v = varianceOfR
    let t4 = tau2 * tau2
    let expectation = Double(k - 1) + tau2 * traceP + t4 * a / w1 * (r * r / (v * v) - 1 / v)
    let crossed = t4 * (a + tau2 * b)
    let trace =
      Double(k - 1) + 2 * tau2 * traceP + t4 * tracePP - 2 * crossed / (w1 * v)
      + (t4 * a / (w1 * v)) * (t4 * a / (w1 * v))
    let quadratic = r * r * t4 / (w1 * v * v) * (a + tau2 * b - t4 * a * a / (w1 * v))
    let variance = 2 * trace + 4 * quadratic
    do {
      return try Gamma(shape: expectation * expectation / variance, scale: variance / expectation).cdf(f)
    } catch {
      throw .notEstimable(what: "Henmi–Copas interval", hint: "use hartung-knapp inference")
    }
  }
}
