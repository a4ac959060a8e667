import NumericCore
import TestSupport
import Testing

/// Printed tables and exact values; the fine comparison is against 50 digits elsewhere.
@Suite struct PublishedValueTests {
  /// Φ(z): Abramowitz & Stegun (1964), table 26.1; t, χ², F quantiles: tables 26.10, 26.8, 26.9.
  @Test func printedTables() throws {
    expectClose(Normal.cdf(1), 0.841344746068543, relative: 1e-14, "Φ(1)")
    expectClose(Normal.upperTail(5), 2.866515718791939e-7, relative: 1e-14, "Q(5)")
    expectClose(try Normal.quantile(0.975), 1.959963984540054, relative: 1e-15, "z of 97.5 %")
    expectClose(try StudentT(degreesOfFreedom: 10).quantile(0.975), 2.228, absolute: 0.0005, "t(10)")
    expectClose(try ChiSquared(degreesOfFreedom: 10).quantile(upperTail: 0.05), 18.3070, absolute: 5e-5, "χ²(10)")
    expectClose(try FisherF(numerator: 5, denominator: 10).quantile(upperTail: 0.05), 3.33, absolute: 0.005, "F(5,10)")
  }

  /// t with 1 degree of freedom is the Cauchy distribution; with 2 it has a closed form too.
  @Test func closedForms() throws {
    let cauchy = try StudentT(degreesOfFreedom: 1)
    expectClose(cauchy.upperTail(1), 0.25, relative: 1e-15, "Cauchy at 1")
    expectClose(try cauchy.quantile(upperTail: 1e-200), 3.183098861837907e199, relative: 1e-13, "Cauchy far out")
    let two = try StudentT(degreesOfFreedom: 2)
    expectClose(two.cdf(3), 0.5 + 1.5 / 11.0.squareRoot(), relative: 1e-15, "t(2) at 3")
    expectClose(try ChiSquared(degreesOfFreedom: 2).logUpperTail(5000), -2500, relative: 1e-15, "χ²(2) far out")
  }

  @Test func logTailsDoNotUnderflow() throws {
    // mpmath 1.3, 50 digits: log(erfc(300/√2)/2).
    expectClose(Normal.logUpperTail(300), -45006.62273211867, relative: 1e-15, "normal at 300")
    #expect(Normal.logTwoSidedP(1e100).isFinite)
    #expect(try StudentT(degreesOfFreedom: 1e6).logUpperTail(1e5).isFinite)
    #expect(try FisherF(numerator: 3, denominator: 1e9).logUpperTail(1e6).isFinite)
  }

  @Test func hugeDegreesOfFreedomAreNormal() throws {
    for nu in [1e15, 1e20, 1e25, .infinity] {
      let t = try StudentT(degreesOfFreedom: nu)
      expectClose(t.upperTail(4), Normal.upperTail(4), relative: 1e-13, "t(\(nu))")
      expectClose(try t.quantile(0.975), 1.959963984540054, relative: 1e-14, "t(\(nu)) quantile")
    }
  }

  @Test func badArgumentsAreTypedErrors() {
    #expect(throws: DistributionError.probabilityOutOfRange(distribution: "normal", value: 1.5)) {
      try Normal.quantile(upperTail: 1.5)
    }
    #expect(throws: DistributionError.self) { try Normal.quantile(.nan) }
    #expect(throws: DistributionError.self) { try StudentT(degreesOfFreedom: 0) }
    #expect(throws: DistributionError.self) { try StudentT(degreesOfFreedom: .nan) }
    #expect(throws: DistributionError.self) { try ChiSquared(degreesOfFreedom: -1) }
    #expect(throws: DistributionError.self) { try FisherF(numerator: 1, denominator: 0) }
    #expect(Normal.cdf(.nan).isNaN)
  }

  @Test func compensatedSumKeepsWhatAPlainSumLoses() {
    #expect(CompensatedSum.of([1e100, 1, -1e100]) == 1)
    #expect(CompensatedSum.of([.infinity, 1]) == .infinity)
    var sum = CompensatedSum()
    sum.add(product: 1 + 0x1p-30, 1 - 0x1p-30)
    sum.add(-1)
    #expect(sum.value == -0x1p-60)
  }
}
