#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Tails of Student's t for a small whole number of degrees of freedom ν, by sums of positive terms.
///
/// With x = ν/(ν + t²) and y = √(1 − x) the probability outside ±t is, up to t = 1, one less a finite sum (Abramowitz &
/// Stegun 1964, 26.7.3 and 26.7.4), and farther out
///
///     xᵃ/{a B(a, ½)} Σₙ (2a)ₙ/(a+1)ₙ wⁿ,   a = ν/2,   w = (1 − y)/2,
///
/// the hypergeometric series of I_x(a, ½) after the quadratic transformation 15.3.23 of the same book. Nothing cancels: the relative
/// error is that of a few roundings, and no logarithm is taken.
struct WholeStudentT: Sendable {
  private let degreesOfFreedom: Double
  private let isOdd: Bool
  /// 1/{a B(a, ½)}.
  private let factor: Double

  /// The tails for ν, with the logarithm of the density at 0; `nil` unless ν is whole and small.
  init?(degreesOfFreedom: Double, logPeak: Double) {
    guard isFewWhole(degreesOfFreedom) else { return nil }
    self.degreesOfFreedom = degreesOfFreedom
    isOdd = degreesOfFreedom.truncatingRemainder(dividingBy: 2) == 1
    factor = 2 * exp(logPeak) / degreesOfFreedom.squareRoot()
  }

  /// P(|T| > t) for t ≥ 0, and where that is so: not for t beyond 1e150 nor where the sum is too small to keep its digits.
  @inline(__always)
  func outside<V: Lanes>(_ t: V) -> (tail: V, holds: V.Mask) {
    let isNear = t * t .<= V(repeating: 1)
    let tail = (.!isNear).isAnywhere ? far(t) : t
    let holds = isNear .| ((V(repeating: 1e-280) .< tail) .& (t .<= V(repeating: 1e150)))
    return (isNear.isAnywhere ? tail.replacing(with: V(repeating: 1) - inside(t), where: isNear) : tail, holds)
  }

  /// P(|T| ≤ t): Σ over cosines cos²θ = x, with θ = atan(t/√ν).
  private func inside<V: Lanes>(_ t: V) -> V {
    let nu = V(repeating: degreesOfFreedom)
    let all = nu + t * t
    let x = nu / all
    let y = t / all.squareRoot()
    var term = V(repeating: 1)
    var sum = term
    // Even ν: coefficients 1, 1/2, 1·3/2·4, …; odd ν: 1, 2/3, 2·4/3·5, …
    var j = isOdd ? 3.0 : 2.0
    while j <= degreesOfFreedom - 2 {
      term = term * ((j - 1) / j * x)
      sum = sum + term
      j += 2
    }
    if !isOdd { return y * sum }
    let angle = (t / nu.squareRoot()).map { atan($0) }
    return 0.6366197723675814 * (degreesOfFreedom == 1 ? angle : angle + y * x.squareRoot() * sum)
  }

  private func far<V: Lanes>(_ t: V) -> V {
    let one = V(repeating: 1)
    let nu = V(repeating: degreesOfFreedom)
    let square = t * t
    let all = nu + square
    let x = nu / all
    // What rounding took from ν + t² and from the quotient: x is raised to a power.
    let added = (square - (all - nu)).replacing(with: nu - (all - square), where: nu .< square)
    let rest = added + V.lost(by: square, t, t)
    let lost = ((nu - x * all) - V.lost(by: x * all, x, all)) / nu - rest / all
    let w = 0.5 * x / (one + t / all.squareRoot())
    return factor * halfPower(x) * (one + 0.5 * nu * lost) * series(w)
  }

  /// x^(ν/2).
  private func halfPower<V: Lanes>(_ x: V) -> V {
    var power = isOdd ? x.squareRoot() : V(repeating: 1)
    var base = x
    var count = Int(degreesOfFreedom) / 2
    while count > 0 {
      if count & 1 == 1 { power = power * base }
      base = base * base
      count >>= 1
    }
    return power
  }

  /// Σₙ (ν)ₙ/(ν/2+1)ₙ wⁿ, four terms at a time.
  private func series<V: Lanes>(_ w: V) -> V {
    var (above, below) = (degreesOfFreedom, 0.5 * degreesOfFreedom + 1)
    var term = V(repeating: 1)
    var sum = term
    // Ratios fall to w < 0.4 in the end, so that what is left is less than the last term; terms that small add nothing.
    repeat {
      for _ in 0..<4 {
        term = term * (above / below * w)
        sum = sum + term
        above += 1
        below += 1
      }
    } while (1e-17 * sum .< term).isAnywhere
    return sum
  }
}

/// The upper tail of χ² for a small whole number of degrees of freedom ν, by finite sums of positive terms.
///
/// With h = x/2: e^−h Σ hʲ/j! over j < ν/2 for even ν; erfc √h + e^−h Σ h^(j−½)/Γ(j+½) over 1 ≤ j ≤ (ν−1)/2 for odd ν.
/// Source: Abramowitz & Stegun (1964), 26.4.4 and 26.4.5.
struct WholeChiSquared: Sendable {
  private let half: Double
  private let isOdd: Bool

  /// The tail for ν; `nil` unless ν is whole and small.
  init?(degreesOfFreedom: Double) {
    guard isFewWhole(degreesOfFreedom) else { return nil }
    half = 0.5 * degreesOfFreedom
    isOdd = half.rounded() != half
  }

  /// P(X > x) for x of 0 to `farthest`.
  @inline(__always)
  func upperTail<V: Lanes>(_ x: V) -> V {
    let h = 0.5 * x
    let scaled: V
    if isOdd {
      let root = x.squareRoot()
      // √(2/π) is 1/(√2 Γ(3/2)).
      let rest = half > 1 ? 0.7978845608028654 * root * sum(h, from: 1.5) : .zero
      scaled = scaledTail(root) + rest
    } else {
      scaled = sum(h, from: 1)
    }
    return .smaller(decay(h, rest: .zero) * scaled, V(repeating: 1))
  }

  /// Where the exponential comes near underflow.
  static let farthest = 1200.0

  /// 1 + h/c + h²/c(c+1) + …, the divisors ending below ν/2.
  @inline(__always)
  private func sum<V: Lanes>(_ h: V, from c: Double) -> V {
    var term = V(repeating: 1)
    var sum = term
    var j = c
    while j < half {
      term = term * (h / V(repeating: j))
      sum = sum + term
      j += 1
    }
    return sum
  }
}

/// Whether degrees of freedom are a whole number for which the sums are short.
private func isFewWhole(_ degreesOfFreedom: Double) -> Bool {
  degreesOfFreedom >= 1 && degreesOfFreedom <= 64 && degreesOfFreedom.rounded() == degreesOfFreedom
}
