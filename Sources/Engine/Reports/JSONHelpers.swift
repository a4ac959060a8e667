public import TableIO

extension JSONValue {
  /// A number, or null where there is none or it is not finite.
  static func orNull(_ value: Double?) -> JSONValue {
    guard let value, value.isFinite else { return .null }
    return .number(value)
  }

  /// A whole number, or null.
  static func orNull(_ value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }

  /// A text, or null.
  static func orNull(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }

  /// An object from its keys and values, in this order.
  static func fields(_ fields: [(String, JSONValue)]) -> JSONValue {
    .object(fields.map { Member($0.0, $0.1) })
  }

  /// An array of texts.
  static func texts(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }
}

/// JSON as it is printed: one place for every report and error.
public enum JSONText {
  /// One line.
  public static func compact(_ value: JSONValue) -> String { JSONWriter(.compact).text(value) }

  /// A whole document as UTF-8: indented by two spaces, with a newline at the end.
  public static func document(_ value: JSONValue) -> [UInt8] {
    JSONWriter(.pretty).bytes(value, ending: "\n")
  }

  /// The same in pieces.
  public static func write(
    _ value: JSONValue, to sink: ([UInt8]) throws(EvidenceError) -> Void
  ) throws(EvidenceError) {
    try JSONWriter(.pretty).write(value, ending: "\n", to: sink)
  }
}

extension EvidenceError {
  /// The error object that goes to stderr with `--format json`.
  public var json: JSONValue {
    .fields([
      (
        "error",
        .fields([
          ("code", .integer(Int(code.rawValue))), ("message", .string(message)), ("file", .orNull(file)),
          ("line", .orNull(line)), ("column", .orNull(column)), ("hint", .orNull(hint)),
        ])
      )
    ])
  }
}

extension ExcludedRow {
  var json: JSONValue {
    .fields([("row", .integer(row)), ("study", .string(study)), ("reason", .string(reason))])
  }
}
