import NumericCore
import TestSupport
import Testing

@testable import EffectSizes

/// How often intervals hold the true difference: exact sums over all tables at risks drawn from a seed.
@Suite struct AbsoluteCoverageTests {
  /// Mean and smallest coverage of a method over pairs of risks.
  private func coverage(
    _ method: RiskDifferenceMethod, _ n1: Int, _ n2: Int, pairs: Int, seed: UInt64
  ) throws -> (mean: Double, smallest: Double) {
    var limits = [[ConfidenceLimits]]()
    for x in 0...n1 {
      limits.append(
        try (0...n2).map { y in
          let table = try TwoArmCounts(
            events1: Double(x), total1: Double(n1), events2: Double(y), total2: Double(n2))
          return try method.interval(table, level: 0.95).limits
        })
    }
    var random = Philox(seed: seed)
    var sum = 0.0
    var smallest = 1.0
    for _ in 0..<pairs {
      let (p1, p2) = (random.uniform(), random.uniform())
      let first = try Binomial(trials: Double(n1), probability: p1)
      let second = try Binomial(trials: Double(n2), probability: p2)
      let masses = (0...n2).map { second.probability(Double($0)) }
      var here = 0.0
      for x in 0...n1 {
        let mass = first.probability(Double(x))
        for y in 0...n2 where limits[x][y].lower <= p1 - p2 + 1e-12 && p1 - p2 - 1e-12 <= limits[x][y].upper {
          here += mass * masses[y]
        }
      }
      sum += here
      smallest = min(smallest, here)
    }
    return (sum / Double(pairs), smallest)
  }

  /// Newcombe (1998), Stat Med 17:873, table III, over sizes 5 to 50: mean coverage 0.9602 (hybrid score), 0.9584
  /// (Miettinen–Nurminen), 0.8807 (Wald).
  @Test(arguments: [(10, 10), (25, 12), (40, 40)])
  func scoreIntervalsHoldTheirLevel(_ sizes: (n1: Int, n2: Int)) throws {
    let newcombe = try coverage(.newcombe, sizes.n1, sizes.n2, pairs: 300, seed: 7)
    let score = try coverage(.miettinenNurminen, sizes.n1, sizes.n2, pairs: 300, seed: 7)
    let wald = try coverage(.wald, sizes.n1, sizes.n2, pairs: 300, seed: 7)
    #expect((0.945...0.975).contains(newcombe.mean), "\(newcombe)")
    #expect((0.945...0.970).contains(score.mean), "\(score)")
    #expect(wald.mean < newcombe.mean && wald.mean < score.mean, "\(wald)")
    #expect(newcombe.smallest > 0.85 && score.smallest > 0.85, "\(newcombe) \(score)")
  }

  @Test func exactIntervalNeverFallsShort() throws {
    let exact = try coverage(.exactUnconditional, 5, 4, pairs: 200, seed: 11)
    #expect(exact.smallest >= 0.95 - 1e-9, "\(exact)")
  }
}
