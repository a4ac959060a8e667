/// What is wrong with a JSON text, and where.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was met and what was expected.
  public let message: String
  /// Line of the text, from 1.
  public let line: Int
  /// Byte in the line, from 1.
  public let column: Int

  /// The message with its place.
  public var description: String { "\(message) (line \(line), column \(column))" }
}
