/// Why a formula and its columns do not give a design.
public enum DesignError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The formula names a column that is not there.
  case unknownColumn(name: String, known: [String])
  /// A numeric expression meets a text.
  case notNumeric(variable: String, column: String, row: Int, value: String)
  /// A text is compared with a column of numbers.
  case notText(variable: String, column: String)
  /// A value outside the domain of a function, such as log(0).
  case notFinite(variable: String, row: Int)
  /// A reference level, or a level of a row to predict for, that the factor does not have.
  case unknownLevel(variable: String, level: String, known: [String])
  /// A row to predict for with a combination of levels that the rows of the fit do not have.
  case unseenCombination(column: String, row: Int)
  /// A factor whose rows are all alike, so that there is nothing to compare.
  case singleLevel(variable: String, level: String)
  /// Too few distinct values for a polynomial or a spline.
  case tooFewValues(variable: String, needed: Int, got: Int)
  /// Knots that coincide or lie outside the data.
  case knots(variable: String)
  /// No row has all the moderators.
  case noRows(columns: [String])
  /// The formula has neither an intercept nor a term.
  case empty

  /// One line for people; rows are counted from 1.
  public var description: String {
    switch self {
    case .unknownColumn(let name, let known):
      "the formula names `\(name)`, which is not a column (columns: \(known.joined(separator: ", ")))"
    case .notNumeric(let variable, let column, let row, let value):
      "\(variable) needs numbers, but `\(column)` has \"\(value)\" in row \(row + 1)"
    case .notText(let variable, let column):
      "\(variable) compares `\(column)`, a column of numbers, with a text; leave out the quotes"
    case .notFinite(let variable, let row): "\(variable) is not a finite number in row \(row + 1)"
    case .unknownLevel(let variable, let level, let known):
      "\(variable) has no level \"\(level)\" (levels: \(known.joined(separator: ", ")))"
    case .unseenCombination(let column, let row):
      "row \(row + 1) has the combination `\(column)`, which no study of the fit has, so nothing can be predicted for it"
    case .singleLevel(let variable, let level):
      "\(variable) is \"\(level)\" in every row, so it cannot be a moderator; leave it out"
    case .tooFewValues(let variable, let needed, let got):
      "\(variable) needs \(needed) distinct values, got \(got); use a lower degree"
    case .knots(let variable): "the knots of \(variable) must differ and lie within the data"
    case .noRows(let columns): "no row has values for all of \(columns.joined(separator: ", "))"
    case .empty: "the formula has neither an intercept nor a term; write ~ 1 for the intercept alone"
    }
  }
}
