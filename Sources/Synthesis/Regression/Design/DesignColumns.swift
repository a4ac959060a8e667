/// A column of moderators: numbers, or text when any value is not a number.
public enum ModeratorColumn: Sendable, Equatable {
  /// Numbers; NaN is missing.
  case numbers([Double])
  /// Text; `nil` is missing. The column is a factor.
  case text([String?])

  /// Number of rows.
  public var count: Int {
    switch self {
    case .numbers(let values): values.count
    case .text(let values): values.count
    }
  }

  /// Whether the value of a row is missing.
  func isMissing(_ row: Int) -> Bool {
    switch self {
    case .numbers(let values): values[row].isNaN
    case .text(let values): values[row] == nil
    }
  }

  /// The column of some rows only.
  func rows(_ rows: [Int]) -> ModeratorColumn {
    switch self {
    case .numbers(let values): .numbers(rows.map { values[$0] })
    case .text(let values): .text(rows.map { values[$0] })
    }
  }
}

/// The columns that a formula may name, all of one length.
public struct DesignColumns: Sendable {
  /// Number of rows.
  public let count: Int
  private var columns: [String: ModeratorColumn] = [:]
  /// Names of the columns in the order in which they were set.
  public private(set) var names: [String] = []

  /// No columns yet, for `count` rows.
  public init(count: Int) { self.count = count }

  /// The column of that name: the exact one, else the only one that differs in letter case alone.
  public subscript(name: String) -> ModeratorColumn? {
    get {
      if let exact = columns[name] { return exact }
      let lowered = name.lowercased()
      let alike = names.filter { $0.lowercased() == lowered }
      return alike.count == 1 ? columns[alike[0]] : nil
    }
    set {
      precondition(newValue == nil || newValue?.count == count, "a column has as many rows as the table")
      if columns[name] == nil, newValue != nil { names.append(name) }
      if newValue == nil { names.removeAll { $0 == name } }
      columns[name] = newValue
    }
  }
}
