import EffectSizes
import NumericCore
import Synthesis

/// Runs a grid of specifications: effect sizes are made once for each way of making them and shared by all models.
///
///     let evaluator = try SpecificationEvaluator(grid, request)
///     for outcome in evaluator.outcomes() { … evaluator.specification(outcome) … }
///
/// Each number has the bits that `evidence pool` gives for the same specification. Outcomes come in the order of variants,
/// subsets, models, whatever the number of threads.
public struct SpecificationEvaluator: Sendable {
  /// Effect sizes made in one way.
  public struct Variant: Sendable {
    /// How they were made.
    public let choice: EffectChoice
    /// The studies that have one.
    public let studies: StudySet
    /// All studies with possible values, for the methods that work on counts.
    let counted: StudySet
    /// Whether this is the first of its measure: methods for counts do not depend on corrections and run here only.
    let isFirst: Bool
  }

  /// The grid.
  public let grid: SpecificationGrid
  /// Ways of making effect sizes that differ on these data.
  public let variants: [Variant]
  /// Ways that give the very effect sizes of a variant (its place), and were left out for that.
  public let folded: [(choice: EffectChoice, variant: Int)]
  /// What is common to all specifications.
  public let request: PoolRequest

  /// Reads the data once and makes the effect sizes.
  /// - Throws: as `StudySet`: 64, 65 or 66.
  public init(_ grid: SpecificationGrid, _ request: PoolRequest) throws(EvidenceError) {
    try self.init(grid, request, table: StudyTable(request.data))
  }

  init(_ grid: SpecificationGrid, _ request: PoolRequest, table: StudyTable) throws(EvidenceError) {
    var variants = [Variant]()
    var folded = [(choice: EffectChoice, variant: Int)]()
    for choice in grid.effects {
      func studies(keeping: Bool) throws(EvidenceError) -> StudySet {
        try StudySet(
          table: table, map: request.data.map, choice.request(like: request.measure).rows(droppingDoubleZeros: false),
          keepingNotEstimable: keeping)
      }
      let set = try studies(keeping: false)
      let same = variants.firstIndex {
        $0.choice.measure == choice.measure && $0.studies.tableRows == set.tableRows && $0.studies.yi == set.yi
          && $0.studies.vi == set.vi
      }
      if let same {
        folded.append((choice, same))
      } else {
        variants.append(
          Variant(
            choice: choice, studies: set, counted: try studies(keeping: true),
            isFirst: !variants.contains { $0.choice.measure == choice.measure }))
      }
    }
    self.grid = grid
    self.variants = variants
    self.folded = folded
    self.request = request
  }

  /// The specification of an outcome.
  public func specification(_ outcome: SpecificationOutcome) -> Specification {
    Specification(effect: variants[outcome.variant].choice, model: grid.models[outcome.model])
  }

  /// Runs every specification. A subset that takes nothing away from a variant is not run a second time.
  /// - Parameter jobs: number of threads; all cores when `nil`.
  public func outcomes(jobs: Int? = nil) -> [SpecificationOutcome] {
    let ranges = Parallel.ranges(grid.subsets.count, pieces: max(grid.subsets.count / Self.subsetsAtATime, 1))
    let pieces = variants.indices.flatMap { variant in ranges.map { (variant, $0) } }
    return Parallel.map(pieces.count, jobs: jobs ?? Parallel.coreCount) { run(pieces[$0].0, pieces[$0].1) }
      .flatMap { $0 }
  }

  /// Subsets that one piece of work takes: enough that the kernels' first critical values are paid for.
  private static let subsetsAtATime = 32

  private func run(_ place: Int, _ subsets: Range<Int>) -> [SpecificationOutcome] {
    let variant = variants[place]
    let models = grid.models.indices.filter { suits(grid.models[$0], variant) }
    var fitters = models.map { SpecificationFitter(grid.models[$0], request) }
    var outcomes = [SpecificationOutcome]()
    outcomes.reserveCapacity(subsets.count * models.count)
    for subset in subsets {
      let rows = grid.subsets[subset].rows
      guard rows.isEmpty || !rows.isDisjoint(with: variant.counted.tableRows) else { continue }
      let data = SpecificationData(variant, without: rows)
      for i in models.indices {
        outcomes.append(
          SpecificationOutcome(variant: place, model: models[i], subset: subset, result: fitters[i].fit(data)))
      }
    }
    return outcomes
  }

  private func suits(_ model: ModelChoice, _ variant: Variant) -> Bool {
    guard model.method.worksOnCounts else { return true }
    return variant.isFirst && model.suits(variant.studies.measure)
      && (model.method == .glmm || variant.studies.hasCounts)
  }
}

/// The studies of one variant and subset.
private struct SpecificationData {
  let yi, vi: [Double]
  private let counted: StudySet
  private let left: Set<Int>

  init(_ variant: SpecificationEvaluator.Variant, without left: Set<Int>) {
    let studies = variant.studies
    if left.isEmpty {
      (yi, vi) = (studies.yi, studies.vi)
    } else {
      let kept = studies.tableRows.indices.filter { !left.contains(studies.tableRows[$0]) }
      (yi, vi) = (kept.map { studies.yi[$0] }, kept.map { studies.vi[$0] })
    }
    counted = variant.counted
    self.left = left
  }

  /// The studies for methods that work on counts, made when asked for.
  var counts: StudySet {
    guard !left.isEmpty else { return counted }
    return counted.selecting(counted.tableRows.indices.filter { !left.contains(counted.tableRows[$0]) })
  }
}

/// Fits one model to many sets: by the kernel of batches where it has the inference.
private struct SpecificationFitter {
  private let request: PoolRequest
  private var kernel: PoolingKernel?
  private let model: PoolingModel?

  init(_ choice: ModelChoice, _ base: PoolRequest) {
    var request = base
    choice.apply(to: &request)
    self.request = request
    var model: PoolingModel?
    if case .inverseVariance(let method) = choice.method {
      model = PoolingModel(
        method: method, inference: choice.inference, level: base.measure.level, prediction: .none,
        iSquared: base.iSquared)
    }
    self.model = model
    kernel = model.flatMap { try? PoolingKernel(model: $0) }
  }

  mutating func fit(_ data: SpecificationData) -> Result<SpecificationResult, EvidenceError> {
    do throws(EvidenceError) {
      if kernel != nil { return .success(try fitByKernel(data)) }
      let fit = if let model { try SpecificationFitter.fit(model, data) } else { try Pooler(request).fit(data.counts) }
      guard let result = SpecificationResult(fit) else {
        return .failure(EvidenceError(.notEstimable, "the model has no pooled estimate"))
      }
      return .success(result)
    } catch { return .failure(error) }
  }

  private mutating func fitByKernel(_ data: SpecificationData) throws(EvidenceError) -> SpecificationResult {
    do throws(FitError) {
      guard let row = try kernel?.fit(yi: data.yi.span, vi: data.vi.span) else { throw FitError.noStudies }
      return SpecificationResult(row)
    } catch { throw EvidenceError(error) }
  }

  private static func fit(_ model: PoolingModel, _ data: SpecificationData) throws(EvidenceError) -> Fit {
    do { return try model.fit(yi: data.yi, vi: data.vi) } catch { throw EvidenceError(error) }
  }
}
