import Foundation
import NumericCore
import Synthesis
import TestSupport
import Testing

@Suite("Diagnostics: all subsets")
struct DiagnosticsSubsetTests {
  private func members(_ sequence: SubsetSequence, _ range: Range<Int>) -> [[Int]] {
    var all = [[Int]]()
    sequence.forEach(in: range) { _, members in all.append(members) }
    return all
  }

  @Test func subsetsComeBySizeAndThenAsABinaryCounter() {
    #expect(
      members(SubsetSequence(.all, studies: 4), 0..<15) == [
        [0], [1], [2], [3], [0, 1], [0, 2], [1, 2], [0, 3], [1, 3], [2, 3], [0, 1, 2], [0, 1, 3], [0, 2, 3], [1, 2, 3],
        [0, 1, 2, 3],
      ])
  }

  @Test func anyPlaceCanBeTheFirst() {
    let sequence = SubsetSequence(.all, studies: 9)
    let all = members(sequence, 0..<511)
    #expect(Set(all).count == 511)
    for start in [0, 1, 8, 9, 44, 45, 200, 309, 510] { #expect(members(sequence, start..<511) == Array(all[start...])) }
    let most = SubsetSequence(.all, studies: 24)
    #expect(members(most, (1 << 24) - 2..<(1 << 24) - 1) == [Array(0..<24)])
  }

  @Test func randomSubsetsDependOnSeedAndPlaceAlone() {
    let sequence = SubsetSequence(.sampled(count: 400, seed: 7), studies: 70)
    let all = members(sequence, 0..<400)
    #expect(members(sequence, 100..<200) == Array(all[100..<200]))
    #expect(members(SubsetSequence(.sampled(count: 400, seed: 8), studies: 70), 0..<400) != all)
    #expect(all.allSatisfy { !$0.isEmpty && $0 == $0.sorted() && $0.allSatisfy((0..<70).contains) })
    // Each study is in half of them: 28 000 coins, standard error 84.
    #expect(abs(all.reduce(0) { $0 + $1.count } - 14_000) < 4 * 84)
    // The one study there is has to be drawn.
    #expect(members(SubsetSequence(.sampled(count: 5, seed: 1), studies: 1), 0..<5) == [[0], [0], [0], [0], [0]])
  }

  @Test func asManyAsThereAreMeansAll() {
    #expect(SubsetScheme(atMost: 63, studies: 6, seed: 1) == .all)
    #expect(SubsetScheme(atMost: 62, studies: 6, seed: 1) == .sampled(count: 62, seed: 1))
    #expect(SubsetScheme(atMost: .max, studies: 25, seed: 1) == .sampled(count: .max, seed: 1))
    #expect(SubsetScheme(atMost: .max, studies: 24, seed: 1).count(studies: 24) == 16_777_215)
  }

  @Test(arguments: ["EE", "DL", "REML", "PM", "SJ"])
  func everyRowIsTheFitOfItsSubset(code: String) throws {
    let model = PoolingModel(method: try #require(PoolingMethod(code: code)), inference: .hartungKnapp)
    let studies = DiagnosticsData.trials().selecting([0, 3, 5, 7, 8, 10, 12])
    let gosh = try GOSH(model: model, studies: studies, scheme: .all)
    let rows = gosh.rows(0..<gosh.count)
    #expect(rows.count == 127)
    gosh.subsets.forEach(in: 0..<127) { place, members in
      guard let fit = try? studies.selecting(members).fit(model) else {
        Issue.record("no fit of \(members)")
        return
      }
      let want = SubsetRow(fit)
      #expect(rows[place].k == members.count)
      expectClose(rows[place].estimate, want.estimate, relative: 1e-11, "estimate of \(members)")
      expectClose(rows[place].q, want.q, relative: 1e-10, absolute: 1e-13, "q of \(members)")
      expectClose(rows[place].iSquared, want.iSquared, relative: 1e-9, absolute: 1e-13, "i2 of \(members)")
      expectClose(rows[place].hSquared, want.hSquared, relative: 1e-9, "h2 of \(members)")
      expectClose(rows[place].tauSquared, want.tauSquared, relative: 1e-9, absolute: 1e-14, "tau2 of \(members)")
    }
    #expect(gosh.rows(40..<90).map(\.estimate) == rows[40..<90].map(\.estimate))
  }

  /// Variances that differ by twelve orders of magnitude, and subsets that agree far from the centre of all.
  @Test func tablesKeepTheDigitsOfHardData() throws {
    let studies = DiagnosticStudies(
      yi: [0, 1e-7, 5, 5.000001, 5.000002, -3, 40], vi: [1e-12, 1, 1e-4, 1e-4, 1e-4, 2, 1e-2])
    let model = PoolingModel(method: .equalEffects)
    let gosh = try GOSH(model: model, studies: studies, scheme: .all)
    let rows = gosh.rows(0..<gosh.count)
    gosh.subsets.forEach(in: 0..<gosh.count) { place, members in
      guard members.count > 1, let fit = try? studies.selecting(members).fit(model) else { return }
      expectClose(rows[place].q, fit.heterogeneity.q ?? .nan, relative: 1e-10, "q of \(members)")
    }
  }

  @Test func userWeightsAreKept() throws {
    let studies = DiagnosticsData.trials(weights: (1...13).map(Double.init)).selecting([1, 4, 9])
    let rows = try GOSH(model: PoolingModel(), studies: studies, scheme: .all).rows(0..<7)
    expectClose(rows[6].estimate, try studies.fit(PoolingModel()).coefficients[0].value, relative: 1e-13)
  }

  @Test func whatCannotBeIsRefused() {
    let many = DiagnosticsData.many(25, tau2: 0.1, seed: 1)
    #expect(throws: FitError.self) { try GOSH(model: PoolingModel(), studies: many, scheme: .all) }
    #expect(throws: FitError.self) {
      try GOSH(model: PoolingModel(), studies: DiagnosticStudies(yi: [1], vi: [1]), scheme: .all)
    }
    #expect(throws: FitError.self) {
      try GOSH(model: PoolingModel(), studies: DiagnosticsData.trials(withLatitude: true), scheme: .all)
    }
  }
}
