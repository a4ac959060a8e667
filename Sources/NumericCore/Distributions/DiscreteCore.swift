#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A probability or its logarithm from one computation, `factor · exp(exponent)`.
struct ScaledProbability {
  var exponent: DoubleDouble
  var factor: Double

  static let zero = ScaledProbability(exponent: DoubleDouble(-.infinity), factor: 1)
  static let one = ScaledProbability(exponent: DoubleDouble(0), factor: 1)
  static let undefined = ScaledProbability(exponent: DoubleDouble(.nan), factor: .nan)

  var value: Double { factor * exponent.exponential }
  var logarithm: Double { exponent.value + log(factor) }
}

/// What a discrete distribution has to provide; the rest of ``DiscreteDistribution`` follows.
protocol DiscreteCore: DiscreteDistribution {
  var name: String { get }
  /// The smallest and the largest value (may be infinite).
  var support: (first: Double, last: Double) { get }
  /// A value near the middle, and about a standard deviation, from which quantiles are searched.
  var location: (center: Double, spread: Double) { get }
  /// `P(X = k)` for a whole k in the support.
  func mass(_ k: Double) -> ScaledProbability
  /// Both tails at a whole k with `first ≤ k < last`.
  func tails(_ k: Double) -> TailPair
}

extension DiscreteCore {
  private func massAnywhere(_ k: Double) -> ScaledProbability {
    if k.isNaN { return .undefined }
    guard k >= support.first, k <= support.last, k == k.rounded(.down), k.isFinite else { return .zero }
    return mass(k)
  }

  private func tailsAnywhere(_ k: Double) -> TailPair {
    if k.isNaN { return .undefined }
    if k < support.first { return .certain(lower: 0) }
    if k >= support.last || k == .infinity { return .certain(lower: 1) }
    return tails(k.rounded(.down))
  }

  /// `P(X = k)`, 0 unless k is a whole number in the support.
  public func probability(_ k: Double) -> Double { massAnywhere(k).value }

  /// `log P(X = k)`, finite where the probability underflows.
  public func logProbability(_ k: Double) -> Double { massAnywhere(k).logarithm }

  /// `P(X ≤ k)`.
  public func cdf(_ k: Double) -> Double { tailsAnywhere(k).lower }

  /// `P(X > k)`.
  public func upperTail(_ k: Double) -> Double { tailsAnywhere(k).upper }

  /// `log P(X ≤ k)`.
  public func logCDF(_ k: Double) -> Double { tailsAnywhere(k).logLower }

  /// `log P(X > k)`.
  public func logUpperTail(_ k: Double) -> Double { tailsAnywhere(k).logUpper }

  /// The smallest k with `P(X ≤ k) ≥ p`; throws unless 0 ≤ p ≤ 1.
  public func quantile(_ p: Double) throws(DistributionError) -> Double {
    try DistributionError.check(p, name)
    if p == 0 { return support.first }
    if p == 1 { return support.last }
    return try firstValue(p) { cdf($0) >= p }
  }

  /// The smallest k with `P(X > k) ≤ q`; throws unless 0 ≤ q ≤ 1.
  public func quantile(upperTail q: Double) throws(DistributionError) -> Double {
    try DistributionError.check(q, name)
    if q == 0 { return support.last }
    if q == 1 { return support.first }
    return try firstValue(q) { upperTail($0) <= q }
  }

  /// The first k at which a condition that stays true becomes true: steps that double, then bisection.
  private func firstValue(
    _ probability: Double, where holds: (Double) -> Bool
  ) throws(DistributionError) -> Double {
    let start = min(max(location.center.rounded(.down), support.first), support.last)
    var step = max(1, location.spread.rounded(.up))
    // `low` fails and `high` holds at the end; the value before the first always fails.
    var (low, high) = (start, start)
    if holds(start) {
      repeat {
        high = low
        low = max(support.first - 1, low - step)
        step *= 2
      } while low >= support.first && holds(low)
    } else {
      repeat {
        low = high
        high = min(support.last, high + step)
        step *= 2
        guard high < 1e300 else {
          throw .quantileNotFound(distribution: name, probability: probability)
        }
      } while !holds(high)
    }
    while high - low > 1 {
      let middle = (0.5 * (low + high)).rounded(.down)
      // Beyond 2⁵³ neighbours are further apart than 1.
      if middle <= low || middle >= high { break }
      if holds(middle) { high = middle } else { low = middle }
    }
    return high
  }
}

extension DistributionError {
  /// Throws unless `value` is a whole number ≥ 0.
  static func checkCount(_ value: Double, _ parameter: String, _ distribution: String) throws(DistributionError) {
    guard value >= 0, value <= 9_007_199_254_740_992, value == value.rounded(.down) else {
      throw .invalidParameter(
        distribution: distribution, parameter: parameter, value: value,
        requirement: "a whole number from 0 to 2^53")
    }
  }
}
