/// Pools many sets with one specification: no allocation per set, the bits of `PoolingModel.fit`.
///
/// Short sets are solved several side by side, longer ones and those that need a closer look by themselves. Keeps its
/// workspace between calls; give each thread its own. Intercept-only, without user weights, with the inferences normal, t,
/// Hartung–Knapp and Hartung–Knapp ad hoc, and every prediction interval that follows from τ² and the standard error.
public struct GroupKernel: Sendable {
  private let model: PoolingModel
  private var row: GroupRow
  /// How short sets are solved side by side; `nil` when the estimator does not go so.
  private let plan: LanePlan?
  private var problem = PoolingProblem()
  /// Sets that are solved side by side, those of size k in list k.
  private var bySize: [[Int]] = []

  /// Threads that a long set may be divided over: 1 unless set. No bit depends on it.
  public var threads: Int {
    get { problem.studies.threads }
    set { problem.studies.threads = newValue }
  }

  /// A kernel for a specification; `nil` for one that needs more than the kernel has.
  /// - Throws: `invalidSpecification` or `domain` for a specification that contradicts itself.
  public init?(_ model: PoolingModel) throws(FitError) {
    try model.validate()
    guard let row = try GroupRow(model), model.method.tauSquared?.needsWeights != true else { return nil }
    self.model = model
    self.row = row
    plan = LanePlan(model)
  }

  /// Pools some sets.
  ///
  /// - Parameters:
  ///   - sets: which, each with at least one study.
  ///   - yi: estimates of all sets.
  ///   - vi: sampling variances.
  ///   - starts: where each set begins in them, and where the last ends.
  ///   - results: columns for the results of set i at `first + i`.
  ///   - first: place of set 0 in the results.
  /// - Returns: the sets that failed, in any order; nothing is stored for them.
  public mutating func fit(
    _ sets: [Int], yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>,
    starts: UnsafeBufferPointer<Int>, into results: GroupResults, first: Int
  ) -> [(set: Int, error: FitError)] {
    let columns = SetColumns(yi: yi, vi: vi, starts: starts)
    var rest = sort(sets, columns)
    if let plan {
      var solver = LaneSolver(plan)
      for size in bySize.indices {
        bySize[size].withUnsafeBufferPointer { list in
          for start in stride(from: 0, to: list.count, by: LaneBlock.width) {
            let block = UnsafeBufferPointer(rebasing: list[start..<min(start + LaneBlock.width, list.count)])
            let solved = solver.solve(block, columns)
            store(solved, block, size: size, columns, results, first: first, &rest)
          }
        }
      }
    }
    var failed: [(set: Int, error: FitError)] = []
    for set in rest {
      do throws(FitError) { try fit(set, columns, results, first: first) } catch { failed.append((set, error)) }
    }
    return failed
  }

  /// Fits one set by itself.
  private mutating func fit(_ set: Int, _ columns: SetColumns, _ results: GroupResults, first: Int) throws(FitError) {
    let (y, v) = columns[set]
    try problem.studies.borrow(checking: y, vi: v)
    defer { problem.studies.letGo() }
    let solution = SetSolution(try model.interceptCore(problem))
    results.store(try row.numbers(solution, k: y.count, wanted: results), k: y.count, at: first + set)
  }

  /// Stores what a block of sets came to, all of one size or, in the list of size 0, of any; sets that must be fitted by themselves
  /// go into `rest`.
  @inline(__always)
  private mutating func store(
    _ solved: SolvedBlock, _ sets: UnsafeBufferPointer<Int>, size: Int, _ columns: SetColumns, _ results: GroupResults,
    first: Int, _ rest: inout [Int]
  ) {
    if size > 0, let rows = try? row.numbers(solved.solution, k: size, wanted: results) {
      if sets.indices.allSatisfy({ sets[$0] == sets[0] + $0 }), !any(solved.isOdd) {
        results.store(rows, k: size, from: first + sets[0])
        return
      }
      for (lane, set) in sets.enumerated() {
        if solved.isOdd[lane] { rest.append(set) } else { results.store(rows[lane], k: size, at: first + set) }
      }
      return
    }
    for (lane, set) in sets.enumerated() {
      let k = columns.count(set)
      if !solved.isOdd[lane], let own = try? row.numbers(solved.solution[lane], k: k, wanted: results) {
        results.store(own, k: k, at: first + set)
      } else {
        rest.append(set)
      }
    }
  }

  /// Puts short sets that can be solved side by side into lists by size; the others are given back. What does not fill the
  /// lanes goes with sets of other sizes, into the list of size 0.
  private mutating func sort(_ sets: [Int], _ columns: SetColumns) -> [Int] {
    guard plan != nil else { return sets }
    if bySize.isEmpty { bySize = [[Int]](repeating: [], count: longestShortSet + 2) }
    for size in bySize.indices { bySize[size].removeAll(keepingCapacity: true) }
    var rest: [Int] = []
    for set in sets {
      let k = columns.count(set)
      if k > 1, k < bySize.count { bySize[k].append(set) } else { rest.append(set) }
    }
    for size in bySize.indices.dropFirst() {
      while bySize[size].count % LaneBlock.width != 0, let last = bySize[size].popLast() { bySize[0].append(last) }
    }
    return rest
  }
}
