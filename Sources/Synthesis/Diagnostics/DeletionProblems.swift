/// The intercept-only problems that arise when one study after the other is left out.
///
/// Few studies are packed anew each time; many share their sums (`DeletionSums`), unless a study makes up nearly all of one.
struct DeletionProblems: Sendable {
  private let yi, vi: [Double]
  private let shared: DeletionSums?

  /// The problems of some studies, checked before.
  init(yi: [Double], vi: [Double]) {
    self.yi = yi
    self.vi = vi
    shared = DeletionSums(yi: yi, vi: vi)
  }

  /// The problem without a study.
  func problem(without study: Int) -> PoolingProblem {
    var problem = PoolingProblem()
    if let shared, shared.canDelete(study) {
      problem.deletion = DeletedStudy(sums: shared, study: study)
      return problem
    }
    var (y, v) = (yi, vi)
    y.remove(at: study)
    v.remove(at: study)
    y.withUnsafeBufferPointer { y in v.withUnsafeBufferPointer { problem.studies.load(yi: y, vi: $0) } }
    return problem
  }
}

extension PoolingModel {
  /// The rule of a model that can be refitted by its sums alone: of the Wald family, without weights.
  func ruleOfSums(_ studies: DiagnosticStudies) -> WaldRule? {
    guard studies.design == nil, studies.weights == nil, method.tauSquared?.needsWeights != true else { return nil }
    return inference.waldRule
  }
}
