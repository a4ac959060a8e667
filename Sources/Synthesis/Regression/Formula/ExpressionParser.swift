/// Arithmetic inside calls, with R's precedence: `^`, sign, `*` `/`, `+` `-`, comparison.
extension FormulaParser {
  /// An expression, comparisons included.
  mutating func expression() throws(FormulaError) -> Expression {
    let start = current
    if let equality = try textEquality() { return equality }
    let left = try additive()
    guard case .sign(let sign) = current.kind, let comparison = Expression.BinaryOperator(rawValue: sign),
      comparison.isComparison
    else { return left }
    advance()
    if case .text(let text) = current.kind {
      guard case .column(let name) = left, comparison == .equal || comparison == .notEqual else {
        throw error(at: start, expected: "a column compared with a text by == or !=")
      }
      advance()
      return .equals(name, text: text, negated: comparison == .notEqual)
    }
    return .binary(comparison, left, try additive())
  }

  /// `"text" == column`, the other way round than usual.
  private mutating func textEquality() throws(FormulaError) -> Expression? {
    guard case .text(let text) = current.kind else { return nil }
    advance()
    let negated = current.kind == .sign("!=")
    guard accept("==") || accept("!=") else { throw unexpected("== or != after a text") }
    guard case .name(let name) = current.kind else { throw unexpected("a column") }
    advance()
    return .equals(name, text: text, negated: negated)
  }

  private mutating func additive() throws(FormulaError) -> Expression {
    var left = try multiplicative()
    while true {
      if accept("+") {
        left = .binary(.add, left, try multiplicative())
      } else if accept("-") {
        left = .binary(.subtract, left, try multiplicative())
      } else {
        return left
      }
    }
  }

  private mutating func multiplicative() throws(FormulaError) -> Expression {
    var left = try signed()
    while true {
      if accept("*") {
        left = .binary(.multiply, left, try signed())
      } else if accept("/") {
        left = .binary(.divide, left, try signed())
      } else {
        return left
      }
    }
  }

  private mutating func signed() throws(FormulaError) -> Expression {
    try enter()
    defer { leave() }
    if accept("-") {
      let operand = try signed()
      if case .number(let value) = operand { return .number(-value) }
      return .negated(operand)
    }
    if accept("+") { return try signed() }
    let base = try primary()
    return accept("^") ? .binary(.power, base, try signed()) : base
  }

  private mutating func primary() throws(FormulaError) -> Expression {
    if accept("(") {
      let inner = try expression()
      try expect(")")
      return inner
    }
    let start = current
    switch current.kind {
    case .number(let value):
      advance()
      return .number(value)
    case .name(let name) where following.kind == .sign("("):
      let called = try moderator()
      guard case .numeric(let inner) = called.kind else {
        throw error(at: start, expected: "a numeric function: `\(name)` makes a whole variable and stands by itself")
      }
      return inner
    case .name(let name):
      advance()
      return .column(name)
    default:
      throw unexpected("a column, a number, a function or `(`")
    }
  }
}
