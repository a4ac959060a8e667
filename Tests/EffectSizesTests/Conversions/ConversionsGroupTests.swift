import EffectSizes
import TestSupport
import Testing

@Suite struct ConversionsGroupTests {
  private func summary(_ values: [Double]) -> GroupSummary {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return GroupSummary(
      mean: mean, deviation: (squares / Double(values.count - 1)).squareRoot(), size: Double(values.count))
  }

  /// Combining groups gives the mean and deviation of all their subjects (Cochrane Handbook, table 6.5.a).
  @Test func combining() throws {
    let groups = [[1.0, 4, 2, 8], [3, 3.5, 9], [7, 1, 0, 2, 5]]
    let all = summary(groups.flatMap { $0 })
    let combined = try #require(GroupSummary.combined(groups.map(summary)))
    expectClose(combined.mean, all.mean, relative: 1e-14)
    expectClose(combined.deviation, all.deviation, relative: 1e-14)
    #expect(combined.size == 12)
    #expect(GroupSummary.combined([]) == nil)
  }

  /// Cochrane Handbook, 6.5.2.2: n = 25, interval 30.0 to 34.2 gives SD = 5 × 4.2/(2 × 2.0639) = 5.09.
  @Test func fromInterval() throws {
    let group = try #require(GroupSummary(lower: 30, upper: 34.2, size: 25))
    expectClose(group.deviation, 5.09, absolute: 0.005)
    expectClose(group.mean, 32.1)
    expectClose(GroupSummary(mean: 1, standardError: 0.5, size: 16).deviation, 2)
    #expect(GroupSummary(lower: 3, upper: 1, size: 25) == nil)
    #expect(GroupSummary(lower: 1, upper: 3, size: 1) == nil)
  }

  /// The correlation behind a change's deviation, and back: r = (16 + 19.36 - 3.24)/35.2 = 0.9125.
  @Test func changes() throws {
    let r = try #require(GroupSummary.changeCorrelation(4.0, 4.4, change: 1.8))
    expectClose(GroupSummary.changeDeviation(4.0, 4.4, correlation: r), 1.8, relative: 1e-13)
    expectClose(r, 0.9125, absolute: 0.0001)
    #expect(GroupSummary.changeCorrelation(1, 1, change: 3) == nil)
  }

  /// The log ratio of two correlated estimates against its closed form v₁/a² + v₂/b² − 2 c/(ab).
  @Test func deltaMethod() throws {
    let (a, b) = (3.0, 5.0)
    let covariance = [[0.04, 0.01], [0.01, 0.09]]
    let result = try #require(DeltaMethod.transform([a, b], covariance: covariance) { $0[0] / $0[1] })
    expectClose(result.value, 0.6)
    let want = 0.04 / 25 + 0.09 * 9 / 625 - 2 * 0.01 * 3 / 125
    expectClose(result.variance, want, relative: 1e-9)
    #expect(DeltaMethod.transform([1], covariance: covariance) { $0[0] } == nil)
  }
}
