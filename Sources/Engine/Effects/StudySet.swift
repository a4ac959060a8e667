import Datasets
public import EffectSizes
import TableIO

/// A row that is not in the analysis, and why.
public struct ExcludedRow: Sendable, Equatable {
  /// Data row from 1.
  public let row: Int
  /// Label of the study.
  public let study: String
  /// Why it was left out.
  public let reason: String
}

/// The studies of an analysis: effect sizes of the usable rows, with the way back to the table for everything else.
public struct StudySet: Sendable {
  /// The measure they are on.
  public let measure: Measure
  /// The measure's code as the user gave it, which may be an alias.
  public let measureCode: String
  /// Options the effect sizes were computed with.
  public let options: EffectOptions
  /// Estimates and sampling variances, on the measure's scale.
  public internal(set) var yi: [Double]
  /// Sampling variances.
  public internal(set) var vi: [Double]
  /// Row of the table (from 0) that each study is.
  public internal(set) var tableRows: [Int]
  /// The rows left out.
  public internal(set) var excluded: [ExcludedRow]
  /// Warnings of the reader and of the effect sizes.
  public internal(set) var warnings: [String]
  /// The raw columns of the studies.
  public internal(set) var columns: StudyColumns
  /// The positions, among the rows read, of those that have no effect size though their values are possible, and their raw
  /// columns.
  let notEstimable: [Int]
  let notEstimableColumns: StudyColumns
  /// Which column plays which role, for `--explain`.
  let binding: ColumnBinding
  let source: StudyTable

  /// Label of each study.
  public var labels: StudyLabels { StudyLabels(source.labels, rows: tableRows) }

  /// Number of studies.
  public var count: Int { yi.count }

  /// Number of rows that were read.
  public var rowsRead: Int { source.table.rowCount }

  /// Reads the data, binds the columns and computes the effect sizes.
  ///
  /// - Throws: 66 unreadable, 65 bad data with its place, 64 for options that make no sense.
  ///
  /// With `keepingNotEstimable`, rows whose values are possible but give no effect size stay in, yi and vi being `NaN`:
  /// the count methods use their counts all the same.
  public init(
    _ data: DataRequest, _ request: MeasureRequest, keepingNotEstimable: Bool = false
  ) throws(EvidenceError) {
    try self.init(table: StudyTable(data), map: data.map, request, keepingNotEstimable: keepingNotEstimable)
  }

  init(
    table source: StudyTable, map: [Role: String], _ request: MeasureRequest, keepingNotEstimable: Bool
  ) throws(EvidenceError) {
    let map = StudySet.mapWithDefaults(map, source)
    let measure = try StudySet.measure(request.code, source, map)
    let file = source.document.name
    let binding = try ColumnBinding.find(
      forms: measure.forms.map(\.roles), others: measure.forms.flatMap { $0.roles + $0.optional }, map: map,
      in: source.table, measure: measure.code, file: file)
    var columns = StudyColumns(count: source.rows.count)
    for (role, column) in binding.columns.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      columns[role] = try StudySet.numbers(source, column, rows: source.rows)
    }
    let options = try EffectOptions(request)
    let effects: EffectColumns
    do { effects = try measure.estimate(columns, options) } catch {
      throw EvidenceError(.usage, error.description, hint: "evidence effects --describe \(measure.code)")
    }
    let (excluded, dropped) = try StudySet.exclusions(effects, source, binding, keepingNotEstimable)
    let isWhole = dropped.isEmpty
    let kept = isWhole ? [] : source.rows.indices.filter { !dropped.contains($0) }
    let positions = effects.problems.filter { $0.isNotEstimable && dropped.contains($0.index) }.map(\.index)
    self.measure = measure
    measureCode = (request.code ?? measure.code).uppercased()
    self.options = options
    self.binding = binding
    self.source = source
    self.excluded = excluded
    // Without exclusions the columns are shared, not copied.
    self.columns = isWhole ? columns : columns.selecting(kept)
    notEstimable = positions
    notEstimableColumns = columns.selecting(positions)
    yi = isWhole ? effects.yi : kept.map { effects.yi[$0] }
    vi = isWhole ? effects.vi : kept.map { effects.vi[$0] }
    tableRows = isWhole ? source.rows : kept.map { source.rows[$0] }
    warnings = source.warnings + effects.notes
  }

  /// The user's map, completed by the data set's own where this is a built-in one.
  private static func mapWithDefaults(_ map: [Role: String], _ source: StudyTable) -> [Role: String] {
    var result = map
    for (word, column) in source.document.dataset?.map ?? [:] {
      if let role = Role(rawValue: word), result[role] == nil { result[role] = column }
    }
    return result
  }

  private static func measure(
    _ code: String?, _ source: StudyTable, _ map: [Role: String]
  ) throws(EvidenceError) -> Measure {
    let wanted = code ?? source.usualMeasure
    if let wanted {
      if let measure = Measure.named(wanted) { return measure }
      throw EvidenceError(
        .usage, "--measure \(wanted) is not a known measure", hint: "`evidence effects --list` names them all")
    }
    let generic = try? ColumnBinding.find(
      forms: [[.yi, .vi], [.yi, .sei]], others: [], map: map, in: source.table, measure: "GEN",
      file: source.document.name)
    if generic != nil, let measure = Measure.named("GEN") { return measure }
    throw EvidenceError(
      .usage, "no --measure was given and the file has no columns yi and vi (or sei)",
      hint: "say which effect size, such as --measure RR; `evidence effects --list` names them all")
  }

  /// The numbers of a column in the rows in use.
  static func numbers(_ source: StudyTable, _ column: Int, rows: [Int]) throws(EvidenceError) -> [Double] {
    func refuse(_ row: Int) -> EvidenceError {
      EvidenceError(
        .badData, "\"\(source.table.text(row: row, column: column))\" is not a number", file: source.document.name,
        line: source.table.line(ofRow: row), column: source.table.columnNames[column],
        hint: "write a number, or leave the cell empty if the value is missing")
    }
    if rows.count == source.table.rowCount {
      let whole = source.table.numbers(column: column)
      if let row = whole.notNumbers.first { throw refuse(row) }
      return whole.values
    }
    var result = [Double]()
    result.reserveCapacity(rows.count)
    for row in rows {
      switch source.table.number(row: row, column: column) {
      case .value(let value): result.append(value)
      case .missing: result.append(.nan)
      case .notANumber: throw refuse(row)
      }
    }
    return result
  }

  private static func exclusions(
    _ effects: EffectColumns, _ source: StudyTable, _ binding: ColumnBinding, _ keepingNotEstimable: Bool
  ) throws(EvidenceError) -> ([ExcludedRow], Set<Int>) {
    var excluded = [ExcludedRow]()
    var dropped = Set<Int>()
    for problem in effects.problems {
      let row = source.rows[problem.index]
      let reason: String
      switch problem.kind {
      case .missing(let roles):
        reason = "missing " + roles.map(\.rawValue).joined(separator: ", ")
      case .notEstimable(let text):
        if keepingNotEstimable { continue }
        reason = text
      case .impossible(let role, let value, let expected):
        let column = binding.columns[role].map { source.table.columnNames[$0] } ?? role.rawValue
        throw EvidenceError(
          .badData,
          "\(role.rawValue) = \(value.shortText) cannot be: expected \(expected) (study \"\(source.labels[row])\")",
          file: source.document.name, line: source.table.line(ofRow: row), column: column,
          hint: "correct the value, or leave the row out with --where")
      }
      excluded.append(ExcludedRow(row: row + 1, study: source.labels[row], reason: reason))
      dropped.insert(problem.index)
    }
    return (excluded, dropped)
  }

  /// The set without some of its studies, which go to `excluded` with a reason; `excluded` stays in row order.
  mutating func exclude(_ indices: [Int: String]) {
    guard !indices.isEmpty else { return }
    let kept = (0..<count).filter { indices[$0] == nil }
    for (index, reason) in indices.sorted(by: { $0.key < $1.key }) {
      excluded.append(ExcludedRow(row: tableRows[index] + 1, study: labels[index], reason: reason))
    }
    excluded.sort { $0.row < $1.row }
    self = selecting(kept)
  }

  /// Some of the studies, in the order given.
  func selecting(_ indices: [Int]) -> StudySet {
    var result = self
    result.yi = indices.map { yi[$0] }
    result.vi = indices.map { vi[$0] }
    result.tableRows = indices.map { tableRows[$0] }
    result.columns = columns.selecting(indices)
    return result
  }
}

extension Double {
  /// The number as people would type it: whole numbers without a point.
  var shortText: String {
    Int(exactly: self).map(String.init) ?? "\(self)"
  }
}

extension EffectOptions {
  /// The options of a request.
  /// - Throws: 64 for a rule that does not exist.
  init(_ request: MeasureRequest) throws(EvidenceError) {
    self.init(
      add: request.add, drop00: request.dropDoubleZero ?? false, vtype: request.varianceType, flip: request.flip)
    if let correct = request.correct { self.correct = correct }
    guard let word = request.to else { return }
    guard let rule = CorrectionRule(rawValue: word.lowercased()) else {
      throw EvidenceError(
        .usage, "--to \(word) is not a rule",
        hint: "choose from " + CorrectionRule.allCases.map(\.rawValue).joined(separator: ", "))
    }
    to = rule
  }
}

extension RowProblem {
  /// Whether the row's values are possible and only the measure is undefined for them.
  fileprivate var isNotEstimable: Bool { if case .notEstimable = kind { true } else { false } }
}
