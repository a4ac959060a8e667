import Foundation
import NumericCore
import TestSupport
import Testing

/// What must hold for any continuous distribution, whatever its parameters.
@Suite struct DistributionPropertyTests {
  static let distributions: [(name: String, value: any ContinuousDistribution)] = {
    var all: [(String, any ContinuousDistribution)] = [("normal", NormalValue())]
    for nu in [0.3, 1, 2.5, 30, 1e4, 1e9, 1e17, 1e30, .infinity] {
      if let t = try? StudentT(degreesOfFreedom: nu) { all.append(("t(\(nu))", t)) }
    }
    for nu in [0.05, 1, 2, 7.7, 250, 1e7] {
      if let chi = try? ChiSquared(degreesOfFreedom: nu) { all.append(("χ²(\(nu))", chi)) }
    }
    for (a, b) in [(1, 0.7), (4, 3), (0.2, 1000), (50, 1e6), (3, 1e20), (12, .infinity), (1e5, 1e5)] {
      if let f = try? FisherF(numerator: a, denominator: b) { all.append(("F(\(a), \(b))", f)) }
    }
    for (a, b) in [(0.02, 0.3), (1, 1), (5, 0.5), (300, 2), (1e5, 1e6)] {
      if let beta = try? Beta(a: a, b: b) { all.append(("beta(\(a), \(b))", beta)) }
    }
    for (a, s) in [(0.01, 3), (1, 1), (9.5, 1e-8), (1e8, 2)] {
      if let gamma = try? Gamma(shape: a, scale: s) { all.append(("gamma(\(a), \(s))", gamma)) }
    }
    if let logistic = try? Logistic(location: -3, scale: 0.2) { all.append(("logistic", logistic)) }
    for (nu, delta) in [(2, -3), (20, 1.5), (1e4, 7)] {
      if let t = try? NonCentralT(degreesOfFreedom: nu, nonCentrality: delta) { all.append(("t(\(nu); \(delta))", t)) }
    }
    for (nu, lambda) in [(1.5, 0.01), (4, 25), (30, 900)] {
      if let chi = try? NonCentralChiSquared(degreesOfFreedom: nu, nonCentrality: lambda) {
        all.append(("χ²(\(nu); \(lambda))", chi))
      }
      if let f = try? NonCentralF(numerator: nu, denominator: 9, nonCentrality: lambda) {
        all.append(("F(\(nu), 9; \(lambda))", f))
      }
    }
    return all
  }()

  @Test(arguments: distributions.indices) func tailsAndQuantilesBelongTogether(_ index: Int) throws {
    let (name, distribution) = Self.distributions[index]
    var last = -Double.infinity
    for p in [1e-250, 1e-30, 1e-6, 0.01, 0.2, 0.45, 0.5, 0.55, 0.9, 0.999] {
      let x = try distribution.quantile(p)
      #expect(x >= last, "\(name): quantiles rise")
      last = x
      let (lower, upper) = (distribution.cdf(x), distribution.upperTail(x))
      #expect(abs(lower + upper - 1) < 4e-16, "\(name): tails add to 1 at \(x)")
      // A quantile beyond the range of doubles is 0 or infinite.
      guard x.isFinite, abs(x) > 1e-300 else { continue }
      // x is rounded: the tail may be off by its condition times the rounding unit.
      let slack = 1e-12 + 8 * 2.3e-16 * abs(x) * distribution.density(x) / min(p, 1 - p)
      expectClose(lower, p, relative: slack, "\(name): cdf of the \(p) quantile")
      expectClose(distribution.logCDF(x), log(lower), relative: 1e-12, absolute: 1e-15, "\(name): log cdf")
      expectClose(distribution.logUpperTail(x), log1p(-lower), relative: 1e-9, absolute: 1e-15, "\(name): log tail")
      let y = try distribution.quantile(upperTail: p)
      guard y.isFinite, abs(y) > 1e-300, y != 1 else { continue }
      let slackAbove = 1e-12 + 8 * 2.3e-16 * abs(y) * distribution.density(y) / min(p, 1 - p)
      expectClose(distribution.upperTail(y), p, relative: slackAbove, "\(name): tail of the upper \(p) quantile")
    }
  }

  @Test(arguments: distributions.indices) func densityIsTheSlope(_ index: Int) throws {
    let (name, distribution) = Self.distributions[index]
    for p in [0.1, 0.4, 0.8] {
      let x = try distribution.quantile(p)
      guard abs(x) > 1e-12 else { continue }
      let spread = try abs(distribution.quantile(p + 0.05) - distribution.quantile(p - 0.05))
      let slope = NumericalDerivative.derivative(at: x, step: 0.2 * min(spread, abs(x))) { distribution.cdf($0) }
      expectClose(distribution.density(x), slope.value, relative: 2e-7, "\(name): density at \(x)")
      expectClose(distribution.logDensity(x), log(distribution.density(x)), relative: 1e-12, absolute: 1e-12, name)
    }
  }

  @Test(arguments: distributions.indices) func extremesAreNoTrap(_ index: Int) throws {
    let (name, distribution) = Self.distributions[index]
    #expect(distribution.cdf(.infinity) == 1 && distribution.upperTail(.infinity) == 0, "\(name)")
    #expect(distribution.cdf(-.infinity) == 0 && distribution.upperTail(-.infinity) == 1, "\(name)")
    #expect(distribution.cdf(.nan).isNaN && distribution.upperTail(.nan).isNaN, "\(name)")
    #expect(distribution.density(.nan).isNaN && distribution.logUpperTail(.nan).isNaN, "\(name)")
    #expect(distribution.density(.infinity) == 0 && distribution.density(-.infinity) == 0, "\(name)")
    for x in [-1e308, -1e200, -1, -1e-320, 0, 1e-320, 1e-200, 1, 1e20, 1e200, 1e308] {
      let (lower, upper) = (distribution.cdf(x), distribution.upperTail(x))
      #expect(abs(lower + upper - 1) < 4e-16, "\(name) at \(x): \(lower), \(upper)")
      #expect(!distribution.density(x).isNaN && !distribution.logCDF(x).isNaN, "\(name) at \(x)")
    }
    for p in [-0.1, 1.1, .nan] {
      #expect(throws: DistributionError.self) { try distribution.quantile(p) }
      #expect(throws: DistributionError.self) { try distribution.quantile(upperTail: p) }
    }
    #expect(try distribution.quantile(0) == distribution.quantile(upperTail: 1), "\(name)")
    #expect(try distribution.quantile(1) == distribution.quantile(upperTail: 0), "\(name)")
  }
}
