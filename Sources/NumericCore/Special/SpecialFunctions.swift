import CBoostMath

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Special functions that are no distribution's own. All are pure and safe to call from many threads at once.
public enum SpecialFunctions {
  /// `log |Γ(x)|`; ∞ at 0, NaN at negative integers. Boost.Math, which writes no global sign as `lgamma` does.
  public static func logGamma(_ x: Double) -> Double {
    if x == 0 || x == .infinity { return .infinity }
    return value { evidence_log_gamma(x, $0) }
  }

  /// `ψ(x) = Γ′(x)/Γ(x)`; NaN at 0 and negative integers.
  public static func digamma(_ x: Double) -> Double { value { evidence_digamma(x, $0) } }

  /// `ψ′(x)`; NaN at negative integers.
  public static func trigamma(_ x: Double) -> Double { value { evidence_trigamma(x, $0) } }

  /// `log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a+b)` for a, b > 0, NaN otherwise.
  ///
  /// Formed from Stirling's errors S, so that nothing large cancels:
  /// `a log(a/n) + b log(b/n) + ½ log{2πn/(ab)} + S(a) + S(b) − S(n)`, `n = a+b`.
  public static func logBeta(_ a: Double, _ b: Double) -> Double {
    guard a > 0, b > 0, a.isFinite, b.isFinite else { return .nan }
    let n = a + b
    let powers = -a * log1p(b / a) - b * log1p(a / b)
    let stirling = stirlingError(a) + stirlingError(b) - stirlingError(n)
    return powers + (stirling + 0.5 * (1.8378770664093453 - log(a) - log(b / n)))
  }

  /// `log{n! / (k! (n−k)!)}` for 0 ≤ k ≤ n, whole or not; NaN otherwise.
  public static func logBinomialCoefficient(_ n: Double, _ k: Double) -> Double {
    guard k >= 0, k <= n, n.isFinite else { return .nan }
    let smaller = min(k, n - k)
    if smaller == 0 { return 0 }
    if smaller == 1 { return log(n) }
    return -log1p(n) - logBeta(k + 1, n - k + 1)
  }

  /// `Γ(m/2) / Γ((m−1)/2)` for m > 1, NaN otherwise: the constant of Hedges' correction and of a standard deviation's
  /// bias.
  ///
  /// With `b = (m−1)/2` it is `√b (1 + 1/2b)^b e^−½ exp{S(b+½) − S(b)}`: no difference of large logarithms.
  public static func gammaHalfStepRatio(_ m: Double) -> Double {
    guard m > 1 else { return .nan }
    let b = 0.5 * (m - 1)
    if b > 1e15 { return b.squareRoot() }
    return b.squareRoot() * exp(b * log1p(0.5 / b) - 0.5 + (stirlingError(b + 0.5) - stirlingError(b)))
  }

  /// `log(1 − e^−x)` for x > 0, −∞ at 0, NaN below. Source: Mächler (2012), equation 7.
  public static func log1mexp(_ x: Double) -> Double {
    x <= 0.6931471805599453 ? log(-expm1(-x)) : log1p(-exp(-x))
  }

  /// `log(1 + eˣ)` without overflow. Source: Mächler (2012), equation 10.
  public static func log1pexp(_ x: Double) -> Double { x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)) }

  /// `log Σ exp xᵢ` without overflow; −∞ for an empty array.
  public static func logSumExp(_ values: [Double]) -> Double {
    var largest = -Double.infinity
    for value in values {
      if value.isNaN { return .nan }
      largest = max(largest, value)
    }
    guard largest.isFinite else { return largest }
    var sum = 0.0
    for value in values { sum += exp(value - largest) }
    return largest + log(sum)
  }

  /// `log(eˣ + eʸ)` without overflow.
  public static func logSumExp(_ x: Double, _ y: Double) -> Double {
    let (high, low) = x > y ? (x, y) : (y, x)
    return high.isFinite ? high + log1p(exp(low - high)) : high
  }

  /// The regularised incomplete beta function `I_x(a, b)` and its complement; NaN unless a, b > 0 and 0 ≤ x ≤ 1.
  public static func regularizedBeta(_ a: Double, _ b: Double, _ x: Double) -> (lower: Double, upper: Double) {
    guard a > 0, b > 0, a.isFinite, b.isFinite, x >= 0, x <= 1 else { return (.nan, .nan) }
    let tails = IncompleteBeta(a: a, b: b, u: DoubleDouble(x), v: DoubleDouble(sum: 1, -x)).tails
    return (tails.lower, tails.upper)
  }

  /// The regularised incomplete gamma functions `P(a, x)` and `Q(a, x)`; NaN unless a > 0 and x ≥ 0.
  public static func regularizedGamma(_ a: Double, _ x: Double) -> (lower: Double, upper: Double) {
    guard a > 0, a.isFinite, x >= 0 else { return (.nan, .nan) }
    let tails = IncompleteGamma(a: a, x: x).tails
    return (tails.lower, tails.upper)
  }

  private static func value(_ call: (UnsafeMutablePointer<Double>) -> evidence_status) -> Double {
    var result = Double.nan
    let status = call(&result)
    return status == evidence_ok || status == evidence_range ? result : .nan
  }
}
