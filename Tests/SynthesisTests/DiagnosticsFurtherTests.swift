import NumericCore
import Synthesis
import TestSupport
import Testing

/// Several studies left out, groups of subsets, residuals against quantiles.
@Suite struct DiagnosticsFurtherTests {
  @Test func combinationsAreAllDifferent() {
    let all = Combinations(of: 9, taking: 3, atMost: 1000, seed: 1)
    #expect(all.isAll && all.count == 84)
    let lists = (0..<all.count).map(all.at)
    #expect(Set(lists).count == 84)
    #expect(lists.first == [0, 1, 2] && lists.last == [6, 7, 8])
    #expect(zip(lists, lists.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
  }

  @Test func sampledCombinationsDependOnSeedAndPlaceOnly() {
    let one = Combinations(of: 60, taking: 5, atMost: 500, seed: 7)
    #expect(!one.isAll && one.count == 500)
    #expect(one.at(321) == Combinations(of: 60, taking: 5, atMost: 500, seed: 7).at(321))
    #expect(one.at(321) != Combinations(of: 60, taking: 5, atMost: 500, seed: 8).at(321))
    for place in 0..<500 {
      let list = one.at(place)
      #expect(Set(list).count == 5 && list == list.sorted() && list.allSatisfy { (0..<60).contains($0) })
    }
  }

  /// One study far from six others splits the subsets into those with and those without it.
  @Test func anOutlierMarksAGroup() throws {
    let studies = DiagnosticStudies(
      yi: [0.1, 0.12, 0.08, 0.11, 0.09, 0.1, 3], vi: [Double](repeating: 0.01, count: 7))
    let gosh = try GOSH(model: PoolingModel(method: .equalEffects), studies: studies, scheme: .all)
    let rows = gosh.rows(0..<gosh.count)
    let found = SubsetClusters(rows: rows, subsets: gosh.subsets, seed: 3)
    #expect(found.clusters.count >= 2)
    let first = try #require(found.clusters.first)
    #expect(first.excess[6] < -SubsetClusters.notableExcess)
    #expect(first.excess.dropLast().allSatisfy { abs($0) < SubsetClusters.notableExcess })
    let again = SubsetClusters(rows: rows, subsets: gosh.subsets, seed: 3)
    #expect(again.clusters.map(\.count) == found.clusters.map(\.count))
  }

  @Test func quantilesAndResiduals() throws {
    let studies = DiagnosticsData.trials()
    let fit = try studies.fit(PoolingModel())
    let plot = try ResidualQuantiles(fit: fit, studies: studies, seed: 1)
    #expect(plot.rows.count == 13)
    // qnorm(ppoints(13)): the middle is 0 and the ends ±Φ⁻¹(1 − 0.5/13).
    expectClose(plot.rows[6].quantile, 0, absolute: 1e-15)
    expectClose(plot.rows[12].quantile, try Normal.quantile(12.5 / 13))
    let residuals = try RegressionResiduals(
      of: fit, yi: studies.yi, vi: studies.vi, design: Matrix(rows: 13, columns: 1, repeating: 1))
    #expect(plot.rows.map(\.residual) == residuals.standardized.sorted())
    #expect(plot.rows.allSatisfy { $0.lower < $0.upper })
    #expect(zip(plot.rows, plot.rows.dropFirst()).allSatisfy { $0.lower <= $1.lower && $0.upper <= $1.upper })
    let again = try ResidualQuantiles(fit: fit, studies: studies, seed: 1)
    #expect(again.rows.map(\.lower) == plot.rows.map(\.lower))
    let other = try ResidualQuantiles(fit: fit, studies: studies, seed: 2)
    #expect(other.rows.map(\.lower) != plot.rows.map(\.lower))
  }

  /// The largest of k standardised residuals keeps its envelope about as often as the envelope says.
  @Test func envelopeHoldsItsShare() throws {
    var inside = 0
    for seed in 0..<200 {
      let studies = DiagnosticsData.many(12, tau2: 0, seed: UInt64(seed))
      let fit = try studies.fit(PoolingModel(method: .equalEffects))
      let plot = try ResidualQuantiles(fit: fit, studies: studies, seed: 1)
      let last = try #require(plot.rows.last)
      if last.lower <= last.residual, last.residual <= last.upper { inside += 1 }
    }
    // 95% of 200 are 190, with a standard error of 3.1.
    #expect((177...200).contains(inside))
  }
}
