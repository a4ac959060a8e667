/// The binomial distribution: successes in n trials of probability p each.
///
/// `P(X = k) = p^(k+1) (1−p)^(n−k+1) / {B(k+1, n−k+1) (n+1) p (1−p)}`, `P(X > k) = I_p(k+1, n−k)`.
/// Sources: Abramowitz & Stegun (1964), 26.5.24; Loader (2000).
public struct Binomial: Sendable, DiscreteCore {
  /// The number of trials n, and the probability of success p.
  public let trials, probability: Double
  let name = "binomial"

  /// The distribution; throws unless n is a whole number ≥ 0 and 0 ≤ p ≤ 1.
  public init(trials: Double, probability: Double) throws(DistributionError) {
    try DistributionError.checkCount(trials, "number of trials", "binomial")
    guard probability >= 0, probability <= 1 else {
      throw .invalidParameter(
        distribution: "binomial", parameter: "probability", value: probability, requirement: "between 0 and 1")
    }
    self.trials = trials
    self.probability = probability
  }

  var support: (first: Double, last: Double) { (0, trials) }

  var location: (center: Double, spread: Double) {
    let mean = trials * probability
    return (mean, (mean * (1 - probability)).squareRoot())
  }

  private func function(a: Double, b: Double) -> IncompleteBeta {
    IncompleteBeta(a: a, b: b, u: DoubleDouble(probability), v: DoubleDouble(sum: 1, -probability))
  }

  func mass(_ k: Double) -> ScaledProbability {
    if probability == 0 { return k == 0 ? .one : .zero }
    if probability == 1 { return k == trials ? .one : .zero }
    let function = function(a: k + 1, b: trials - k + 1)
    return ScaledProbability(
      exponent: function.exponent, factor: function.factor / (trials + 1) / probability / (1 - probability))
  }

  func tails(_ k: Double) -> TailPair {
    function(a: k + 1, b: trials - k).tails.swapped
  }
}
