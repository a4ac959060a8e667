import EffectSizes
public import Synthesis

/// All defensible analyses of the same data: the specification curve, how many agree, and which choice matters.
///
/// Source: Voracek, Kossmeier and Tran (2019), Zeitschrift für Psychologie 227, 64–82; Steegen, Tuerlinckx, Gelman and
/// Vanpaemel (2016), Perspectives on Psychological Science 11, 702–712.
public struct Multiverse: Sendable {
  /// One analysis and what it gives.
  public struct Row: Sendable {
    /// The analysis.
    public let specification: Specification
    /// What is left out; `none` for nothing.
    public let excluded: String
    /// The numbers, on the measure's analysis scale.
    public let result: SpecificationResult
    /// Place among the evaluator's variants, and the level of each choice, in the order of `MultiverseChoice.Kind`.
    let variant: Int
    let levels: [Int]
  }

  /// What was asked.
  public let request: MultiverseRequest
  /// The studies by the measure that the question is asked on.
  public let studies: StudySet
  /// The analyses by rising estimate; measure by measure where their scales differ.
  public let rows: [Row]
  /// The choices that have more than one level, the one that matters most first.
  public let choices: [MultiverseChoice]
  /// Reasons why analyses could not be run, with how many.
  public let failures: [(reason: String, count: Int)]
  /// Place in `rows` of the analysis that `evidence pool` runs by default, where it is among them.
  public let reference: Int?
  let evaluator: SpecificationEvaluator
  let displays: [Display]
  /// Whether the measures share one scale, so that their estimates can be put in one row.
  let hasOneScale: Bool

  /// Runs a request.
  /// - Throws: 64, 65 or 66; 69 when no analysis can be run.
  public init(_ request: MultiverseRequest) throws(EvidenceError) {
    let table = try StudyTable(request.pool.data)
    let studies = try StudySet(
      table: table, map: request.pool.data.map, request.pool.measure, keepingNotEstimable: false)
    try TrialFamilies.check(studies)
    guard studies.count > 0 else { throw EvidenceError(.noStudies) }
    let evaluator = try SpecificationEvaluator(try request.grid(studies), request.pool, table: table)
    let outcomes = evaluator.outcomes(jobs: request.jobs)
    let levels = MultiverseLevels(evaluator)
    var rows = [Row]()
    var failures: [String: Int] = [:]
    for outcome in outcomes {
      switch outcome.result {
      case .failure(let error): failures[error.message, default: 0] += 1
      case .success(let result):
        rows.append(
          Row(
            specification: evaluator.specification(outcome), excluded: evaluator.grid.subsets[outcome.subset].name,
            result: result, variant: outcome.variant, levels: levels.levels(outcome)))
      }
    }
    guard !rows.isEmpty else {
      throw EvidenceError(
        .notEstimable, "none of the \(outcomes.count) analyses could be run",
        hint: failures.keys.sorted().first ?? "look at the excluded rows, or relax --where")
    }
    self.request = request
    self.studies = studies
    self.evaluator = evaluator
    displays = evaluator.variants.map { Display($0.studies) }
    let scales = evaluator.variants.map(\.studies.measure.scale)
    hasOneScale = scales.allSatisfy { $0 == scales[0] }
    self.rows = Multiverse.sorted(rows, byMeasure: !hasOneScale)
    self.failures = failures.map { ($0.key, $0.value) }.sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
    reference = self.rows.firstIndex {
      $0.variant == 0 && $0.excluded == StudySubset.all.name
        && $0.specification.model == ModelChoice(method: .inverseVariance(.random(.reml)))
    }
    choices = MultiverseChoice.all(
      self.rows, levels, hasOneScale: hasOneScale, hasNull: studies.measure.hasNullEffect)
  }

  /// By measure where scales differ, by estimate, and for equal estimates in the order in which they were run.
  private static func sorted(_ rows: [Row], byMeasure: Bool) -> [Row] {
    let keys = rows.map { byMeasure ? $0.levels[MultiverseChoice.Kind.measure.rawValue] : 0 }
    return rows.indices.sorted { a, b in
      (keys[a], rows[a].result.estimate, a) < (keys[b], rows[b].result.estimate, b)
    }.map { rows[$0] }
  }

  /// How many analyses have an estimate above 0, and an interval that excludes it on either side.
  public var counts: (positive: Int, significantlyPositive: Int, significantlyNegative: Int) {
    var counts = (positive: 0, significantlyPositive: 0, significantlyNegative: 0)
    for row in rows {
      if row.result.estimate > 0 { counts.positive += 1 }
      if row.result.lower > 0 { counts.significantlyPositive += 1 }
      if row.result.upper < 0 { counts.significantlyNegative += 1 }
    }
    return counts
  }

  /// What a careful reader should know.
  public var warnings: [String] {
    var warnings = studies.warnings
    if request.leaveOneOut == nil, studies.count > MultiverseRequest.mostStudiesOneByOne {
      warnings.append("\(studies.count) studies were not left out one by one; ask with --leave-one-out")
    }
    if !hasOneScale {
      warnings.append("the measures have different scales: estimates are sorted measure by measure")
    }
    return warnings
  }

  /// Where the numbers come from.
  var provenance: Provenance { Provenance(command: request.pool.command, studies: studies) }
}
