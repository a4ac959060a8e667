/// Reads a formula by recursive descent; `ExpressionParser` and `CallParser` extend it for what stands inside calls.
struct FormulaParser {
  /// A formula with more terms than this is refused: crossing to a high degree grows without bound.
  static let maximumTerms = 5_000
  /// Parentheses and calls may be nested this deep, so that no text can exhaust the stack.
  static let maximumDepth = 100

  let text: String
  private let tokens: [FormulaToken]
  private var index = 0
  private var depth = 0
  /// The variables met so far, in order of appearance.
  private var variables: [Moderator] = []

  init(_ text: String) throws(FormulaError) {
    self.text = text
    tokens = try FormulaLexer.tokens(of: text)
  }

  /// The whole text as a formula.
  mutating func formula() throws(FormulaError) -> Formula {
    _ = accept("~")
    var terms = TermList([[]])
    try sum(into: &terms, atTop: true)
    guard current.kind == .end else {
      throw unexpected(
        current.kind == .sign("~")
          ? "the terms alone: a formula of moderators has no left side" : "`+`, `-`, `:`, `*` or the end"
      )
    }
    let ordered = terms.terms.filter { !$0.isEmpty }.enumerated().sorted {
      ($0.element.count, $0.offset) < ($1.element.count, $1.offset)
    }
    return Formula(
      text: text, hasIntercept: terms.terms.contains([]), variables: variables, terms: ordered.map(\.element))
  }

  // MARK: Terms

  /// A sum, folded from the left onto `terms`. `0` stands only in the sum of the whole formula.
  private mutating func sum(into terms: inout TermList, atTop: Bool) throws(FormulaError) {
    var sign = accept("-") ? "-" : "+"
    if sign == "+" { _ = accept("+") }
    while true {
      if atTop, current.kind == .number(0) {
        advance()
        terms = sign == "+" ? terms - TermList([[]]) : terms + TermList([[]])
      } else {
        let next = try product()
        terms = sign == "+" ? terms + next : terms - next
      }
      guard terms.terms.count <= Self.maximumTerms else { throw unexpected("at most \(Self.maximumTerms) terms") }
      if accept("+") {
        sign = "+"
      } else if accept("-") {
        sign = "-"
      } else {
        return
      }
    }
  }

  private mutating func product() throws(FormulaError) -> TermList {
    var left = try interaction()
    while true {
      if accept("*") {
        left = left.crossed(with: try interaction())
      } else if accept("/") {
        left = left.nesting(try interaction())
      } else if accept("%in%") {
        left = left.interaction(try interaction())
      } else {
        return left
      }
      guard left.terms.count <= Self.maximumTerms else { throw unexpected("at most \(Self.maximumTerms) terms") }
    }
  }

  private mutating func interaction() throws(FormulaError) -> TermList {
    var left = try crossing()
    while accept(":") { left = left.interaction(try crossing()) }
    return left
  }

  private mutating func crossing() throws(FormulaError) -> TermList {
    let base = try atom()
    guard accept("^") else { return base }
    guard case .number(let value) = current.kind, let degree = Int(exactly: value), degree >= 1 else {
      throw unexpected("a whole number from 1 after `^` (the power of a column is written I(x^2))")
    }
    advance()
    var result = base
    for _ in 1..<degree {
      let next = result + result.interaction(base)
      if next == result { break }
      guard next.terms.count <= Self.maximumTerms else { throw unexpected("at most \(Self.maximumTerms) terms") }
      result = next
    }
    return result
  }

  private mutating func atom() throws(FormulaError) -> TermList {
    if accept("(") {
      try enter()
      var inner = TermList()
      try sum(into: &inner, atTop: false)
      try expect(")")
      depth -= 1
      return inner
    }
    switch current.kind {
    case .number(1):
      advance()
      return TermList([[]])
    case .name:
      return TermList([[index(of: try moderator())]])
    default:
      throw unexpected("a term (a column, a call such as factor(x), 1 or `(`)")
    }
  }

  private mutating func index(of variable: Moderator) -> Int {
    if let known = variables.firstIndex(where: { $0.label == variable.label }) { return known }
    variables.append(variable)
    return variables.count - 1
  }

  // MARK: Tokens

  var current: FormulaToken { tokens[index] }
  var following: FormulaToken { tokens[min(index + 1, tokens.count - 1)] }

  mutating func advance() { if index < tokens.count - 1 { index += 1 } }

  /// Steps over a sign when it is next.
  mutating func accept(_ sign: String) -> Bool {
    guard current.kind == .sign(sign) else { return false }
    advance()
    return true
  }

  mutating func expect(_ sign: String) throws(FormulaError) {
    guard accept(sign) else { throw unexpected("`\(sign)`") }
  }

  /// Counts a level of nesting.
  mutating func enter() throws(FormulaError) {
    depth += 1
    guard depth <= Self.maximumDepth else { throw unexpected("at most \(Self.maximumDepth) levels of parentheses") }
  }

  /// Leaves a level of nesting.
  mutating func leave() { depth -= 1 }

  func unexpected(_ expected: String) -> FormulaError { error(at: current, expected: expected) }

  func error(at token: FormulaToken, expected: String) -> FormulaError {
    FormulaError(formula: text, position: token.offset + 1, found: token.spoken, expected: expected)
  }
}
