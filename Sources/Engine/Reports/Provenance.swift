import TableIO

/// Version of the engine, as `--version` and every report print it.
public let version = "0.1.0"

/// Where a report's numbers come from: program, command and data. Nothing in it depends on the clock.
public struct Provenance: Sendable {
  /// The command line as the user typed it.
  public var command: String
  /// Input's name, `nil` for a command without one.
  public var inputName: String?
  /// SHA-256 of the input's bytes.
  public var inputSHA256: String?
  /// Rows in the input and in the analysis.
  public var rowsRead, rowsUsed: Int?
  /// Seed of the random numbers, when there were any.
  public var seed: UInt64?

  /// The provenance of a set of studies.
  init(command: String, studies: borrowing StudySet) {
    self.command = command
    inputName = studies.source.document.name
    inputSHA256 = studies.source.document.sha256
    rowsRead = studies.rowsRead
    rowsUsed = studies.count
  }

  var json: JSONValue {
    var fields: [(String, JSONValue)] = [("version", .string(version)), ("command", .string(command))]
    if let inputName {
      fields.append(("input", .fields([("file", .string(inputName)), ("sha256", .orNull(inputSHA256))])))
    }
    if let rowsRead, let rowsUsed {
      fields.append(("rows", .fields([("read", .integer(rowsRead)), ("used", .integer(rowsUsed))])))
    }
    if let seed { fields.append(("seed", .integer(Int(truncatingIfNeeded: seed)))) }
    return .fields(fields)
  }
}
