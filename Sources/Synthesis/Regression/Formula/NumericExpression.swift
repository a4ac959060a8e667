/// A function of named numbers, read from text with R's arithmetic: `log(a/b)`, `exp(yi)`, `sqrt(x^2 + y^2)`.
public struct NumericExpression: Sendable {
  private let expression: Expression

  /// Reads the whole text.
  /// - Throws: where it cannot be read, and what was expected there; comparisons and functions of whole columns are no
  ///   functions of numbers.
  public init(_ text: String) throws(FormulaError) {
    var parser = try FormulaParser(text)
    let start = parser.current
    expression = try parser.expression()
    guard parser.current.kind == .end else { throw parser.unexpected("an operator or the end") }
    guard expression.isFunctionOfNumbers else {
      throw parser.error(at: start, expected: "arithmetic on numbers, without comparisons and scale()")
    }
  }

  /// The names it uses, each once, in order of appearance.
  public var names: [String] { expression.columnNames }

  /// The expression written back.
  public var text: String { expression.label }

  /// Its value; NaN or infinite outside its domain, and NaN for a name without a value.
  public func value(_ numbers: [String: Double]) -> Double { expression.value(numbers) }
}

extension Expression {
  fileprivate var isFunctionOfNumbers: Bool {
    switch self {
    case .number, .column: true
    case .negated(let inner), .call(_, let inner), .affine(let inner, _, _): inner.isFunctionOfNumbers
    case .binary(let sign, let left, let right):
      !sign.isComparison && left.isFunctionOfNumbers && right.isFunctionOfNumbers
    case .standardized, .equals: false
    }
  }

  fileprivate func value(_ numbers: [String: Double]) -> Double {
    switch self {
    case .number(let value): value
    case .column(let name): numbers[name] ?? .nan
    case .negated(let inner): -inner.value(numbers)
    case .call(let function, let inner): function.function(inner.value(numbers))
    case .affine(let inner, let shift, let divisor): (inner.value(numbers) - shift) / divisor
    case .binary(let sign, let left, let right): sign.apply(left.value(numbers), right.value(numbers))
    case .standardized, .equals: .nan
    }
  }
}
