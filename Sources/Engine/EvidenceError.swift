/// What every command throws: an exit code, a sentence, the place in the input, and what to do about it.
public struct EvidenceError: Error, Sendable, Equatable {
  /// Exit codes of the command line (sysexits where one fits).
  public enum Code: Int32, Sendable {
    case answerIsNo = 1
    case usage = 64
    case badData = 65
    case noInput = 66
    case notEstimable = 69
    case bug = 70
    case cannotCreate = 73
    case cannotWrite = 74
  }

  /// The kind of trouble, which is also the exit code.
  public var code: Code
  /// One sentence that names the value and what was expected.
  public var message: String
  /// Input file, line in it (the header is line 1) and column, when the trouble has a place.
  public var file: String?
  /// Line in the file, the header being line 1.
  public var line: Int?
  /// Name of the column.
  public var column: String?
  /// What to try.
  public var hint: String?

  /// An error from its parts.
  public init(
    _ code: Code, _ message: String, file: String? = nil, line: Int? = nil, column: String? = nil, hint: String? = nil
  ) {
    self.code = code
    self.message = message
    self.file = file
    self.line = line
    self.column = column
    self.hint = hint
  }

  /// The message with its place in front, as people read it: `data.csv, line 3, column "ai": …`.
  public var placedMessage: String {
    var place = [String]()
    if let file { place.append(file) }
    if let line { place.append("line \(line)") }
    if let column { place.append("column \"\(column)\"") }
    return place.isEmpty ? message : place.joined(separator: ", ") + ": " + message
  }
  /// The same trouble some lines further down.
  func moved(byLines lines: Int) -> EvidenceError {
    var moved = self
    moved.line = line.map { $0 + lines }
    return moved
  }
}
