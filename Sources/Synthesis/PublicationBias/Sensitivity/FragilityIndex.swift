/// Fragility index of a pool of 2×2 tables: the fewest changes of a participant's outcome that turn its conclusion.
///
/// One at a time, an outcome is changed in the trial and group where that brings the interval's limit nearest to (or, for a
/// pool that is not significant, farthest towards the other side of) no effect, until the interval no longer excludes, or
/// comes to exclude, 0. A pool that is not significant is tried in both directions and the shorter taken. The search is greedy, as
/// published: no step is taken back. Source: Atal, Porcher, Boutron and Ravaud (2019), Journal of Clinical Epidemiology 111,
/// 32–40.
public struct FragilityIndex: Sendable {
  /// A participant whose outcome is changed.
  public struct Change: Sendable, Equatable {
    /// Index of the trial, its group (1 or 2), and whether an event was added or taken away.
    public let study, group: Int
    /// Whether a non-event became an event.
    public let addsEvent: Bool
  }

  /// Whether the interval excluded 0 at first.
  public let wasSignificant: Bool
  /// The changes in order; their number is the index.
  public let changes: [Change]
  /// The pool after them.
  public let estimate: Estimate

  /// Number of changes.
  public var count: Int { changes.count }

  private static let limit = 10_000

  /// The index of a pool.
  /// - Parameters:
  ///   - table: the raw counts.
  ///   - model: how effects are pooled.
  ///   - effects: estimates and variances of changed tables, on a scale where 0 is no effect.
  /// - Throws: what the first pool throws; `notEstimable` when no changes turn the conclusion.
  public init(
    _ table: TwoByTwoColumns, model: PoolingModel,
    effects: @escaping (TwoByTwoColumns) -> (yi: [Double], vi: [Double])?
  ) throws(FitError) {
    guard let start = effects(table) else { throw .noStudies }
    let interval = try model.fit(yi: start.yi, vi: start.vi).coefficients[0].interval
    wasSignificant = interval.lower > 0 || interval.upper < 0
    let directions: [Double] = wasSignificant ? [interval.lower > 0 ? -1 : 1] : [1, -1]
    var best: (changes: [Change], estimate: Estimate)?
    for direction in directions {
      var search = FragilitySearch(
        table: table, model: model, effects: effects, towards: direction, wasSignificant: wasSignificant)
      if let found = search.run(atMost: best.map { $0.changes.count - 1 } ?? FragilityIndex.limit) { best = found }
    }
    guard let best else {
      throw .notEstimable(
        what: "the fragility index", hint: "no change of outcomes turns the conclusion of this model")
    }
    (changes, estimate) = (best.changes, best.estimate)
  }
}

/// The greedy search in one direction.
private struct FragilitySearch {
  var table: TwoByTwoColumns
  let model: PoolingModel
  let effects: (TwoByTwoColumns) -> (yi: [Double], vi: [Double])?
  /// Whether the effect is moved up (1) or down (−1).
  let towards: Double
  let wasSignificant: Bool

  mutating func run(atMost limit: Int) -> (changes: [FragilityIndex.Change], estimate: Estimate)? {
    var changes = [FragilityIndex.Change]()
    while changes.count < limit {
      guard let (change, estimate) = bestChange() else { return nil }
      table = table.applying(change)
      changes.append(change)
      if isDone(estimate) { return (changes, estimate) }
    }
    return nil
  }

  private func isDone(_ estimate: Estimate) -> Bool {
    // A significant pool is moved until its far limit passes 0, another until its near limit does.
    limit(estimate) > 0
  }

  /// The limit that decides, turned so that it rises with every change.
  private func limit(_ estimate: Estimate) -> Double {
    let movesUp = towards > 0
    let value = (movesUp == wasSignificant) ? estimate.interval.upper : estimate.interval.lower
    return towards * value
  }

  /// The single change that raises the limit most: an event more in the group whose events raise the effect, or one less
  /// in the other.
  private func bestChange() -> (FragilityIndex.Change, Estimate)? {
    var best: (FragilityIndex.Change, Estimate)?
    for study in 0..<table.a.count {
      for group in 1...2 {
        let change = FragilityIndex.Change(study: study, group: group, addsEvent: (group == 1) == (towards > 0))
        guard table.allows(change), let estimate = pooled(table.applying(change)) else { continue }
        if limit(estimate) > (best.map { limit($0.1) } ?? -.infinity) { best = (change, estimate) }
      }
    }
    return best
  }

  private func pooled(_ table: TwoByTwoColumns) -> Estimate? {
    guard let (yi, vi) = effects(table) else { return nil }
    return (try? model.fit(yi: yi, vi: vi))?.coefficients[0]
  }
}

extension TwoByTwoColumns {
  /// Whether there is a participant whose outcome can be changed so.
  fileprivate func allows(_ change: FragilityIndex.Change) -> Bool {
    let i = change.study
    let from = change.group == 1 ? (change.addsEvent ? b[i] : a[i]) : (change.addsEvent ? d[i] : c[i])
    return from >= 1
  }

  /// The tables with one outcome changed.
  fileprivate func applying(_ change: FragilityIndex.Change) -> TwoByTwoColumns {
    var (a, b, c, d) = (a, b, c, d)
    let step: Double = change.addsEvent ? 1 : -1
    if change.group == 1 {
      a[change.study] += step
      b[change.study] -= step
    } else {
      c[change.study] += step
      d[change.study] -= step
    }
    return TwoByTwoColumns(a: a, b: b, c: c, d: d)
  }
}
