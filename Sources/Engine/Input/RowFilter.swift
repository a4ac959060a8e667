/// A condition on rows, as `--where` takes it: comparisons of columns with numbers or "strings", joined by and, or, not.
///
///     year >= 1990 and (alloc == "random" or not blinded == "no")
public struct RowFilter: Sendable {
  /// A condition's tree.
  indirect enum Node: Sendable {
    case comparison(column: String, Comparison, Operand)
    case and(Node, Node)
    case or(Node, Node)
    case not(Node)
  }

  /// The six comparisons.
  enum Comparison: String, Sendable, CaseIterable {
    case equal = "==", notEqual = "!=", lessOrEqual = "<=", greaterOrEqual = ">=", less = "<", greater = ">"
  }

  /// The right-hand side of a comparison.
  enum Operand: Sendable {
    case number(Double)
    case text(String)
  }

  /// The value of a cell as a condition sees it.
  public enum Cell: Sendable {
    case missing
    case number(Double, text: String)
    case text(String)
  }

  let root: Node

  /// Reads a condition.
  /// - Throws: `EvidenceError` 64 that says where the text stops making sense.
  public init(_ text: String) throws(EvidenceError) {
    var parser = RowFilterParser(text)
    root = try parser.parse()
  }

  /// Names of the columns that the condition reads.
  public var columns: [String] {
    func walk(_ node: Node) -> [String] {
      switch node {
      case .comparison(let column, _, _): [column]
      case .and(let a, let b), .or(let a, let b): walk(a) + walk(b)
      case .not(let a): walk(a)
      }
    }
    return walk(root)
  }

  /// Whether a row meets the condition. A comparison with a missing value is false, and so is its opposite comparison.
  public func matches(_ cell: (String) -> Cell) -> Bool {
    func evaluate(_ node: Node) -> Bool {
      switch node {
      case .and(let a, let b): evaluate(a) && evaluate(b)
      case .or(let a, let b): evaluate(a) || evaluate(b)
      case .not(let a): !evaluate(a)
      case .comparison(let column, let comparison, let operand): comparison.holds(cell(column), operand)
      }
    }
    return evaluate(root)
  }
}

extension RowFilter.Comparison {
  /// Whether the comparison holds between a cell and an operand: numbers as numbers, else texts by Unicode order.
  func holds(_ cell: RowFilter.Cell, _ operand: RowFilter.Operand) -> Bool {
    switch (cell, operand) {
    case (.missing, _): false
    case (.number(let x, _), .number(let y)): compare(x, y)
    case (.number(_, let text), .text(let other)): compare(text, other)
    case (.text(let text), .text(let other)): compare(text, other)
    case (.text, .number): self == .notEqual
    }
  }

  private func compare<T: Comparable>(_ x: T, _ y: T) -> Bool {
    switch self {
    case .equal: x == y
    case .notEqual: x != y
    case .less: x < y
    case .lessOrEqual: x <= y
    case .greater: x > y
    case .greaterOrEqual: x >= y
    }
  }
}
