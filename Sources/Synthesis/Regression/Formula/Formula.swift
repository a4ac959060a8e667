/// A one-sided model formula in R's notation, such as `~ ablat + alloc`, read into terms.
///
/// Operators, tightest first: `^` (crossing to a degree), `:` (interaction), `*` (main effects and interaction),
/// `/` (nesting: `a/b` is `a + a:b`), `+`, `-`. `1` is the intercept, which is there unless `-1` or `+0` removes it.
/// Variables are columns, `factor(x)`, `relevel(x, "ref")`, and numeric expressions: `I(…)`, `log(x)`, `sqrt(x)`,
/// `exp(x)`, `abs(x)`, `scale(x)`, `poly(x, 2)`, `poly(x, 2, raw = TRUE)`, `ns(x, df = 3)`. A column whose name is not
/// a word stands between backquotes. The leading `~` may be left out.
///
/// Terms are ordered as R orders them: by the number of variables, then by appearance.
///
/// Source: Wilkinson and Rogers (1973), Applied Statistics 22, 392–399; Chambers and Hastie (1992), Statistical Models
/// in S, chapter 2.
public struct Formula: Sendable, Equatable {
  /// The formula as given.
  public let text: String
  /// Whether the model has an intercept.
  public let hasIntercept: Bool
  /// The variables in order of appearance.
  let variables: [Moderator]
  /// The terms in R's order, each a rising list of indices into `variables`. The intercept is not among them.
  let terms: [[Int]]

  /// The model of the intercept alone, `~ 1`.
  public static let intercept = Formula(text: "~ 1", hasIntercept: true, variables: [], terms: [])

  /// Reads a formula.
  ///
  /// - Throws: `FormulaError` with the position of the first thing that cannot be read.
  public init(_ text: String) throws(FormulaError) {
    var parser = try FormulaParser(text)
    self = try parser.formula()
  }

  init(text: String, hasIntercept: Bool, variables: [Moderator], terms: [[Int]]) {
    self.text = text
    self.hasIntercept = hasIntercept
    self.variables = variables
    self.terms = terms
  }

  /// Labels of the terms in order, such as `ablat` and `ablat:alloc`.
  public var termLabels: [String] {
    terms.map { term in term.map { variables[$0].label }.joined(separator: ":") }
  }

  /// The columns that the formula needs, each once, in order of appearance.
  public var columnNames: [String] {
    var names: [String] = []
    for variable in Set(terms.joined()).sorted() {
      for name in variables[variable].columnNames where !names.contains(name) { names.append(name) }
    }
    return names
  }
}
