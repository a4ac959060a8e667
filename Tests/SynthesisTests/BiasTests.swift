import Synthesis
import TestSupport
import Testing

/// Properties of the methods for publication bias; their numbers are held against reference cases of the command line.
@Suite struct BiasTests {
  /// The 13 BCG trials (Colditz et al. 1994), log relative risks and variances rounded to four decimals.
  private static let studies = BiasStudies(yi: DiagnosticsData.yi, vi: DiagnosticsData.vi)

  private func changed(_ scale: Double, order: [Int]? = nil) -> BiasStudies {
    let order = order ?? Array(Self.studies.yi.indices)
    return BiasStudies(
      yi: order.map { scale * Self.studies.yi[$0] }, vi: order.map { scale * scale * Self.studies.vi[$0] })
  }

  private func test(_ word: String, _ studies: BiasStudies) throws -> SmallStudyResult {
    try #require(SmallStudyTest(word: word)).run(studies)
  }

  @Test(arguments: ["egger", "begg", "thompson-sharp"])
  func testsDoNotDependOnOrderOrUnit(word: String) throws {
    let base = try test(word, Self.studies)
    for other in [changed(3), changed(1, order: Self.studies.yi.indices.reversed())] {
      let result = try test(word, other)
      expectClose(result.pValue ?? .nan, base.pValue ?? .nan, relative: 1e-8, word)
    }
    let turned = try test(word, changed(-1))
    expectClose(turned.pValue ?? .nan, base.pValue ?? .nan, relative: 1e-9, word)
    if let slope = base.slope { expectClose(turned.slope?.value ?? .nan, -slope.value, relative: 1e-9, word) }
  }

  /// Deviations in perfect order with the variances: of 120 orders two are as extreme.
  @Test func beggIsExact() throws {
    let result = try test("begg", BiasStudies(yi: [0, 1, 2, 3, 4], vi: [1, 1.01, 1.02, 1.03, 1.04]))
    expectClose(result.tau ?? .nan, 1)
    expectClose(result.pValue ?? .nan, 2.0 / 120)
    #expect(result.isExact)
  }

  @Test func trimAndFillTurns() throws {
    for estimator in TrimAndFill.Estimator.allCases {
      let left = try TrimAndFill(Self.studies, estimator: estimator, side: .left)
      let right = try TrimAndFill(changed(-1), estimator: estimator, side: .right)
      #expect(left.missing == right.missing)
      #expect(left.filled.count == left.missing)
      expectClose(
        left.fit.pooled?.value ?? .nan, -(right.fit.pooled?.value ?? .nan), relative: 1e-9, estimator.rawValue)
    }
  }

  /// A funnel that is symmetric about its middle lacks nothing.
  @Test func symmetricFunnelLacksNothing() throws {
    let studies = BiasStudies(yi: [-2, -1, 0, 1, 2], vi: [4, 1, 0.1, 1, 4])
    let result = try TrimAndFill(studies, side: .left)
    #expect(result.missing == 0)
    expectClose(result.fit.pooled?.value ?? .nan, 0, absolute: 1e-12)
  }

  private static let forms: [SelectionModel.Form] =
    [.steps([0.025]), .steps([0.025, 0.5])] + SelectionFunction.all.filter { $0.null.count == 1 }.map { .smooth($0) }

  @Test(arguments: forms.indices)
  func selectionTurnsAndScales(index: Int) throws {
    let form = Self.forms[index]
    let less = try SelectionModel(Self.studies, form: form, alternative: .less)
    let greater = try SelectionModel(changed(-2), form: form, alternative: .greater)
    expectClose(greater.pooled.value, -2 * less.pooled.value, relative: 1e-6, form.name)
    expectClose(greater.tauSquared ?? .nan, 4 * (less.tauSquared ?? .nan), relative: 1e-6, form.name)
    expectClose(greater.statistic, less.statistic, relative: 1e-6, absolute: 1e-9, form.name)
    #expect(less.convergence.converged)
    #expect(less.statistic >= 0)
  }

  /// One null study is as many as two halves: the numbers that the methods define, by hand for equal weights.
  @Test func failSafeNumbersByHand() throws {
    let studies = BiasStudies(yi: [2, 2, 2, 2], vi: [1, 1, 1, 1])
    // Rosenthal: 4 · ((4/1.644854)² − 1) = 19.66; Rosenberg: 4 · ((4/1.959964)² − 1) = 12.66.
    #expect(try #require(FailSafe(word: "rosenthal")).run(studies).count == 20)
    #expect(try #require(FailSafe(word: "rosenberg")).run(studies).count == 13)
    #expect(try #require(FailSafe(word: "orwin")).run(studies).count == 4)
  }

  /// Power of a study at a zero effect without heterogeneity is the level of the test.
  @Test func powerAtNoEffect() throws {
    let studies = BiasStudies(yi: [-1, 1], vi: [1, 1], model: PoolingModel(method: .equalEffects))
    let result = try ExcessSignificance(studies)
    #expect(result.observed == 0)
    for power in result.power { expectClose(power, 0.05, relative: 1e-12) }
    expectClose(result.pValue, 1)
  }

  @Test func badInput() {
    let two = BiasStudies(yi: [1, 2], vi: [1, 2])
    let alike = BiasStudies(yi: [1, 2, 3, 5], vi: [1, 1, 1, 1])
    for word in ["egger", "begg", "thompson-sharp"] {
      #expect(throws: FitError.self) { try self.test(word, two) }
      #expect(throws: FitError.self) { try self.test(word, alike) }
    }
    for word in ["harbord", "peters", "deeks", "schwarzer", "macaskill", "pustejovsky"] {
      #expect(throws: FitError.self) { try self.test(word, Self.studies) }
    }
    #expect(throws: FitError.self) { try PrecisionEffect(alike) }
    #expect(throws: FitError.self) { try LimitMetaAnalysis(two) }
    #expect(throws: FitError.self) { try TrimAndFill(alike) }
    #expect(throws: FitError.self) { try SelectionModel(two, form: .steps([0.025])) }
    #expect(throws: FitError.self) { try SelectionModel(Self.studies, form: .steps([1.5])) }
  }
}
