/// Study data by role: one column of numbers for each role that the table has, all of one length; `NaN` is missing.
public struct StudyColumns: Sendable {
  /// Number of rows.
  public let count: Int
  private var columns: [Role: [Double]]

  /// Makes an empty set of columns for `count` rows.
  public init(count: Int) {
    self.count = count
    columns = [:]
  }

  /// The column of a role, `nil` when the table has none.
  public subscript(role: Role) -> [Double]? {
    get { columns[role] }
    set {
      precondition(newValue == nil || newValue?.count == count, "a column has as many rows as the table")
      columns[role] = newValue
    }
  }

  /// The roles that have a column, in the order of `Role`.
  public var roles: [Role] { Role.allCases.filter { columns[$0] != nil } }

  /// The columns with only some rows, in the order given.
  public func selecting(_ rows: [Int]) -> StudyColumns {
    var result = StudyColumns(count: rows.count)
    result.columns = columns.mapValues { column in rows.map { column[$0] } }
    return result
  }

  /// Whether every role of the list has a column.
  public func has(_ roles: [Role]) -> Bool { roles.allSatisfy { columns[$0] != nil } }
}
