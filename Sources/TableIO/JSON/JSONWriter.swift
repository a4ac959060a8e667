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

  /// A writer of one layout.
  public init(_ layout: Layout = .compact) { self.layout = layout }

  /// The value as text, without a newline at the end.
  public func text(_ value: JSONValue) -> String {
    var buffer = JSONBuffer(capacity: 1024)
    write(value, to: &buffer)
    return buffer.withContent { String(decoding: $0, as: UTF8.self) }
  }

  /// The value as UTF-8, followed by `ending`.
  public func bytes(_ value: JSONValue, ending: StaticString = "") -> [UInt8] {
    var buffer = JSONBuffer(capacity: 8192)
    write(value, to: &buffer)
    buffer.append(word: ending)
    return buffer.drain()
  }

  /// Gives the value as UTF-8, followed by `ending`, in pieces of about a megabyte; most values are one piece.
  public func write<Failure: Error>(
    _ value: JSONValue, ending: StaticString = "", to sink: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var buffer = JSONBuffer(capacity: 8192)
    try write(value, to: &buffer) { (buffer) throws(Failure) in
      if buffer.isLong { try sink(buffer.drain()) }
    }
    buffer.append(word: ending)
    try sink(buffer.drain())
  }

  /// Appends the value to a buffer.
  public func append(_ value: JSONValue, to output: inout [UInt8]) {
    var buffer = JSONBuffer(capacity: 1024)
    write(value, to: &buffer)
    buffer.withContent { output.append(contentsOf: $0) }
  }

  /// Appends a text in quotes, escaped.
  public static func append(quoted text: String, to output: inout [UInt8]) {
    var buffer = JSONBuffer(capacity: 256)
    buffer.append(quoted: text)
    buffer.withContent { output.append(contentsOf: $0) }
  }

  private func write(_ value: JSONValue, to buffer: inout JSONBuffer) { write(value, to: &buffer) { _ in } }

  /// Writes the value; `look` sees the buffer between containers.
  private func write<Failure: Error>(
    _ value: JSONValue, to buffer: inout JSONBuffer, look: (inout JSONBuffer) throws(Failure) -> Void
  ) throws(Failure) {
    guard var container = begin(value, &buffer) else { return }
    var outer: [Container] = []
    while true {
      try look(&buffer)
      if let inner = writeElements(of: &container, depth: outer.count + 1, &buffer) {
        outer.append(container)
        container = inner
        continue
      }
      if layout == .pretty { buffer.append(lineIndentedBy: 2 * outer.count) }
      buffer.append(container.closing)
      guard let last = outer.popLast() else { return }
      container = last
    }
  }

  /// Writes a scalar or an empty container, or opens a container that has something in it.
  private func begin(_ value: JSONValue, _ buffer: inout JSONBuffer) -> Container? {
    switch value {
    case .null: buffer.append(word: "null")
    case .bool(let value): buffer.append(word: value ? "true" : "false")
    case .number(let value): buffer.append(value)
    case .integer(let value): buffer.append(value)
    case .string(let value): buffer.append(quoted: value)
    case .array(let elements): return open(.array(elements), elements.count, "[", "[]", &buffer)
    case .list(let list): return open(.list(list), list.count, "[", "[]", &buffer)
    case .object(let members): return open(.object(members), members.count, "{", "{}", &buffer)
    }
    return nil
  }

  /// Opens a container, or writes an empty one whole.
  private func open(
    _ content: Container.Content, _ count: Int, _ opening: StaticString, _ empty: StaticString,
    _ buffer: inout JSONBuffer
  ) -> Container? {
    buffer.append(word: count == 0 ? empty : opening)
    return count == 0 ? nil : Container(content: content, count: count)
  }

  /// Writes what is left of a container up to the next one inside it, which is opened and returned.
  private func writeElements(
    of container: inout Container, depth: Int, _ buffer: inout JSONBuffer
  ) -> Container? {
    while container.next < container.count {
      let place = container.next
      container.next += 1
      separate(place, depth, &buffer)
      let value: JSONValue
      switch container.content {
      case .array(let elements): value = elements[place]
      case .list(let list): value = list[place]
      case .object(let members):
        buffer.append(quoted: members[place].key)
        buffer.append(word: layout == .pretty ? ": " : ":")
        value = members[place].value
      }
      if let inner = begin(value, &buffer) { return inner }
    }
    return nil
  }

  /// Goes to the place of an element: behind a comma, on a line of its own.
  private func separate(_ place: Int, _ depth: Int, _ buffer: inout JSONBuffer) {
    if place > 0 { buffer.append(UInt8(ascii: ",")) }
    if layout == .pretty { buffer.append(lineIndentedBy: 2 * depth) }
  }
}

/// An array or object being written: what is in it and the place reached.
private struct Container {
  enum Content {
    case array([JSONValue])
    case list(JSONList)
    case object([JSONValue.Member])
  }

  let content: Content
  let count: Int
  var next = 0

  init(content: Content, count: Int) {
    self.content = content
    self.count = count
  }

  var closing: UInt8 {
    switch content {
    case .array, .list: UInt8(ascii: "]")
    case .object: UInt8(ascii: "}")
    }
  }
}
