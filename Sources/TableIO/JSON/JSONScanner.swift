/// Walks over JSON text token by token (RFC 8259, strict); the readers of values and of tables are built on it.
struct JSONScanner {
  /// A string or number as it stands in the text: bytes start..<end, without the quotes of a string.
  struct Lexeme {
    var start: Int
    var end: Int
    /// Whether a string has escapes in it.
    var isEscaped = false
  }

  let bytes: [UInt8]
  var position: Int
  /// The line `position` is on, from 1; a scanner over one line of many starts elsewhere.
  private(set) var line: Int
  private var lineStart: Int

  /// Starts at a place (after a byte order mark, if one stands there).
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    line = 1
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    lineStart = position
  }

  /// The error of a place, by default the present one.
  func error(_ message: String, at place: Int? = nil) -> JSONError {
    JSONError(message: message, line: line, column: (place ?? position) - lineStart + 1)
  }

  /// The error of meeting something else than wanted.
  func unexpected(wanted: String) -> JSONError {
    error("expected \(wanted), found \(found)")
  }

  private var found: String {
    guard position < bytes.count else { return "the end of the text" }
    let byte = bytes[position]
    switch byte {
    case 0x21..<0x7F: return "'\(Character(UnicodeScalar(byte)))'"
    case 0x80...: return "a character that is not ASCII"
    default: return "a control character (\(byte))"
    }
  }

  /// Skips blanks and newlines; the byte that follows, or nil at the end.
  mutating func next() -> UInt8? {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0D: position += 1
      case 0x0A:
        position += 1
        line += 1
        lineStart = position
      case let byte: return byte
      }
    }
    return nil
  }

  /// Takes one byte that must come now.
  mutating func take(_ byte: UInt8, wanted: @autoclosure () -> String) throws(JSONError) {
    guard next() == byte else { throw unexpected(wanted: wanted()) }
    position += 1
  }

  /// Takes the byte if it comes now.
  mutating func takeIf(_ byte: UInt8) -> Bool {
    guard next() == byte else { return false }
    position += 1
    return true
  }

  /// Takes `true`, `false` or `null`.
  mutating func word() throws(JSONError) -> JSONValue {
    for (word, value) in [("true", JSONValue.bool(true)), ("false", .bool(false)), ("null", .null)]
    where bytes[position...].starts(with: word.utf8) {
      let end = position + word.utf8.count
      if end < bytes.count, isWordByte(bytes[end]) { break }
      position = end
      return value
    }
    throw unexpected(wanted: "a value")
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Takes a number in JSON's grammar.
  mutating func number() throws(JSONError) -> (lexeme: Lexeme, isWhole: Bool) {
    let start = position
    var isWhole = true
    if peek == UInt8(ascii: "-") { position += 1 }
    if peek == UInt8(ascii: "0") {
      position += 1
      if let digit = peek, isDigit(digit) { throw error("a number must not begin with 0", at: start) }
    } else {
      try takeDigits()
    }
    if peek == UInt8(ascii: ".") {
      isWhole = false
      position += 1
      try takeDigits()
    }
    if let mark = peek, mark | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      position += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
      try takeDigits()
    }
    return (Lexeme(start: start, end: position), isWhole)
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  private mutating func takeDigits() throws(JSONError) {
    guard let digit = peek, isDigit(digit) else { throw unexpected(wanted: "a digit") }
    while let digit = peek, isDigit(digit) { position += 1 }
  }

  /// Takes a string whose opening quote comes now. Escapes are checked when it is decoded.
  mutating func string() throws(JSONError) -> Lexeme {
    try take(UInt8(ascii: "\""), wanted: "a string")
    var lexeme = Lexeme(start: position, end: position)
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        lexeme.end = position
        position += 1
        return lexeme
      case UInt8(ascii: "\\"):
        lexeme.isEscaped = true
        position += 2
      case 0..<0x20: throw error("a control character (\(bytes[position])) inside a string must be escaped")
      default: position += 1
      }
    }
    throw error("the string has no closing quote", at: lexeme.start - 1)
  }
}
