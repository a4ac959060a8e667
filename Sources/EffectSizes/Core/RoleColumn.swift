/// A column of the table under its role, with the checks that its values must pass.
///
/// Each check gives the value back or throws what is wrong with the row. `NaN` stands for missing; an infinite value is
/// impossible everywhere.
struct RoleColumn: Sendable {
  let role: Role
  private let values: [Double]?

  init(_ role: Role, of columns: StudyColumns) {
    self.role = role
    values = columns[role]
  }

  /// Whether the table has the column.
  var isPresent: Bool { values != nil }

  /// The value of a row, `NaN` when it or the whole column is missing.
  @inline(__always) subscript(row: Int) -> Double { values.map { $0[row] } ?? .nan }

  /// What is wrong when the row's value cannot be.
  func impossible(_ row: Int, _ expected: String) -> RowProblem.Kind {
    .impossible(role: role, value: self[row], expected: expected)
  }

  /// A finite number, or missing.
  func ifPresent(_ row: Int) throws(RowProblem.Kind) -> Double? {
    let value = self[row]
    if value.isNaN { return nil }
    guard value.isFinite else { throw impossible(row, "a finite number") }
    return value
  }

  /// A finite number.
  func number(_ row: Int) throws(RowProblem.Kind) -> Double {
    guard let value = try ifPresent(row) else { throw .missing([role]) }
    return value
  }

  /// A number that satisfies `holds`.
  func number(
    _ row: Int, _ expected: @autoclosure () -> String, where holds: (Double) -> Bool
  ) throws(RowProblem.Kind) -> Double {
    let value = try number(row)
    guard holds(value) else { throw impossible(row, expected()) }
    return value
  }

  /// A number ≥ 0: a count, a standard deviation, a variance.
  func nonNegative(_ row: Int, _ what: String) throws(RowProblem.Kind) -> Double {
    try number(row, "\(what) of at least 0") { $0 >= 0 }
  }

  /// A number > 0: a group's size, a person-time.
  func positive(_ row: Int, _ what: String) throws(RowProblem.Kind) -> Double {
    try number(row, "\(what) above 0") { $0 > 0 }
  }

  /// A correlation.
  func correlation(_ row: Int) throws(RowProblem.Kind) -> Double {
    try number(row, "a correlation between -1 and 1") { abs($0) <= 1 }
  }

  /// A two-sided p-value whose sign is that of the effect.
  func signedP(_ row: Int) throws(RowProblem.Kind) -> Double {
    try number(row, "a p-value above 0 and at most 1, negative for a negative effect") { $0 != 0 && abs($0) <= 1 }
  }
}

/// Throws `.missing` with every listed column that has no value in the row.
func requireValues(_ row: Int, _ columns: [RoleColumn]) throws(RowProblem.Kind) {
  let absent = columns.filter { $0[row].isNaN }.map(\.role)
  if !absent.isEmpty { throw .missing(absent) }
}
