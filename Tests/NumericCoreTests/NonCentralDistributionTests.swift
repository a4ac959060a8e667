import NumericCore
import TestSupport
import Testing

/// Against mpmath's mixtures and series (Tests/Reference/discrete_and_noncentral.py).
@Suite struct NonCentralDistributionTests {
  static let names = ["nonCentralChiSquared", "nonCentralF", "nonCentralT"]

  private func make(_ name: String, _ a: Double, _ b: Double, _ c: Double) throws -> any ContinuousDistribution {
    switch name {
    case "nonCentralChiSquared": try NonCentralChiSquared(degreesOfFreedom: a, nonCentrality: b)
    case "nonCentralF": try NonCentralF(numerator: a, denominator: b, nonCentrality: c)
    default: try NonCentralT(degreesOfFreedom: a, nonCentrality: b)
    }
  }

  @Test(arguments: names) func agreesWithSixtyDigits(_ name: String) throws {
    let table = try FixtureTable("noncentral.csv")
    var tails = WorstCase()
    var quantiles = WorstCase()
    for row in table.rows where row[0] == name {
      let n = table.numbers(row)
      let distribution = try make(name, n["parameter1"]!, n["parameter2"]!, n["parameter3"] ?? 0)
      let x = n["x"]!
      let place = row[0...4].joined(separator: " ")
      tails.record(distribution.density(x), n["density"]!, "density " + place)
      tails.recordTails(of: distribution, at: x, n, place)
      tails.recordLogTails(of: distribution, at: x, n, place)
      let (p, q) = (n["cdf"]!, n["upper_tail"]!)
      if abs(min(p, q) / (n["density"]! * x)) < 100 {
        let found = try p < q ? distribution.quantile(p) : distribution.quantile(upperTail: q)
        quantiles.record(found, x, "quantile " + place)
      }
    }
    tails.expect(atMost: 1e-12, "\(name) density and tails")
    quantiles.expect(atMost: 1e-11, "\(name) quantiles")
  }

  @Test func withoutNonCentralityTheyAreCentral() throws {
    let t = try NonCentralT(degreesOfFreedom: 7, nonCentrality: 0)
    let central = try StudentT(degreesOfFreedom: 7)
    for x in [-9.0, -1, 0, 0.3, 4, 50] { expectClose(t.upperTail(x), central.upperTail(x), relative: 1e-13, "t \(x)") }
    expectClose(try t.quantile(0.975), try central.quantile(0.975), relative: 1e-13, "quantile")
    let chi = try NonCentralChiSquared(degreesOfFreedom: 3, nonCentrality: 0)
    expectClose(chi.upperTail(5), try ChiSquared(degreesOfFreedom: 3).upperTail(5), relative: 1e-15, "χ²")
    let f = try NonCentralF(numerator: 3, denominator: 9, nonCentrality: 0)
    expectClose(f.cdf(2), try FisherF(numerator: 3, denominator: 9).cdf(2), relative: 1e-15, "F")
  }

  /// F(1, ν; δ²) is the square of t(ν; δ); χ²(1; μ²) the square of a normal with mean μ.
  @Test func squares() throws {
    let t = try NonCentralT(degreesOfFreedom: 9, nonCentrality: 2.5)
    let f = try NonCentralF(numerator: 1, denominator: 9, nonCentrality: 6.25)
    let chi = try NonCentralChiSquared(degreesOfFreedom: 1, nonCentrality: 6.25)
    for x in [0.4, 1.5, 3, 8] {
      expectClose(f.upperTail(x * x), t.upperTail(x) + t.cdf(-x), relative: 1e-12, "F at \(x)²")
      expectClose(
        chi.upperTail(x * x), Normal.upperTail(x - 2.5) + Normal.cdf(-x - 2.5), relative: 1e-13, "χ² at \(x)²")
    }
  }

  @Test func badParametersAreTypedErrors() {
    #expect(throws: DistributionError.self) { try NonCentralT(degreesOfFreedom: 0, nonCentrality: 1) }
    #expect(throws: DistributionError.self) { try NonCentralT(degreesOfFreedom: 3, nonCentrality: .nan) }
    #expect(throws: DistributionError.self) { try NonCentralChiSquared(degreesOfFreedom: 1, nonCentrality: -1) }
    #expect(throws: DistributionError.self) { try NonCentralF(numerator: 1, denominator: .infinity, nonCentrality: 1) }
  }
}
