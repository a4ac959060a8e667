import EffectSizes
import Synthesis

/// Estimates and variances of the usable rows of some groups, computed together where rows do not depend on each other.
struct GroupEffects: Sendable {
  /// A row that spoils its group.
  struct Fault: Sendable {
    var row: Int
    var message: String
  }

  private let measure: Measure
  private let options: EffectOptions
  private let roles: [Role]
  private let areGiven: Bool
  private let keepsNotEstimable: Bool

  private var first = 0
  private var yi: [Double] = []
  private var vi: [Double] = []
  /// The caller's columns and offsets, where nothing has to be changed in them.
  private var direct: Direct?
  /// Where each group's studies begin in `yi`, and where the last end.
  private var starts: [Int] = []
  private var faults: [Int: Fault] = [:]
  /// The raw columns, of count methods only.
  private var raw: [(columns: StudyColumns, start: Int)] = []

  private struct Direct: @unchecked Sendable {
    let yi, vi: UnsafeBufferPointer<Double>
  }

  init(_ request: PoolRequest, measure: Measure, roles: [Role]) throws(EvidenceError) {
    self.measure = measure
    self.roles = roles
    options = try EffectOptions(request.rowMeasure)
    areGiven = measure.family == .given && roles == [.yi, .vi]
    keepsNotEstimable = request.method.worksOnCounts
    // Options that the measure does not know are refused now, not group by group.
    var columns = StudyColumns(count: 0)
    for role in roles { columns[role] = [] }
    do { _ = try measure.estimate(columns, options) } catch {
      throw EvidenceError(.usage, error.description, hint: "evidence effects --describe \(measure.code)")
    }
  }

  /// Whether estimates and variances are the caller's columns as they stand.
  var areAsGiven: Bool { areGiven && !options.flip }

  /// What is wrong with a group's rows.
  func fault(_ group: Int) -> Fault? { faults.isEmpty ? nil : faults[group - first] }

  /// The places of a group's studies in the columns.
  func rows(_ group: Int) -> Range<Int> { starts[group - first]..<starts[group - first + 1] }

  /// Estimates and variances, and where each group's begin.
  func withColumns<Result>(
    _ body: (UnsafeBufferPointer<Double>, UnsafeBufferPointer<Double>, UnsafeBufferPointer<Int>) -> Result
  ) -> Result {
    starts.withUnsafeBufferPointer { starts in
      if let direct { return body(direct.yi, direct.vi, starts) }
      return yi.withUnsafeBufferPointer { y in vi.withUnsafeBufferPointer { v in body(y, v, starts) } }
    }
  }

  /// Takes the rows of some groups.
  mutating func load(_ groups: GroupedColumns, _ range: Range<Int>) {
    first = range.lowerBound
    yi.removeAll(keepingCapacity: true)
    vi.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    faults.removeAll(keepingCapacity: true)
    raw.removeAll(keepingCapacity: true)
    direct = nil
    if areGiven {
      if !areAsGiven || !takeDirectly(groups, range) { copyGiven(groups, range) }
    } else if options.isRowwise {
      compute(groups, range)
    } else {
      for group in range {
        if group > range.lowerBound { starts.removeLast() }
        compute(groups, group..<(group + 1))
      }
    }
  }

  /// Uses the caller's columns if no value is missing and no variance negative.
  private mutating func takeDirectly(_ groups: GroupedColumns, _ range: Range<Int>) -> Bool {
    let (y, v) = (groups.columns[0], groups.columns[1])
    var missing = 0
    for row in groups.rows(range) { missing |= (y[row] == y[row] ? 0 : 1) | (v[row] >= 0 ? 0 : 1) }
    guard missing == 0 else { return false }
    direct = Direct(yi: y, vi: v)
    starts.append(contentsOf: groups.offsets[range.lowerBound...range.upperBound])
    return true
  }

  /// Copies estimates and variances as they stand; rows that lack one are left out.
  private mutating func copyGiven(_ groups: GroupedColumns, _ range: Range<Int>) {
    for group in range {
      starts.append(yi.count)
      for row in groups.rows(group) {
        let (y, v) = (groups.columns[0][row], groups.columns[1][row])
        if v < 0 { note(group, row, "vi = \(v.shortText), expected a variance of 0 or more") }
        if y.isNaN || v.isNaN { continue }
        yi.append(options.flip ? -y : y)
        vi.append(v)
      }
    }
    starts.append(yi.count)
  }

  private mutating func note(_ group: Int, _ row: Int, _ message: String) {
    if faults[group - first] == nil { faults[group - first] = Fault(row: row, message: message) }
  }

  /// Effect sizes of the rows of some groups, those without one left out.
  private mutating func compute(_ groups: GroupedColumns, _ range: Range<Int>) {
    let rows = groups.rows(range)
    var columns = StudyColumns(count: rows.count)
    for (index, role) in roles.enumerated() { columns[role] = Array(groups.columns[index][rows]) }
    // The options were tried in `init`; a measure refuses nothing else.
    guard let effects = try? measure.estimate(columns, options) else { return }
    var kept: [Int] = []
    var problem = 0
    for group in range {
      starts.append(yi.count)
      for row in groups.rows(group) {
        let index = row - rows.lowerBound
        if problem < effects.problems.count, effects.problems[problem].index == index {
          let kind = effects.problems[problem].kind
          problem += 1
          if case .impossible(let role, let value, let expected) = kind {
            note(group, row, "\(role.rawValue) = \(value.shortText), expected \(expected)")
          }
          guard keepsNotEstimable, case .notEstimable = kind else { continue }
        }
        yi.append(effects.yi[index])
        vi.append(effects.vi[index])
        if keepsNotEstimable { kept.append(index) }
      }
    }
    if keepsNotEstimable { raw.append((columns.selecting(kept), yi.count - kept.count)) }
    starts.append(yi.count)
  }

  /// The raw columns of a group's studies, for count methods.
  func columns(_ rows: Range<Int>) -> StudyColumns {
    guard let piece = raw.last(where: { $0.start <= rows.lowerBound }) else { return StudyColumns(count: 0) }
    return piece.columns.selecting(Array((rows.lowerBound - piece.start)..<(rows.upperBound - piece.start)))
  }

  /// Estimates and variances of a group.
  func effects(_ rows: Range<Int>) -> EffectColumns {
    withColumns { y, v, _ in EffectColumns(yi: Array(y[rows]), vi: Array(v[rows])) }
  }
}
