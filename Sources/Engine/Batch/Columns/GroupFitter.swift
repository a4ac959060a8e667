import EffectSizes
import Synthesis

/// Fits groups one after another; each thread has its own.
struct GroupFitter: Sendable {
  private let pooler: Pooler
  private let measure: Measure
  private let model: PoolingModel?
  private var kernel: GroupKernel?
  private var usable: [Int] = []
  private var effects: GroupEffects
  private var problems: [GroupProblem] = []

  init(_ request: PoolRequest, measure: Measure, roles: [Role]) throws(EvidenceError) {
    pooler = try Pooler(request)
    self.measure = measure
    effects = try GroupEffects(request, measure: measure, roles: roles)
    guard case .inverseVariance(let method) = request.method else {
      model = nil
      return
    }
    let model = pooler.model(method)
    self.model = model
    kernel = try? GroupKernel(model)
  }

  /// Threads that a long group may be divided over; no bit depends on it.
  mutating func useThreads(_ threads: Int) {
    kernel?.threads = threads
  }

  /// Fits some groups of a range, stores their results, and gives back what went wrong, in order.
  mutating func fit(
    _ groups: GroupedColumns, _ range: Range<Int>, _ wanted: some Sequence<Int>, into results: GroupResults
  ) -> [GroupProblem] {
    problems.removeAll(keepingCapacity: true)
    if groups.rows(range).count >= Self.longGroup * range.count {
      let others = wanted.filter { !fitAsItStands(groups, $0, results) }
      return others.isEmpty ? [] : fitAll(groups, range, others, results)
    }
    return fitAll(groups, range, wanted, results)
  }

  /// From so many rows on a group is fitted by itself.
  private static let longGroup = 4096

  /// Fits a group on the caller's columns; false if it cannot be so, or a value is missing or impossible.
  private mutating func fitAsItStands(_ groups: GroupedColumns, _ group: Int, _ results: GroupResults) -> Bool {
    guard effects.areAsGiven, !groups.rows(group).isEmpty else { return false }
    return kernel?.fit(
      [group], yi: groups.columns[0], vi: groups.columns[1], starts: groups.offsets, into: results, first: 0
    ).isEmpty ?? false
  }

  private mutating func fitAll(
    _ groups: GroupedColumns, _ range: Range<Int>, _ wanted: some Sequence<Int>, _ results: GroupResults
  ) -> [GroupProblem] {
    effects.load(groups, range)
    if model == nil { fitCounts(wanted, results) } else { fitEffects(wanted, first: range.lowerBound, results) }
    return problems
  }

  private mutating func fail(
    _ group: Int, _ status: GroupStatus, row: Int? = nil, _ message: String, _ results: GroupResults
  ) {
    results.fail(group, status)
    problems.append(GroupProblem(group: group, status: status, row: row, message: message))
  }

  /// What `GroupEffects` found wrong with a group's rows; true if nothing.
  private mutating func hasUsableRows(_ group: Int, _ results: GroupResults) -> Bool {
    if let fault = effects.fault(group) {
      fail(group, .badValue, row: fault.row, fault.message, results)
      return false
    }
    if effects.rows(group).isEmpty {
      fail(group, .noUsableRows, "", results)
      return false
    }
    return true
  }

  private mutating func fail(_ group: Int, _ error: FitError, _ results: GroupResults) {
    let message =
      switch error {
      case .noStudies: ""
      case .notConverged(let what, _, _): what
      default: EvidenceError(error).message
      }
    fail(group, GroupStatus(error), message, results)
  }

  private mutating func fitEffects(_ wanted: some Sequence<Int>, first: Int, _ results: GroupResults) {
    usable.removeAll(keepingCapacity: true)
    for group in wanted where hasUsableRows(group, results) { usable.append(group - first) }
    if var kernel {
      self.kernel = nil
      let failed = effects.withColumns { y, v, starts in
        kernel.fit(usable, yi: y, vi: v, starts: starts, into: results, first: first)
      }
      self.kernel = kernel
      for (set, error) in failed { fail(first + set, error, results) }
      if !failed.isEmpty { problems.sort { $0.group < $1.group } }
    } else if let model {
      for set in usable { fit(first + set, model, results) }
    }
  }

  private mutating func fit(_ group: Int, _ model: PoolingModel, _ results: GroupResults) {
    let own = effects.effects(effects.rows(group))
    do throws(FitError) { results.store(try model.fit(yi: own.yi, vi: own.vi), at: group) } catch {
      fail(group, error, results)
    }
  }

  private mutating func fitCounts(_ wanted: some Sequence<Int>, _ results: GroupResults) {
    for group in wanted where hasUsableRows(group, results) {
      let rows = effects.rows(group)
      do throws(FitError) {
        let data = CountStudies(measure: measure, columns: effects.columns(rows), rows: effects.effects(rows))
        results.store(try pooler.fitCounts(data), at: group)
      } catch { fail(group, error, results) }
    }
  }
}
