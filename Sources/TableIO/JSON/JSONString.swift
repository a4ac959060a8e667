extension JSONScanner {
  /// The text of a string.
  func text(_ lexeme: Lexeme) throws(JSONError) -> String {
    let slice = bytes[lexeme.start..<lexeme.end]
    let decoded: String?
    if lexeme.isEscaped {
      var plain: [UInt8] = []
      try appendDecoded(lexeme, to: &plain)
      decoded = String(validating: plain, as: UTF8.self)
    } else {
      decoded = String(validating: slice, as: UTF8.self)
    }
    guard let decoded else { throw error("a string is not valid UTF-8", at: lexeme.start) }
    return decoded
  }

  /// Appends a string's bytes with its escapes resolved. The result is never longer than the text.
  func appendDecoded(_ lexeme: Lexeme, to output: inout [UInt8]) throws(JSONError) {
    guard lexeme.isEscaped else { return output.append(contentsOf: bytes[lexeme.start..<lexeme.end]) }
    var at = lexeme.start
    while at < lexeme.end {
      guard bytes[at] == UInt8(ascii: "\\") else {
        output.append(bytes[at])
        at += 1
        continue
      }
      let escape = bytes[at + 1]
      if escape == UInt8(ascii: "u") {
        let scalar = try unicodeEscape(&at, lexeme.end)
        output.append(contentsOf: String(scalar).utf8)
        continue
      }
      guard let plain = Self.plain(escape) else { throw error("no such escape in a string", at: at) }
      output.append(plain)
      at += 2
    }
  }

  private static func plain(_ escape: UInt8) -> UInt8? {
    switch escape {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): escape
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  /// `\uXXXX`, or two of them that make one character beyond U+FFFF.
  private func unicodeEscape(_ at: inout Int, _ end: Int) throws(JSONError) -> Unicode.Scalar {
    let start = at
    let first = try codeUnit(&at, end)
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, at + 1 < end, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") {
      let second = try codeUnit(&at, end)
      if (0xDC00...0xDFFF).contains(second) {
        let value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        if let scalar = Unicode.Scalar(value) { return scalar }
      }
    }
    throw error("half of a surrogate pair stands alone", at: start)
  }

  private func codeUnit(_ at: inout Int, _ end: Int) throws(JSONError) -> UInt32 {
    guard at + 6 <= end else { throw error("\\u needs four hexadecimal digits", at: at) }
    var value: UInt32 = 0
    for byte in bytes[at + 2..<at + 6] {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: throw error("\\u needs four hexadecimal digits", at: at)
      }
      value = value << 4 | UInt32(digit)
    }
    at += 6
    return value
  }
}
