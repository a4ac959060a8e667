import EffectSizes
import Engine
import Synthesis
import Testing

/// The grid of specifications: every number is that of the analysis run by itself.
struct SpecificationTests {
  static func request(_ input: String, _ measure: String?) -> PoolRequest {
    var request = PoolRequest(data: DataRequest(input: input))
    request.measure.code = measure
    return request
  }

  static let grid = SpecificationGrid(
    effects: ["RR", "OR", "RD"].flatMap(SpecificationGrid.corrections(of:)),
    models: SpecificationGrid.models(
      methods: SpecificationGrid.usualMethods + [.glmm],
      inferences: SpecificationGrid.usualInferences + [.kenwardRoger, .profileLikelihood]))

  @Test(arguments: ["bcg", "mbt/suicide-attempts"])
  func eachNumberIsThatOfPool(_ input: String) throws {
    let evaluator = try SpecificationEvaluator(Self.grid, Self.request(input, "RR"))
    let outcomes = evaluator.outcomes()
    #expect(outcomes.count > 60)
    for outcome in outcomes {
      let specification = evaluator.specification(outcome)
      let alone = Result { () throws(EvidenceError) in
        try PoolAnalysis(specification.request(like: evaluator.request)).fit
      }
      switch (outcome.result, alone) {
      case (.success(let result), .success(let fit)):
        #expect(result.estimate == fit.pooled?.value, "\(specification)")
        #expect(result.lower == fit.pooled?.interval.lower, "\(specification)")
        #expect(result.pValue == fit.pooled?.pValue, "\(specification)")
        #expect(result.tauSquared == fit.heterogeneity.tauSquared, "\(specification)")
        #expect(result.k == fit.k)
      case (.failure, .failure): break
      default: Issue.record("\(specification): \(outcome.result) against \(alone)")
      }
    }
  }

  @Test func threadsChangeNothing() throws {
    var grid = Self.grid
    grid.subsets += (0..<13).map { StudySubset(name: "row \($0 + 1)", rows: [$0]) }
    grid.models.removeAll { $0.method == .glmm }
    let evaluator = try SpecificationEvaluator(grid, Self.request("bcg", "RR"))
    let one = evaluator.outcomes(jobs: 1)
    let many = evaluator.outcomes(jobs: 2)
    #expect(one.count == many.count)
    for (a, b) in zip(one, many) {
      #expect((a.variant, a.model, a.subset) == (b.variant, b.model, b.subset))
      #expect((try? a.result.get()) == (try? b.result.get()))
    }
  }

  @Test func choicesThatChangeNothingAreFolded() throws {
    // No cell of the BCG trials is empty: of the rules only "all" changes anything.
    let evaluator = try SpecificationEvaluator(Self.grid, Self.request("bcg", "RR"))
    #expect(Set(evaluator.variants.map(\.choice.correctionWords)) == ["default", "0.5 to all"])
    #expect(evaluator.variants.count + evaluator.folded.count == Self.grid.effects.count)
  }
}
