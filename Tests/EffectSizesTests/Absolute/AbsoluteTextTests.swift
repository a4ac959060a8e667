import Testing

@testable import EffectSizes

/// How numbers needed to treat are written.
@Suite struct AbsoluteTextTests {
  private func number(_ value: Double, _ lower: Double, _ upper: Double, _ event: EventKind = .bad) -> NumberNeeded {
    NumberNeeded(
      AbsoluteDifference(value: value, limits: ConfidenceLimits(lower: lower, upper: upper), level: 0.95),
      event: event)
  }

  @Test func throughInfinity() {
    let text = NumberNeededText(rounding: .decimals(0), format: fixed)
    #expect(text.interval(number(-0.04, -1.0 / 12, 0.025)) == "NNTB 12 to ∞ to NNTH 40")
    #expect(text.interval(number(0.02, -1.0 / 12, 0.025)) == "NNTH 40 to ∞ to NNTB 12")
    #expect(text.interval(number(0.02, -1.0 / 12, 0.025, .good)) == "NNTB 40 to ∞ to NNTH 12")
  }

  @Test func zero() {
    let text = NumberNeededText(rounding: .decimals(0), format: fixed)
    #expect(text.estimate(number(0, -0.1, 0.2)) == "∞")
    #expect(text.interval(number(0, -0.1, 0.2)) == "NNTB 10 to ∞ to NNTH 5")
    #expect(text.interval(number(0, 0, 0)) == "∞")
    #expect(text.interval(number(-0.1, -0.2, 0)) == "NNTB 5 to ∞")
    #expect(text.interval(number(0.1, 0, 0.2)) == "NNTH 5 to ∞")
  }

  @Test func wholePeopleNeverFlatter() {
    let text = NumberNeededText(rounding: .wholePeople, format: fixed)
    #expect(text.estimate(number(-0.3, -0.5, -0.1)) == "NNTB 4")
    #expect(text.estimate(number(0.3, 0.1, 0.5)) == "NNTH 3")
    #expect(text.estimate(number(-1.0 / 12, -0.5, -0.01)) == "NNTB 12")
    #expect(text.estimate(number(0.9, 0.5, 1)) == "NNTH 1")
    #expect(text.interval(number(-0.3, -0.41, 0.3)) == "NNTB 3 to ∞ to NNTH 3")
  }
}
