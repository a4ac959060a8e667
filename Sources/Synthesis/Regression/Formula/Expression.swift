/// A numeric expression over the columns of a table: what stands inside `I()`, `log()`, `poly()` and their like.
indirect enum Expression: Sendable, Equatable {
  case number(Double)
  case column(String)
  case negated(Expression)
  case binary(BinaryOperator, Expression, Expression)
  case call(NumericFunction, Expression)
  /// `scale(x)`: less the mean and over the standard deviation of the rows the design is made of.
  case standardized(Expression, centered: Bool, scaled: Bool)
  /// (x − shift) / divisor with known constants: what `standardized` becomes once the rows are known.
  case affine(Expression, shift: Double, divisor: Double)
  /// Whether a text column equals a text, 1 or 0.
  case equals(String, text: String, negated: Bool)

  /// Operators between two numbers. Comparisons give 1 for true and 0 for false.
  enum BinaryOperator: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case power = "^"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="

    /// Whether the operator compares, so that its result is true or false.
    var isComparison: Bool {
      switch self {
      case .add, .subtract, .multiply, .divide, .power: false
      case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: true
      }
    }
  }

  /// Whether the value is a truth value.
  var isComparison: Bool {
    switch self {
    case .binary(let sign, _, _): sign.isComparison
    case .equals: true
    default: false
    }
  }

  /// The columns named, each once, in order of appearance.
  var columnNames: [String] {
    var names: [String] = []
    collectNames(into: &names)
    return names
  }

  private func collectNames(into names: inout [String]) {
    switch self {
    case .number: return
    case .column(let name), .equals(let name, _, _): if !names.contains(name) { names.append(name) }
    case .negated(let inner), .call(_, let inner), .standardized(let inner, _, _), .affine(let inner, _, _):
      inner.collectNames(into: &names)
    case .binary(_, let left, let right):
      left.collectNames(into: &names)
      right.collectNames(into: &names)
    }
  }
}
