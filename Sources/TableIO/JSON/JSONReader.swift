/// Reads one JSON value from UTF-8 bytes, strictly (RFC 8259): no comments, no trailing commas, no `NaN`.
///
/// Whole numbers that fit become `.integer`, all others `.number`, correctly rounded; one that overflows is an error.
/// Nesting is kept on a stack of our own and refused beyond `depthLimit`, so no text can exhaust the program's stack.
public struct JSONReader: Sendable {
  /// The deepest nesting accepted.
  public var depthLimit: Int

  /// A reader with a limit on nesting.
  public init(depthLimit: Int = 256) {
    self.depthLimit = depthLimit
  }

  /// Reads a value that is the whole text (blanks around it aside).
  /// - Throws: what is not JSON, with its line and column.
  public static func read(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    try JSONReader().read(bytes)
  }

  /// Reads a value that is the whole text.
  /// - Throws: what is not JSON, with its line and column.
  public static func read(_ text: String) throws(JSONError) -> JSONValue {
    try JSONReader().read(Array(text.utf8))
  }

  /// Reads a value that is the whole text (blanks around it aside).
  /// - Throws: what is not JSON, with its line and column.
  public func read(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    var scanner = JSONScanner(bytes)
    let value = try value(&scanner)
    if scanner.next() != nil { throw scanner.unexpected(wanted: "the end of the text") }
    return value
  }

  /// Reads the value that comes now and leaves the scanner behind it.
  func value(_ scanner: inout JSONScanner) throws(JSONError) -> JSONValue {
    var open: [Open] = []
    while true {
      guard var finished = try begin(&scanner, &open) else { continue }
      while true {
        guard let last = open.indices.last else { return finished }
        open[last].add(finished)
        if try more(&scanner, &open[last]) { break }
        finished = open.removeLast().value
      }
    }
  }

  /// Takes a scalar or an empty container and returns it; for a container with something in it opens that, and is nil.
  private func begin(_ scanner: inout JSONScanner, _ open: inout [Open]) throws(JSONError) -> JSONValue? {
    guard let byte = scanner.next() else { throw scanner.unexpected(wanted: "a value") }
    switch byte {
    case UInt8(ascii: "["):
      try checkDepth(scanner, open)
      scanner.position += 1
      if scanner.takeIf(UInt8(ascii: "]")) { return .array([]) }
      open.append(.array([]))
      return nil
    case UInt8(ascii: "{"):
      try checkDepth(scanner, open)
      scanner.position += 1
      if scanner.takeIf(UInt8(ascii: "}")) { return .object([]) }
      open.append(.object([], key: try key(&scanner)))
      return nil
    case UInt8(ascii: "\""): return .string(try scanner.text(try scanner.string()))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number(&scanner)
    default: return try scanner.word()
    }
  }

  private func checkDepth(_ scanner: JSONScanner, _ open: [Open]) throws(JSONError) {
    if open.count >= depthLimit { throw scanner.error("nested deeper than \(depthLimit) levels") }
  }

  /// After an element: true when another follows (its key taken), false when the container has closed.
  private func more(_ scanner: inout JSONScanner, _ container: inout Open) throws(JSONError) -> Bool {
    switch container {
    case .array:
      if scanner.takeIf(UInt8(ascii: "]")) { return false }
      try scanner.take(UInt8(ascii: ","), wanted: "',' or ']'")
    case .object(let members, _):
      if scanner.takeIf(UInt8(ascii: "}")) { return false }
      try scanner.take(UInt8(ascii: ","), wanted: "',' or '}'")
      container = .object([], key: "")
      container = .object(members, key: try key(&scanner))
    }
    return true
  }

  private func key(_ scanner: inout JSONScanner) throws(JSONError) -> String {
    guard scanner.next() == UInt8(ascii: "\"") else { throw scanner.unexpected(wanted: "a key in quotes") }
    let key = try scanner.text(try scanner.string())
    try scanner.take(UInt8(ascii: ":"), wanted: "':' after the key \"\(key)\"")
    return key
  }

  private func number(_ scanner: inout JSONScanner) throws(JSONError) -> JSONValue {
    let (lexeme, isWhole) = try scanner.number()
    let slice = scanner.bytes[lexeme.start..<lexeme.end]
    if isWhole, slice != [0x2D, 0x30], let value = Int(String(decoding: slice, as: UTF8.self)) {
      return .integer(value)
    }
    guard let value = NumberParser.parse(slice) else {
      throw scanner.error("a number beyond the range of doubles", at: lexeme.start)
    }
    return .number(value)
  }
}

/// A container being read.
private enum Open {
  case array([JSONValue])
  case object([JSONValue.Member], key: String)

  /// Adds an element; the old value is given up first, so that its storage is not copied.
  mutating func add(_ value: JSONValue) {
    switch self {
    case .array(var elements):
      self = .array([])
      elements.append(value)
      self = .array(elements)
    case .object(var members, let key):
      self = .array([])
      members.append(JSONValue.Member(key, value))
      self = .object(members, key: key)
    }
  }

  var value: JSONValue {
    switch self {
    case .array(let elements): .array(elements)
    case .object(let members, _): .object(members)
    }
  }
}
