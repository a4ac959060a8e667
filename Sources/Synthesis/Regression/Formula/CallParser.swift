/// Calls of a formula: `factor(x)`, `I(x^2)`, `poly(x, 2)` and the other functions.
extension FormulaParser {
  /// One argument of a call with the name before `=`, if any, and where it starts.
  private struct Argument {
    var name: String?
    var value: Value
    var start: FormulaToken

    enum Value {
      case expression(Expression)
      case factor(Moderator)
      case text(String)
      case truth(Bool)
      case numbers([Double])
      case texts([String])
    }
  }

  /// The functions that make a whole variable, with their argument names in order; the first is the variable's.
  private static let variableFunctions: [(name: String, arguments: [String])] = [
    ("I", ["x"]), ("factor", ["x", "levels"]), ("as.factor", ["x"]), ("relevel", ["x", "ref"]),
    ("poly", ["x", "degree", "raw"]), ("ns", ["x", "df", "knots"]), ("scale", ["x", "center", "scale"]),
  ]

  /// A column or a call.
  mutating func moderator() throws(FormulaError) -> Moderator {
    guard case .name(let name) = current.kind else { throw unexpected("a column or a function") }
    let start = current
    advance()
    guard accept("(") else { return Moderator(label: name, kind: .column(name)) }
    try enter()
    let names: [String]
    if let known = Self.variableFunctions.first(where: { $0.name == name }) {
      names = known.arguments
    } else if NumericFunction(rawValue: name) != nil {
      names = name == "log" ? ["x", "base"] : ["x"]
    } else {
      let known = Self.variableFunctions.map(\.name) + NumericFunction.allCases.map(\.rawValue)
      throw error(at: start, expected: "one of the functions \(known.joined(separator: ", "))")
    }
    let arguments = try arguments(named: names)
    leave()
    return try variable(of: name, arguments: arguments, at: start)
  }

  // MARK: Arguments

  /// The arguments up to the closing parenthesis, in the order of `names`, absent ones `nil`.
  private mutating func arguments(named names: [String]) throws(FormulaError) -> [Argument?] {
    var found = [Argument?](repeating: nil, count: names.count)
    repeat {
      let argument = try argument()
      let place: Int?
      if let name = argument.name {
        place = names.firstIndex(of: name)
      } else {
        place = found.firstIndex { $0 == nil }
      }
      guard let place, found[place] == nil else {
        throw error(at: argument.start, expected: "no more than the arguments \(names.joined(separator: ", "))")
      }
      found[place] = argument
    } while accept(",")
    try expect(")")
    return found
  }

  private mutating func argument() throws(FormulaError) -> Argument {
    let start = current
    var name: String?
    if case .name(let word) = current.kind, following.kind == .sign("=") {
      name = word
      advance()
      advance()
    }
    return Argument(name: name, value: try value(), start: start)
  }

  private mutating func value() throws(FormulaError) -> Argument.Value {
    switch current.kind {
    case .text(let text) where following.kind == .sign(",") || following.kind == .sign(")"):
      advance()
      return .text(text)
    case .name(let name) where ["TRUE", "T", "FALSE", "F"].contains(name) && following.kind != .sign("("):
      advance()
      return .truth(name.hasPrefix("T"))
    case .name("c") where following.kind == .sign("("):
      advance()
      advance()
      return try list()
    case .name(let name) where ["factor", "as.factor", "relevel"].contains(name) && following.kind == .sign("("):
      return .factor(try moderator())
    default:
      return .expression(try expression())
    }
  }

  /// The rest of `c(…)`: numbers, or texts.
  private mutating func list() throws(FormulaError) -> Argument.Value {
    var numbers: [Double] = []
    var texts: [String] = []
    repeat {
      if case .text(let text) = current.kind, numbers.isEmpty {
        texts.append(text)
        advance()
      } else if texts.isEmpty, case .number(let number) = try expression() {
        numbers.append(number)
      } else {
        throw unexpected("numbers only, or texts only")
      }
    } while accept(",")
    try expect(")")
    return texts.isEmpty ? .numbers(numbers) : .texts(texts)
  }

  // MARK: Variables

  private func variable(
    of function: String, arguments: [Argument?], at start: FormulaToken
  ) throws(FormulaError) -> Moderator {
    switch function {
    case "factor", "as.factor", "relevel": return try factor(arguments, of: function, at: start)
    case "poly": return try polynomial(arguments, at: start)
    case "ns": return try spline(arguments, at: start)
    default:
      let inner = try numeric(arguments[0], at: start)
      let expression: Expression
      switch function {
      case "I": expression = inner
      case "scale":
        expression = .standardized(
          inner, centered: try truth(arguments[1], default: true), scaled: try truth(arguments[2], default: true))
      case "log" where arguments[1] != nil:
        let base = try numeric(arguments[1], at: start)
        expression = .binary(.divide, .call(.logarithm, inner), .call(.logarithm, base))
      default:
        guard let known = NumericFunction(rawValue: function) else { throw error(at: start, expected: "a function") }
        expression = .call(known, inner)
      }
      let label = function == "I" ? "I(\(expression.label))" : expression.label
      return Moderator(label: label, kind: expression.isComparison ? .logical(expression) : .numeric(expression))
    }
  }

  private func factor(
    _ arguments: [Argument?], of function: String, at start: FormulaToken
  ) throws(FormulaError) -> Moderator {
    var column: String
    var levels: [String]?
    var reference: String?
    switch arguments[0]?.value {
    case .expression(.column(let name)): column = name
    case .factor(let inner):
      guard case .factor(let name, let innerLevels, let innerReference) = inner.kind else {
        throw error(at: start, expected: "a column")
      }
      (column, levels, reference) = (name, innerLevels, innerReference)
    default: throw error(at: arguments[0]?.start ?? start, expected: "a column inside `\(function)()`")
    }
    if function == "relevel" {
      switch arguments[1]?.value {
      case .text(let text): reference = text
      case .expression(.number(let number)): reference = NumberLabel.text(number)
      default: throw error(at: arguments[1]?.start ?? start, expected: "the reference level, as in relevel(x, \"ref\")")
      }
    } else if arguments.count > 1, let given = arguments[1] {
      switch given.value {
      case .texts(let texts): levels = texts
      case .numbers(let numbers): levels = numbers.map(NumberLabel.text)
      default: throw error(at: given.start, expected: "the levels, as in factor(x, levels = c(\"a\", \"b\"))")
      }
    }
    var label = "factor(\(column))"
    if let levels { label = "factor(\(column), levels = \(levels))" }
    if let reference { label = "relevel(\(levels == nil ? column : label), \"\(reference)\")" }
    return Moderator(label: label, kind: .factor(column: column, levels: levels, reference: reference))
  }

  private func polynomial(_ arguments: [Argument?], at start: FormulaToken) throws(FormulaError) -> Moderator {
    let inner = try numeric(arguments[0], at: start)
    let degree = arguments[1] == nil ? 1 : try count(arguments[1], upTo: 50, at: start)
    let raw = try truth(arguments[2], default: false)
    let label = "poly(\(inner.label), \(degree)\(raw ? ", raw = TRUE" : ""))"
    return Moderator(label: label, kind: .polynomial(inner, degree: degree, raw: raw))
  }

  private func spline(_ arguments: [Argument?], at start: FormulaToken) throws(FormulaError) -> Moderator {
    let inner = try numeric(arguments[0], at: start)
    guard let knots = arguments[2] else {
      let df = arguments[1] == nil ? 1 : try count(arguments[1], upTo: 100, at: start)
      return Moderator(label: "ns(\(inner.label), df = \(df))", kind: .naturalSpline(inner, .degreesOfFreedom(df)))
    }
    let places: [Double]
    switch knots.value {
    case .numbers(let numbers): places = numbers.sorted()
    case .expression(.number(let number)): places = [number]
    default: throw error(at: knots.start, expected: "knots, as in knots = c(10, 20)")
    }
    let written = places.map(NumberLabel.text).joined(separator: ", ")
    return Moderator(label: "ns(\(inner.label), knots = c(\(written)))", kind: .naturalSpline(inner, .explicit(places)))
  }

  // MARK: Argument values

  private func numeric(_ argument: Argument?, at start: FormulaToken) throws(FormulaError) -> Expression {
    guard case .expression(let expression) = argument?.value else {
      throw error(at: argument?.start ?? start, expected: "a numeric expression")
    }
    return expression
  }

  private func truth(_ argument: Argument?, default value: Bool) throws(FormulaError) -> Bool {
    guard let argument else { return value }
    guard case .truth(let truth) = argument.value else { throw error(at: argument.start, expected: "TRUE or FALSE") }
    return truth
  }

  private func count(_ argument: Argument?, upTo limit: Int, at start: FormulaToken) throws(FormulaError) -> Int {
    guard case .expression(.number(let value)) = argument?.value, let count = Int(exactly: value), count >= 1,
      count <= limit
    else { throw error(at: argument?.start ?? start, expected: "a whole number from 1 to \(limit)") }
    return count
  }
}
