import EffectSizes
import TestSupport
import Testing

@Suite struct ConversionsWaldTests {
  private let critical = 1.959963984540054

  private func recover(_ values: [String: Double], scale: Scale = .identity) throws -> (yi: Double, vi: Double) {
    let printed = PrintedEstimate(try reported(values), 0, scale: scale)
    let found = try WaldRoute.recover(printed, critical: critical)
    return (found.yi, found.vi)
  }

  /// Interval, one limit, z and p of the same estimate give the same variance.
  @Test(arguments: [(0.4, 0.04), (-2.5, 1.7), (12, 0.003)]) func routesAgree(_ yi: Double, _ vi: Double) throws {
    let se = vi.squareRoot()
    let ways: [[String: Double]] = [
      ["ci_lower": yi - critical * se, "ci_upper": yi + critical * se], ["ci_lower": yi - critical * se],
      ["ci_upper": yi + critical * se], ["zi": yi / se], ["zi": -yi / se],
    ]
    for way in ways {
      let found = try recover(way.merging(["estimate": yi]) { $1 })
      expectClose(found.yi, yi)
      expectClose(found.vi, vi, relative: 1e-12)
    }
  }

  /// z of a two-sided p of 5·10⁻³⁰⁰ is 37.0219…; mpmath 1.3, 50 digits.
  @Test func pValues() throws {
    expectClose(try recover(["estimate": 1, "pi": 0.05]).vi, 1 / (critical * critical), relative: 1e-12)
    let tiny = try recover(["estimate": 1.008, "pi": 5e-300], scale: .log)
    expectClose(tiny.vi, 4.632214291051047e-08, relative: 1e-11)
  }

  @Test func nothingToRecoverFrom() throws {
    let refused: [[String: Double]] = [
      ["estimate": 1], ["zi": 2], ["estimate": 1, "zi": 0], ["estimate": 0, "zi": 2], ["estimate": 1, "pi": 1],
      ["estimate": 2, "ci_upper": 1],
    ]
    for values in refused {
      #expect(throws: ConversionProblem.self) { try recover(values) }
    }
  }

  @Test func symmetry() {
    let place = { (estimate: Double, lower: Double, upper: Double) in
      IntervalSymmetry(estimate: estimate, lower: lower, upper: upper, half: 0.005, scale: .log).finding
    }
    #expect(place(1.9, 0.9, 4.01) == nil)
    #expect(place(2.2, 1.9, 9.9)?.contains("not symmetric") == true)
    #expect(place(0.4, 0.5, 1.6)?.contains("outside") == true)
    #expect(IntervalSymmetry(estimate: 2, lower: 1, upper: 3, half: 0.5, scale: .identity).finding == nil)
  }
}
