/// Why a review's file cannot be read.
public struct ReviewFileError: Error, Sendable, Equatable {
  /// What is wrong, in one sentence.
  public var message: String
  /// Name of the part of an archive, if it is about one.
  public var part: String?
  /// Line of the file (or of the part), from 1.
  public var line: Int?
  /// Column in the line, from 1, or the name of an attribute or column.
  public var column: String?
  /// What to do.
  public var hint: String?

  /// An error with what is known of its place.
  public init(
    _ message: String, part: String? = nil, line: Int? = nil, column: String? = nil, hint: String? = nil
  ) {
    self.message = message
    self.part = part
    self.line = line
    self.column = column
    self.hint = hint
  }
}
