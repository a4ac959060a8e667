public import EffectSizes
import NumericCore
public import Synthesis

/// Many analyses over columns in memory: groups of rows in, result columns out.
///
///     var request = PoolRequest(data: DataRequest(input: ""))
///     request.method = .inverseVariance(.random(.reml))
///     request.inference = .hartungKnapp
///     let batch = try ColumnBatch(request, roles: [.yi, .vi])
///     let problems = try batch.run(GroupedColumns(offsets: offsets, columns: [yi, vi]), into: results, jobs: 2)
///
/// `evidence batch` runs on it. Any measure and any pooling method of single analyses; a group gets the bits that
/// `PoolAnalysis` gives it alone, for any number of threads. A group that cannot be analysed gets a status and the run goes on.
public struct ColumnBatch: Sendable {
  /// Groups that a thread takes at a time: enough to make its overhead vanish, few enough to share the work evenly.
  static let chunkSize = 512

  /// Roles of the columns, in the order in which they are given.
  public let roles: [Role]
  /// Fits groups; every thread works with a copy.
  let fitter: GroupFitter

  /// A batch of one specification.
  ///
  /// - Parameters:
  ///   - request: measure (GEN when it has none), method, inference, level and prediction; its data are not read. Prediction intervals
  ///     are made unless `prediction` is `.none`.
  ///   - roles: what each column is.
  /// - Throws: 64 for an unknown measure, roles that do not suffice for it, or options that contradict each other or that only
  ///   single analyses have (moderators, subgroups, permutation, weights).
  public init(_ request: PoolRequest, roles: [Role]) throws(EvidenceError) {
    if let option = request.unavailableInBatches {
      throw EvidenceError(
        .usage, "\(option) is not available in batch", hint: "use evidence pool for a single analysis")
    }
    let code = request.measure.code ?? "GEN"
    guard let measure = Measure.named(code) else {
      throw EvidenceError(
        .usage, "--measure \(code) must be known", hint: "`evidence effects --list` names all measures")
    }
    guard measure.forms.contains(where: { Set($0.roles).isSubset(of: roles) }) else {
      let forms = measure.forms.map { $0.roles.map(\.rawValue).joined(separator: " ") }.joined(separator: ", or ")
      throw EvidenceError(.usage, "\(measure.code) needs columns for \(forms)")
    }
    guard Set(roles).count == roles.count else { throw EvidenceError(.usage, "a role is given twice") }
    self.roles = roles
    fitter = try GroupFitter(request, measure: measure, roles: roles)
  }

  /// Analyses every group.
  ///
  /// - Parameters:
  ///   - groups: offsets and a column for each role.
  ///   - results: columns with room for every group.
  ///   - jobs: number of threads, of which there are at most as many as cores; all cores when `nil`. No bit depends on it.
  /// - Returns: the groups that failed, in order, each with the reason.
  /// - Throws: 64 when offsets, columns and results do not go together.
  @discardableResult
  public func run(
    _ groups: GroupedColumns, into results: GroupResults, jobs: Int?
  ) throws(EvidenceError) -> [GroupProblem] {
    try groups.validate(roles: roles.count)
    guard results.holds(groups.count) else {
      throw EvidenceError(.usage, "a result column is shorter than the \(groups.count) groups")
    }
    let chunks = Parallel.ranges(groups.count, pieces: (groups.count + Self.chunkSize - 1) / Self.chunkSize)
    let threads = max(jobs ?? Parallel.coreCount, 1)
    return Parallel.map(chunks.count, jobs: threads) { index in
      var own = fitter
      // Where groups are too few to go around, each goes to all threads.
      if chunks.count == 1 { own.useThreads(threads) }
      return own.fit(groups, chunks[index], chunks[index], into: results)
    }.flatMap { $0 }
  }
}

extension PoolRequest {
  /// An option of single analyses that a batch does not have.
  var unavailableInBatches: String? {
    if moderators != nil { return "--mods" }
    if subgroupColumn != nil { return "--subgroup" }
    if permutation != nil { return "--permute" }
    if threshold != nil { return "--threshold" }
    if commonTauSquared { return "--common-tau2" }
    if weightsColumn != nil { return "--weights" }
    if tauSquaredInterval != nil { return "--tau2-ci" }
    if data.condition != nil { return "--where" }
    if data.studyColumn != nil { return "--study" }
    return nil
  }
}
