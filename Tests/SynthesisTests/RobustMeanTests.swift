import Foundation
import TestSupport
import Testing

@testable import Synthesis

/// Robust variance of a mean against clubSandwich (Tests/Reference/robust-mean.R), and where it is known without.
@Suite struct RobustMeanTests {
  @Test func agreesWithClubSandwich() throws {
    let url = try #require(
      Bundle.module.url(forResource: "robust-mean", withExtension: "csv", subdirectory: "Fixtures"))
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
    let rows = lines.map { $0.split(separator: ",").compactMap { Double($0) } }
    let sets = Dictionary(grouping: rows) { $0[0] }
    #expect(sets.count == 5)
    for (set, rows) in sets {
      let mean = try #require(
        RobustMean(y: rows.map { $0[1] }, weights: rows.map { $0[3] }, variances: rows.map { $0[2] }))
      expectClose(mean.value, rows[0][4], relative: 1e-12)
      expectClose(mean.standardError, rows[0][5], relative: 1e-12)
      expectClose(mean.degreesOfFreedom, rows[0][6], relative: 1e-10, "set \(set)")
    }
  }

  @Test func equalStudiesGiveStudentsTest() throws {
    let y = [1.0, 2, 4, 7, 11]
    let mean = try #require(RobustMean(y: y, weights: y.map { _ in 3 }, variances: y.map { _ in 0.5 }))
    expectClose(mean.value, 5)
    expectClose(mean.standardError, (66.0 / 4 / 5).squareRoot(), relative: 1e-14)
    expectClose(mean.degreesOfFreedom, 4, relative: 1e-13)
  }

  @Test func scaleSignAndWeightsWithoutEffect() throws {
    let (y, phi) = ([0.3, 0.5, -0.1, 0.8], [0.1, 0.2, 0.3, 0.15])
    let weights = phi.map { 1 / $0 }
    let mean = try #require(RobustMean(y: y, weights: weights, variances: phi))
    let turned = try #require(
      RobustMean(y: y.reversed().map { -2 * $0 }, weights: weights.reversed(), variances: phi.reversed().map { 4 * $0 })
    )
    expectClose(turned.value, -2 * mean.value, relative: 1e-13)
    expectClose(turned.standardError, 2 * mean.standardError, relative: 1e-13)
    expectClose(turned.degreesOfFreedom, mean.degreesOfFreedom, relative: 1e-12)
    // A study of no weight is not there.
    let more = try #require(RobustMean(y: y + [100], weights: weights + [0], variances: phi + [1]))
    expectClose(more.standardError, mean.standardError, relative: 1e-14)
    expectClose(more.degreesOfFreedom, mean.degreesOfFreedom, relative: 1e-13)
    #expect(RobustMean(y: [1, 2], weights: [1, 0], variances: [1, 1]) == nil)
  }
}
