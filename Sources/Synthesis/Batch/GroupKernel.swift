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
  private var bySize: [[Int]] = []

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
    var failed: [(set: Int, error: FitError)] = []
    var rest: [Int] = []
    sort(sets, columns, &rest, &failed)
    if let plan {
      var solver = LaneSolver(plan)
      for list in bySize where !list.isEmpty {
        solver.solve(list, columns) { set, solution in
          guard let solution, (try? row.store(solution, k: columns[set].yi.count, at: first + set, in: results)) != nil
          else {
            rest.append(set)
            return
          }
        }
      }
    }
    for set in rest {
      let (y, v) = columns[set]
      problem.studies.load(yi: y, vi: v)
      do throws(FitError) {
        try row.store(SetSolution(try model.interceptCore(problem)), k: y.count, at: first + set, in: results)
      } catch { failed.append((set, error)) }
    }
    return failed
  }

  /// Puts short sets that can be solved into lists by size, others into `rest`.
  private mutating func sort(
    _ sets: [Int], _ columns: SetColumns, _ rest: inout [Int], _ failed: inout [(set: Int, error: FitError)]
  ) {
    if bySize.isEmpty { bySize = [[Int]](repeating: [], count: (longestShortSet + 1) / 4 + 1) }
    for size in bySize.indices { bySize[size].removeAll(keepingCapacity: true) }
    for set in sets {
      let (y, v) = columns[set]
      do throws(FitError) { try PackedStudies.validate(yi: y, vi: v) } catch {
        failed.append((set, error))
        continue
      }
      if plan != nil, y.count > 1, y.count - 1 <= longestShortSet {
        bySize[y.count / 4].append(set)
      } else {
        rest.append(set)
      }
    }
  }
}
