/// Why a table cannot be read: what was met, where, and what to do about it.
public struct TableError: Error, Sendable, Equatable {
  /// What is wrong, in one sentence without the place.
  public var message: String
  /// The line of the file, from 1 (a CSV header is line 1); nil if it concerns the file as a whole.
  public var line: Int?
  /// The name of the column, or its number from 1 where it has no name.
  public var column: String?
  /// The text met.
  public var value: String?
  /// What would have been right.
  public var expected: String?
  /// What the user can do.
  public var hint: String?

  /// An error with what is known of its place.
  public init(
    _ message: String, line: Int? = nil, column: String? = nil, value: String? = nil, expected: String? = nil,
    hint: String? = nil
  ) {
    self.message = message
    self.line = line
    self.column = column
    self.value = value
    self.expected = expected
    self.hint = hint
  }

  /// A fault of JSON text as a fault of the table it was to hold.
  public init(_ error: JSONError) {
    self.init("\(error.message), at byte \(error.column) of the line", line: error.line)
  }
}

extension TableError: CustomStringConvertible {
  /// The message with its place, on one line.
  public var description: String {
    var text = ""
    if let line { text += "line \(line): " }
    if let column { text += "column \(column): " }
    text += message
    if let expected { text += "; expected \(expected)" }
    return text
  }
}
