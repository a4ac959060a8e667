import NumericCore
import TestSupport
import Testing

/// The standard normal distribution as a value, for the tests that go through the protocol.
struct NormalValue: ContinuousDistribution {
  func density(_ x: Double) -> Double { Normal.density(x) }
  func logDensity(_ x: Double) -> Double { Normal.logDensity(x) }
  func cdf(_ x: Double) -> Double { Normal.cdf(x) }
  func upperTail(_ x: Double) -> Double { Normal.upperTail(x) }
  func logCDF(_ x: Double) -> Double { Normal.logCDF(x) }
  func logUpperTail(_ x: Double) -> Double { Normal.logUpperTail(x) }
  func quantile(_ p: Double) throws(DistributionError) -> Double { try Normal.quantile(p) }
  func quantile(upperTail q: Double) throws(DistributionError) -> Double { try Normal.quantile(upperTail: q) }
}

private func make(_ name: String, _ a: Double, _ b: Double) throws -> any ContinuousDistribution {
  switch name {
  case "normal": NormalValue()
  case "t": try StudentT(degreesOfFreedom: a)
  case "chiSquared": try ChiSquared(degreesOfFreedom: a)
  case "F": try FisherF(numerator: a, denominator: b)
  case "gamma": try Gamma(shape: a, scale: b)
  case "beta": try Beta(a: a, b: b)
  default: try Logistic(location: a, scale: b)
  }
}

/// Against mpmath at 50 digits (Tests/Reference/distributions.py).
@Suite struct ContinuousDistributionTests {
  static let names = ["normal", "t", "chiSquared", "F", "gamma", "beta", "logistic"]

  @Test(arguments: names) func agreesWithFiftyDigits(_ name: String) throws {
    let table = try FixtureTable("continuous.csv")
    var bulk = WorstCase()
    var logs = WorstCase()
    var quantiles = WorstCase()
    for row in table.rows where row[0] == name {
      let n = table.numbers(row)
      let (a, b, x) = (n["parameter1"] ?? 0, n["parameter2"] ?? 0, n["x"]!)
      let distribution = try make(name, a, b)
      let place = "\(name)(\(a), \(b)) at \(x)"
      if n["density"]! > 1e-300 { bulk.record(distribution.density(x), n["density"]!, "density " + place) }
      if n["cdf"]! > 1e-300 { bulk.record(distribution.cdf(x), n["cdf"]!, "cdf " + place) }
      if n["upper_tail"]! > 1e-300 { bulk.record(distribution.upperTail(x), n["upper_tail"]!, "tail " + place) }
      logs.recordLogTails(of: distribution, at: x, n, place)
      // The inverse of the smaller tail: the rounding of the probability costs at most its condition times 1e-16.
      let (p, q) = (n["cdf"]!, n["upper_tail"]!)
      let condition = abs(min(p, q) / (n["density"]! * x))
      if min(p, q) > 1e-300, condition < 100, min(p, q) < 0.4999 {
        let found = try p < q ? distribution.quantile(p) : distribution.quantile(upperTail: q)
        quantiles.record(found, x, "quantile " + place)
      }
    }
    bulk.expect(atMost: 1e-13, "\(name) density and tails")
    logs.expect(atMost: 1e-13, "\(name) log tails")
    quantiles.expect(atMost: 1e-12, "\(name) quantiles")
  }
}
