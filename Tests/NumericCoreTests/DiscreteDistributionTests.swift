import NumericCore
import TestSupport
import Testing

/// Against mpmath's plain sums at 80 digits (Tests/Reference/discrete_and_noncentral.py).
@Suite struct DiscreteDistributionTests {
  static let names = ["binomial", "poisson", "negativeBinomial", "hypergeometric"]

  private func make(_ name: String, _ a: Double, _ b: Double, _ c: Double) throws -> any DiscreteDistribution {
    switch name {
    case "binomial": try Binomial(trials: a, probability: b)
    case "poisson": try Poisson(mean: a)
    case "negativeBinomial": try NegativeBinomial(successes: a, probability: b)
    default: try Hypergeometric(marked: a, unmarked: b, draws: c)
    }
  }

  @Test(arguments: names) func agreesWithPlainSums(_ name: String) throws {
    let table = try FixtureTable("discrete.csv")
    var values = WorstCase()
    var logs = WorstCase()
    for row in table.rows where row[0] == name {
      let n = table.numbers(row)
      let distribution = try make(name, n["parameter1"] ?? 0, n["parameter2"] ?? 0, n["parameter3"] ?? 0)
      let k = n["x"]!
      let place = row[0...4].joined(separator: " ")
      values.record(distribution.probability(k), n["density"]!, "probability " + place)
      values.recordTails(of: distribution, at: k, n, place)
      logs.recordLogTails(of: distribution, at: k, n, place)
      if n["cdf"]! < 0.99 { #expect(try distribution.quantile(distribution.cdf(k)) == k, "quantile \(place)") }
      if n["upper_tail"]! < 0.99 {
        #expect(try distribution.quantile(upperTail: distribution.upperTail(k)) == k, "tail quantile \(place)")
      }
      expectClose(distribution.cdf(k) + distribution.upperTail(k), 1, relative: 1e-15, place)
      #expect(distribution.probability(k + 0.5) == 0 && distribution.cdf(k + 0.5) == distribution.cdf(k))
    }
    values.expect(atMost: 1e-13, "\(name) probabilities and tails")
    logs.expect(atMost: 1e-13, "\(name) log tails")
  }

  @Test func edgesOfTheSupport() throws {
    let certain = try Binomial(trials: 5, probability: 1)
    #expect(certain.probability(5) == 1 && certain.cdf(4) == 0 && certain.cdf(5) == 1)
    #expect(try Binomial(trials: 0, probability: 0.5).cdf(0) == 1)
    #expect(try Poisson(mean: 0).probability(0) == 1)
    #expect(try Poisson(mean: 3).cdf(-1) == 0)
    #expect(try Poisson(mean: 3).quantile(1) == .infinity)
    #expect(try Hypergeometric(marked: 3, unmarked: 0, draws: 2).probability(2) == 1)
    #expect(try NegativeBinomial(successes: 2, probability: 1).cdf(0) == 1)
    #expect(try Poisson(mean: 2).cdf(.nan).isNaN)
    #expect(throws: DistributionError.self) { try Binomial(trials: 2.5, probability: 0.5) }
    #expect(throws: DistributionError.self) { try Binomial(trials: 2, probability: .nan) }
    #expect(throws: DistributionError.self) { try Hypergeometric(marked: 3, unmarked: 4, draws: 8) }
    #expect(throws: DistributionError.self) { try Poisson(mean: -1) }
    #expect(throws: DistributionError.self) { try NegativeBinomial(successes: 1, probability: 0) }
  }
}
