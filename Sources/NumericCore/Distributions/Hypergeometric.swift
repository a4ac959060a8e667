/// The hypergeometric distribution: marked items among n drawn without return from `marked` and `unmarked` ones.
///
/// `P(X = k) = C(K, k) C(M, n−k) / C(K+M, n)`, formed as a ratio of binomial probabilities with p = n/(K+M); tails are
/// sums from k outward on the side where the terms fall. Source: Loader (2000), section 5; Johnson, Kemp & Kotz (2005),
/// section 6.2.
public struct Hypergeometric: Sendable, DiscreteCore {
  /// Marked items K, unmarked items M, and the number drawn n.
  public let marked, unmarked, draws: Double
  let name = "hypergeometric"

  /// The distribution; throws unless all are whole numbers ≥ 0 and no more are drawn than there are.
  public init(marked: Double, unmarked: Double, draws: Double) throws(DistributionError) {
    try DistributionError.checkCount(marked, "number of marked items", "hypergeometric")
    try DistributionError.checkCount(unmarked, "number of unmarked items", "hypergeometric")
    try DistributionError.checkCount(draws, "number of draws", "hypergeometric")
    guard draws <= marked + unmarked else {
      throw .invalidParameter(
        distribution: "hypergeometric", parameter: "number of draws", value: draws,
        requirement: "at most the number of items, \(marked + unmarked)")
    }
    self.marked = marked
    self.unmarked = unmarked
    self.draws = draws
  }

  var support: (first: Double, last: Double) { (max(0, draws - unmarked), min(marked, draws)) }

  var location: (center: Double, spread: Double) {
    let total = marked + unmarked
    guard total > 0 else { return (0, 1) }
    let mean = draws * marked / total
    return (mean, (mean * unmarked / total * (1 - draws / total)).squareRoot())
  }

  func mass(_ k: Double) -> ScaledProbability {
    let total = marked + unmarked
    if draws == 0 || draws == total || marked == 0 || unmarked == 0 { return .one }
    let first = binomial(k, marked)
    let second = binomial(draws - k, unmarked)
    let third = binomial(draws, total)
    return ScaledProbability(
      exponent: first.exponent + second.exponent - third.exponent,
      factor: first.factor * second.factor / third.factor)
  }

  /// The binomial probability of k among n with odds `draws : total − draws`.
  private func binomial(_ k: Double, _ n: Double) -> ScaledProbability {
    let rest = marked + unmarked - draws
    let function = IncompleteBeta(a: k + 1, b: n - k + 1, u: DoubleDouble(draws), v: DoubleDouble(rest))
    let total = marked + unmarked
    return ScaledProbability(
      exponent: function.exponent, factor: function.factor / (n + 1) / (draws / total) / (rest / total))
  }

  func tails(_ k: Double) -> TailPair {
    let below = k < location.center
    let start = below ? k : k + 1
    let mass = mass(start)
    return TailPair(
      exponent: mass.exponent, factor: mass.factor * sum(from: start, down: below), computedIsLower: below)
  }

  /// `Σ P(X = j) / P(X = start)` over j from `start` to the end of the support, until terms no longer count.
  private func sum(from start: Double, down: Bool) -> Double {
    let (first, last) = support
    var (term, j) = (1.0, start)
    var sum = CompensatedSum(1)
    while term > 1e-18 {
      if down {
        guard j > first else { break }
        term *= j / (marked - j + 1) * ((unmarked - draws + j) / (draws - j + 1))
        j -= 1
      } else {
        guard j < last else { break }
        term *= (marked - j) / (j + 1) * ((draws - j) / (unmarked - draws + j + 1))
        j += 1
      }
      sum.add(term)
    }
    return sum.value
  }
}
