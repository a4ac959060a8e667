/// Values of an expression over the rows of a table.
extension Expression {
  /// The value in each row of columns that have no missing values; `variable` is named in errors.
  func values(over columns: DesignColumns, variable: String) throws(DesignError) -> [Double] {
    switch self {
    case .number(let value): return [Double](repeating: value, count: columns.count)
    case .column(let name):
      guard let column = columns[name] else { throw .unknownColumn(name: name, known: columns.names) }
      switch column {
      case .numbers(let values): return values
      case .text(let values):
        let row = values.firstIndex { $0.flatMap(Double.init) == nil } ?? 0
        let value = values.indices.contains(row) ? values[row] ?? "" : ""
        throw .notNumeric(variable: variable, column: name, row: row, value: value)
      }
    case .negated(let inner): return try inner.values(over: columns, variable: variable).map { -$0 }
    case .call(let function, let inner):
      let apply = function.function
      return try inner.values(over: columns, variable: variable).map { apply($0) }
    case .affine(let inner, let shift, let divisor):
      return try inner.values(over: columns, variable: variable).map { ($0 - shift) / divisor }
    case .standardized: return try fitted(to: columns, variable: variable).values(over: columns, variable: variable)
    case .equals(let name, let text, let negated):
      guard let column = columns[name] else { throw .unknownColumn(name: name, known: columns.names) }
      guard case .text(let values) = column else { throw .notText(variable: variable, column: name) }
      return values.map { ($0 == text) != negated ? 1 : 0 }
    case .binary(let sign, let left, let right):
      var values = try left.values(over: columns, variable: variable)
      let operand = try right.values(over: columns, variable: variable)
      for i in values.indices { values[i] = sign.apply(values[i], operand[i]) }
      return values
    }
  }

  /// The expression with every `scale()` replaced by the centre and scale of these rows.
  func fitted(to columns: DesignColumns, variable: String) throws(DesignError) -> Expression {
    switch self {
    case .number, .column, .equals: return self
    case .negated(let inner): return .negated(try inner.fitted(to: columns, variable: variable))
    case .call(let function, let inner): return .call(function, try inner.fitted(to: columns, variable: variable))
    case .affine(let inner, let shift, let divisor):
      return .affine(try inner.fitted(to: columns, variable: variable), shift: shift, divisor: divisor)
    case .binary(let sign, let left, let right):
      return .binary(
        sign, try left.fitted(to: columns, variable: variable), try right.fitted(to: columns, variable: variable))
    case .standardized(let inner, let centered, let scaled):
      let known = try inner.fitted(to: columns, variable: variable)
      let values = try known.values(over: columns, variable: variable)
      return known.standardizing(values, centered: centered, scaled: scaled)
    }
  }

  /// (x − mean) / √(Σ (x − mean)² / (k − 1)), either part left out when told so, as R's `scale`.
  private func standardizing(_ values: [Double], centered: Bool, scaled: Bool) -> Expression {
    var shift = 0.0
    if centered {
      shift = values.reduce(0, +) / Double(values.count)
      shift += values.reduce(0) { $0 + ($1 - shift) } / Double(values.count)
    }
    guard scaled else { return .affine(self, shift: shift, divisor: 1) }
    let square = values.reduce(0) { $0 + ($1 - shift) * ($1 - shift) }
    return .affine(self, shift: shift, divisor: (square / Double(max(values.count - 1, 1))).squareRoot())
  }
}

extension Expression.BinaryOperator {
  /// The operator's value.
  func apply(_ left: Double, _ right: Double) -> Double {
    switch self {
    case .add: left + right
    case .subtract: left - right
    case .multiply: left * right
    case .divide: left / right
    case .power: raised(left, to: right)
    case .less: left < right ? 1 : 0
    case .lessOrEqual: left <= right ? 1 : 0
    case .greater: left > right ? 1 : 0
    case .greaterOrEqual: left >= right ? 1 : 0
    case .equal: left == right ? 1 : 0
    case .notEqual: left != right ? 1 : 0
    }
  }
}
