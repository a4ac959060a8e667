import Foundation
import NumericCore
import TestSupport
import Testing

@Suite struct IntegrationTests {
  /// Abramowitz & Stegun (1964), table 25.10, n = 5 and 20.
  @Test func hermiteTable() throws {
    let five = try GaussHermite(count: 5)
    expectClose(five.nodes[4], 2.020182870456086, relative: 1e-15, "x₅")
    expectClose(five.weights[4], 0.01995324205904591, relative: 1e-14, "w₅")
    #expect(five.nodes[2] == 0)
    let twenty = try GaussHermite(count: 20)
    expectClose(twenty.nodes[19], 5.387480890011233, relative: 1e-15, "x₂₀")
    expectClose(twenty.weights[19], 2.229393645534151e-13, relative: 1e-13, "w₂₀")
  }

  @Test(arguments: [1, 2, 7, 15, 64, 100, 199, 200]) func hermiteIsExactForPolynomials(_ n: Int) throws {
    let rule = try GaussHermite(count: n)
    expectClose(rule.weights.reduce(0, +), Double.pi.squareRoot(), relative: 1e-14, "Σ w")
    #expect(rule.nodes == rule.nodes.map { -$0 }.reversed())
    // ∫ x^2m e^−x² = Γ(m + ½); 2m ≤ 2n − 1.
    for m in [1, 2, 5, 20, 60] where 2 * m <= 2 * n - 1 {
      let want = SpecialFunctions.logGamma(Double(m) + 0.5)
      let got = log(rule.integrate { x in pow(x * x, Double(m)) })
      expectClose(got, want, relative: 1e-13, absolute: 2e-13, "moment \(2 * m) with \(n) nodes")
    }
    if n >= 15 {
      let got = rule.expectation(mean: 0.3, standardDeviation: 0.5) { exp($0) }
      expectClose(got, exp(0.3 + 0.125), relative: 1e-14, "log-normal mean")
    }
  }

  @Test(arguments: [1, 2, 5, 21, 200, 1000]) func legendreIsExactForPolynomials(_ n: Int) throws {
    let rule = try GaussLegendre(count: n)
    expectClose(rule.weights.reduce(0, +), 2, relative: 1e-14, "Σ w")
    for degree in [0, 1, 3, 9, 30] where degree <= 2 * n - 1 {
      let got = rule.integrate(from: 0, to: 2) { x in pow(x, Double(degree)) }
      expectClose(got, pow(2, Double(degree + 1)) / Double(degree + 1), relative: 1e-13, "degree \(degree)")
    }
  }

  @Test func kronrodOverFiniteAndInfiniteRanges() throws {
    let cases: [(String, Double, Double, Double, (Double) -> Double)] = [
      ("polynomial of degree 31", 0, 1, 1.0 / 32, { pow($0, 31) }),
      ("peak", -1, 1, 2 * atan(1e3) * 1e3, { 1 / ($0 * $0 + 1e-6) }),
      ("root at the end", 0, 1, 2.0 / 3, { $0.squareRoot() }),
      ("pole at the end", 0, 1, 2, { 1 / $0.squareRoot() }),
      ("oscillation", 0, 10, (1 - cos(500)) / 50, { sin(50 * $0) }),
      ("normal", -.infinity, .infinity, 1, { Normal.density($0) }),
      ("shifted normal", -.infinity, .infinity, 1, { Normal.density($0 - 40) }),
      ("exponential", 3, .infinity, exp(-3), { exp(-$0) }),
      ("left tail", -.infinity, -2, Normal.cdf(-2), { Normal.density($0) }),
      ("Cauchy", -.infinity, .infinity, Double.pi, { 1 / (1 + $0 * $0) }),
      ("reversed", 1, 0, -0.5, { $0 }),
    ]
    for (name, lower, upper, want, f) in cases {
      let result = try GaussKronrod.integrate(from: lower, to: upper, f)
      #expect(result.converged, "\(name): \(result)")
      expectClose(result.value, want, relative: 1e-11, name)
      #expect(abs(result.value - want) <= max(result.error, 1e-15 * abs(want)), "\(name): error estimate")
    }
  }

  @Test func troubleIsATypedError() throws {
    #expect(throws: IntegrationError.badCount(0, largest: 200)) { try GaussHermite(count: 0) }
    #expect(throws: IntegrationError.badCount(201, largest: 200)) { try GaussHermite(count: 201) }
    #expect(throws: IntegrationError.self) { try GaussLegendre(count: -1) }
    #expect(throws: IntegrationError.self) { try GaussKronrod.integrate(from: .nan, to: 1) { $0 } }
    #expect(throws: IntegrationError.self) { try GaussKronrod.integrate(from: 0, to: 1) { _ in .nan } }
    let divergent = try GaussKronrod.integrate(from: 0, to: 1) { 1 / $0 }
    #expect(!divergent.converged)
  }
}
