/// The negative binomial distribution: failures before the r-th success, each trial a success with probability p.
///
/// r need not be whole. `P(X = k) = Γ(k+r)/{k! Γ(r)} p^r (1−p)^k`, `P(X ≤ k) = I_p(r, k+1)`.
/// Source: Abramowitz & Stegun (1964), 26.5.26.
public struct NegativeBinomial: Sendable, DiscreteCore {
  /// The number of successes r, and the probability of success p.
  public let successes, probability: Double
  let name = "negative binomial"

  /// The distribution; throws unless r is positive and finite and 0 < p ≤ 1.
  public init(successes: Double, probability: Double) throws(DistributionError) {
    try DistributionError.checkPositive(successes, "number of successes", "negative binomial")
    guard probability > 0, probability <= 1 else {
      throw .invalidParameter(
        distribution: "negative binomial", parameter: "probability", value: probability,
        requirement: "above 0 and at most 1")
    }
    self.successes = successes
    self.probability = probability
  }

  var support: (first: Double, last: Double) { (0, probability == 1 ? 0 : .infinity) }

  var location: (center: Double, spread: Double) {
    let mean = successes * (1 - probability) / probability
    return (mean, (mean / probability).squareRoot())
  }

  private func function(_ k: Double) -> IncompleteBeta {
    IncompleteBeta(
      a: successes, b: k + 1, u: DoubleDouble(probability), v: DoubleDouble(sum: 1, -probability))
  }

  func mass(_ k: Double) -> ScaledProbability {
    if probability == 1 { return .one }
    let function = function(k)
    return ScaledProbability(
      exponent: function.exponent, factor: function.factor / (successes + k) / (1 - probability))
  }

  func tails(_ k: Double) -> TailPair { function(k).tails }
}
