/// The pooled result without each study in turn.
///
/// A part that cannot be fitted has `NaN` in its row. With many studies the refits share their sums, so that all
/// together take time proportional to k.
public struct LeaveOneOut: Sendable {
  private let model: PoolingModel
  private let studies: DiagnosticStudies
  private let rule: WaldRule?
  private let problems: DeletionProblems

  /// The analysis of a model and its studies.
  /// - Throws: `tooFewStudies` for fewer than two studies, `invalidSpecification` with moderators.
  public init(model: PoolingModel, studies: DiagnosticStudies) throws(FitError) {
    guard studies.design == nil else {
      throw .invalidSpecification("leave-one-out results are for models without moderators")
    }
    guard studies.count > 1 else {
      throw .tooFewStudies(needed: 2, got: studies.count, what: "a leave-one-out analysis")
    }
    self.model = model.withoutIntervals
    self.studies = studies
    rule = model.ruleOfSums(studies)
    problems = DeletionProblems(yi: studies.yi, vi: studies.vi)
  }

  /// The rows of some of the studies, each without that study.
  public func rows(_ range: Range<Int>) -> [RefitRow] {
    let k = studies.count - 1
    guard let rule else {
      return range.map { study in
        (try? model.fit(studies.without(study))).map { RefitRow($0) } ?? RefitRow(notEstimable: k)
      }
    }
    guard let law = try? ReferenceLaw(degreesOfFreedom: rule.usesT && k > 1 ? Double(k - 1) : nil),
      let critical = try? law.critical(level: model.level)
    else { return range.map { _ in RefitRow(notEstimable: k) } }
    return range.map { study in
      let problem = problems.problem(without: study)
      guard let core = try? model.interceptCore(problem) else { return RefitRow(notEstimable: k) }
      return RefitRow(core.row(problem, model: model, rule: rule, law: law, critical: critical))
    }
  }
}
