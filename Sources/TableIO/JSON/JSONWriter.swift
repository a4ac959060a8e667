/// Writes JSON as UTF-8: numbers as the shortest text that reads back to the same double, in the order given.
///
/// Whole numbers have no ".0"; what is not finite becomes `null` (JSON has no word for it). Escaped are the quote,
/// the backslash and control characters; all else stands as it is (RFC 8259). Nesting is limited by memory only.
public struct JSONWriter: Sendable {
  /// How the text is laid out.
  public enum Layout: Sendable {
    /// One line, no blanks.
    case compact
    /// A member or an element a line, two blanks a level.
    case pretty
  }

  /// How the text is laid out.
  public let layout: Layout
  private let colon: [UInt8]

  /// A writer of one layout.
  public init(_ layout: Layout = .compact) {
    self.layout = layout
    colon = layout == .compact ? [UInt8(ascii: ":")] : [UInt8(ascii: ":"), UInt8(ascii: " ")]
  }

  /// The value as text, without a newline at the end.
  public func text(_ value: JSONValue) -> String {
    String(decoding: bytes(value), as: UTF8.self)
  }

  /// The value as UTF-8, without a newline at the end.
  public func bytes(_ value: JSONValue) -> [UInt8] {
    var output: [UInt8] = []
    append(value, to: &output)
    return output
  }

  /// Appends the value to a buffer.
  public func append(_ value: JSONValue, to output: inout [UInt8]) {
    var open: [Container] = []
    begin(value, &open, &output)
    while let last = open.indices.last {
      let (place, count) = (open[last].next, open[last].count)
      if place == count {
        newLine(open.count - 1, &output)
        output.append(open[last].closing)
        open.removeLast()
        continue
      }
      if place > 0 { output.append(UInt8(ascii: ",")) }
      newLine(open.count, &output)
      open[last].next += 1
      begin(open[last].element(place, colon: colon, &output), &open, &output)
    }
  }

  /// Appends a text in quotes, escaped.
  public static func append(quoted text: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    defer { output.append(UInt8(ascii: "\"")) }
    guard text.utf8.contains(where: mustEscape) else { return output.append(contentsOf: text.utf8) }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): output.append(contentsOf: [0x5C, 0x22])
      case UInt8(ascii: "\\"): output.append(contentsOf: [0x5C, 0x5C])
      case 0x08: output.append(contentsOf: [0x5C, UInt8(ascii: "b")])
      case 0x09: output.append(contentsOf: [0x5C, UInt8(ascii: "t")])
      case 0x0A: output.append(contentsOf: [0x5C, UInt8(ascii: "n")])
      case 0x0C: output.append(contentsOf: [0x5C, UInt8(ascii: "f")])
      case 0x0D: output.append(contentsOf: [0x5C, UInt8(ascii: "r")])
      case 0..<0x20:
        output.append(contentsOf: Array("\\u00".utf8))
        output.append(hexDigit(byte >> 4))
        output.append(hexDigit(byte & 15))
      default: output.append(byte)
      }
    }
  }

  private static func mustEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  /// Writes a scalar or an empty container, or opens a container that has something in it.
  private func begin(_ value: JSONValue, _ open: inout [Container], _ output: inout [UInt8]) {
    switch value {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let value): Self.append(number: value, to: &output)
    case .integer(let value): ShortestNumber.append(value, to: &output)
    case .string(let value): Self.append(quoted: value, to: &output)
    case .array(let elements):
      guard !elements.isEmpty else { return output.append(contentsOf: "[]".utf8) }
      output.append(UInt8(ascii: "["))
      open.append(Container(content: .array(elements)))
    case .object(let members):
      guard !members.isEmpty else { return output.append(contentsOf: "{}".utf8) }
      output.append(UInt8(ascii: "{"))
      open.append(Container(content: .object(members)))
    }
  }

  private func newLine(_ depth: Int, _ output: inout [UInt8]) {
    guard layout == .pretty else { return }
    output.append(0x0A)
    output.append(contentsOf: repeatElement(0x20, count: 2 * depth))
  }

  private static func append(number: Double, to output: inout [UInt8]) {
    guard number.isFinite else { return output.append(contentsOf: "null".utf8) }
    ShortestNumber.append(number, to: &output)
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}

/// An array or object being written: what is in it and the place reached.
private struct Container {
  enum Content {
    case array([JSONValue])
    case object([JSONValue.Member])
  }

  let content: Content
  var next = 0

  init(content: Content) {
    self.content = content
  }

  var count: Int {
    switch content {
    case .array(let elements): elements.count
    case .object(let members): members.count
    }
  }

  var closing: UInt8 {
    switch content {
    case .array: UInt8(ascii: "]")
    case .object: UInt8(ascii: "}")
    }
  }

  /// The value at a place; writes the key before a member's value.
  func element(_ place: Int, colon: [UInt8], _ output: inout [UInt8]) -> JSONValue {
    switch content {
    case .array(let elements): return elements[place]
    case .object(let members):
      JSONWriter.append(quoted: members[place].key, to: &output)
      output.append(contentsOf: colon)
      return members[place].value
    }
  }
}
