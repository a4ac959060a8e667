/// What every distribution offers: both tails as functions, their logarithms, and both quantiles.
///
/// Tails are never formed as `1 −` the other one where that would cancel. The value of NaN is NaN.
public protocol Distribution: Sendable {
  /// `P(X ≤ x)`.
  func cdf(_ x: Double) -> Double
  /// `P(X > x)`, with full relative accuracy however small.
  func upperTail(_ x: Double) -> Double
  /// `log P(X ≤ x)`, finite where the probability underflows.
  func logCDF(_ x: Double) -> Double
  /// `log P(X > x)`, finite where the probability underflows.
  func logUpperTail(_ x: Double) -> Double
  /// The smallest x with `cdf(x) ≥ p`; throws unless 0 ≤ p ≤ 1.
  func quantile(_ p: Double) throws(DistributionError) -> Double
  /// The smallest x with `upperTail(x) ≤ q`; throws unless 0 ≤ q ≤ 1.
  func quantile(upperTail q: Double) throws(DistributionError) -> Double
}

/// A distribution on the real line: `cdf` and `upperTail` are equal to p and q at their quantiles.
public protocol ContinuousDistribution: Distribution {
  /// Probability density at `x`.
  func density(_ x: Double) -> Double
  /// Natural logarithm of the density, finite where the density underflows.
  func logDensity(_ x: Double) -> Double
}

/// A distribution on the whole numbers.
///
/// Counts are doubles: values that are no whole number have probability 0, and tails are those of the floor. So no
/// number in a table can stop the program.
public protocol DiscreteDistribution: Distribution {
  /// `P(X = k)`, 0 unless k is a whole number in the support.
  func probability(_ k: Double) -> Double
  /// `log P(X = k)`, finite where the probability underflows.
  func logProbability(_ k: Double) -> Double
}
