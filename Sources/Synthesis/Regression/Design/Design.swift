public import NumericCore

/// The design matrix of a formula over the rows of a table, with the names of its columns.
///
/// Rows in which any moderator is missing are left out and listed. A column is a factor when any of its values is not a
/// number, or by `factor()`.
public struct Design: Sendable {
  /// A row without all its moderators.
  public struct MissingRow: Sendable, Equatable {
    /// Index of the row in the columns given, from 0.
    public let row: Int
    /// The columns without a value in that row.
    public let columns: [String]

    /// A row left out, with the columns that it lacks.
    public init(row: Int, columns: [String]) {
      self.row = row
      self.columns = columns
    }
  }

  /// The matrix X, a row per row of `rows`.
  public let matrix: Matrix
  /// The rows used, as indices into the columns given, rising.
  public let rows: [Int]
  /// The rows left out.
  public let missing: [MissingRow]
  /// How the matrix was made; codes new rows alike.
  public let recipe: DesignRecipe

  /// Names of the columns: `intercept`, `year`, `alloc[random]`, …
  public var names: [String] { recipe.names }
  /// The term of each column: 0 for the intercept, else the term's place in `termLabels`, from 1.
  public var assignment: [Int] { recipe.assignment }
  /// What a reader should know: columns of interactions that were left out.
  public var notes: [Note] {
    guard !recipe.omissions.isEmpty else { return [] }
    let names = recipe.omissions.map { "`\($0.name)`" }.joined(separator: ", ")
    return [
      Note(
        code: "interaction-columns-left-out",
        message: "left out of the model, because no study has that combination of levels or the other columns "
          + "determine it: \(names)")
    ]
  }
  /// Labels of the terms.
  public var termLabels: [String] { recipe.formula.termLabels }

  /// Makes the design of a formula.
  ///
  /// - Throws: `DesignError` naming the column, row or level.
  public init(_ formula: Formula, columns: DesignColumns) throws(DesignError) {
    let names = formula.columnNames
    var needed: [(name: String, values: ModeratorColumn)] = []
    for name in names {
      guard let values = columns[name] else { throw .unknownColumn(name: name, known: columns.names) }
      needed.append((name, values))
    }
    var rows: [Int] = []
    var missing: [MissingRow] = []
    rows.reserveCapacity(columns.count)
    for row in 0..<columns.count {
      if needed.contains(where: { $0.values.isMissing(row) }) {
        missing.append(MissingRow(row: row, columns: needed.filter { $0.values.isMissing(row) }.map(\.name)))
      } else {
        rows.append(row)
      }
    }
    guard !rows.isEmpty else { throw .noRows(columns: names) }
    var used = DesignColumns(count: rows.count)
    for column in needed { used[column.name] = missing.isEmpty ? column.values : column.values.rows(rows) }
    do {
      (recipe, matrix) = try DesignRecipe.learn(formula, from: used)
    } catch {
      throw error.shiftingRows { rows[$0] }
    }
    self.rows = rows
    self.missing = missing
  }
}

extension DesignError {
  /// The error with its row number translated, from a row of the design to a row of the table.
  func shiftingRows(_ original: (Int) -> Int) -> DesignError {
    switch self {
    case .notNumeric(let variable, let column, let row, let value):
      .notNumeric(variable: variable, column: column, row: original(row), value: value)
    case .notFinite(let variable, let row): .notFinite(variable: variable, row: original(row))
    default: self
    }
  }
}
