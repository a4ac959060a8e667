/// Why a model formula could not be read: where, what stood there, and what was expected.
public struct FormulaError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The formula as given.
  public let formula: String
  /// Position of the trouble in characters, the first being 1; one past the last for an early end.
  public let position: Int
  /// What stands at that position, such as "`)`" or "the end".
  public let found: String
  /// What could stand there.
  public let expected: String

  /// An error from its parts.
  public init(formula: String, position: Int, found: String, expected: String) {
    self.formula = formula
    self.position = position
    self.found = found
    self.expected = expected
  }

  /// One line for people.
  public var description: String {
    "formula `\(formula)`, character \(position): expected \(expected), found \(found)"
  }
}
