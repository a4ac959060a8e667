/// The Poisson distribution with mean λ.
///
/// `P(X = k) = λ^k e^−λ / k!`, `P(X ≤ k) = Q(k+1, λ)`. Source: Abramowitz & Stegun (1964), 26.4.21; Loader (2000).
public struct Poisson: Sendable, DiscreteCore {
  /// The mean λ.
  public let mean: Double
  let name = "Poisson"

  /// The distribution; throws unless λ is finite and not negative.
  public init(mean: Double) throws(DistributionError) {
    guard mean >= 0, mean.isFinite else {
      throw .invalidParameter(
        distribution: "Poisson", parameter: "mean", value: mean, requirement: "finite and not negative")
    }
    self.mean = mean
  }

  var support: (first: Double, last: Double) { (0, .infinity) }

  var location: (center: Double, spread: Double) { (mean, mean.squareRoot()) }

  func mass(_ k: Double) -> ScaledProbability {
    if mean == 0 { return k == 0 ? .one : .zero }
    let function = IncompleteGamma(a: k + 1, x: mean)
    return ScaledProbability(exponent: function.exponent, factor: function.factor / mean)
  }

  func tails(_ k: Double) -> TailPair { IncompleteGamma(a: k + 1, x: mean).tails.swapped }
}
