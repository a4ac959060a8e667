/// Yields the values of given keys from NDJSON, an object a line, as ranges of the text, without an allocation per line.
///
/// Keys that are not asked for are passed over; a key absent, or `null`, is an empty cell. Nested values are refused, as in
/// a table. The shape of every line is checked; whether a number is one is seen when it is read. Blank lines are passed over.
/// Unless `ending` is `.text` a line that the chunk cuts is `.incomplete`; carry on from `recordStart`.
public struct JSONLineScanner: ~Copyable {
  /// What a call of `next()` met.
  public enum Step: Sendable, Equatable {
    /// A line; its values are in the cells.
    case record
    /// The end of the text.
    case end
    /// The chunk ends inside the line that begins at `recordStart`.
    case incomplete
    /// Broken JSON, or a nested value: see `fault`.
    case fault
  }

  /// The line of the present record, from the first line given.
  public private(set) var line = 1
  /// Where the present record begins.
  public private(set) var recordStart = 0
  /// Where the next record begins.
  public private(set) var position = 0
  /// What is wrong, after the step `.fault`.
  public private(set) var fault: TableError?

  private let bytes: UnsafeRawBufferPointer
  private let keys: [String]
  private let keyBytes: [[UInt8]]
  private let ending: RecordScanner.Ending
  /// The line on which the next record begins.
  public var followingLine: Int { nextLine }
  private var nextLine = 1
  private var values: [Value]

  private struct Value {
    var start = 0
    var end = 0
    var isEscaped = false
  }

  /// A scanner for keys over bytes that must outlive it, beginning on a line of the given number.
  public init(_ bytes: UnsafeRawBufferPointer, keys: [String], ending: RecordScanner.Ending = .text, firstLine: Int = 1)
  {
    self.bytes = bytes
    self.keys = keys
    self.ending = ending
    keyBytes = keys.map { Array($0.utf8) }
    values = Array(repeating: Value(), count: keys.count)
    nextLine = firstLine
  }

  /// The bytes of a key's value: a string without its quotes (escapes as they stand), a number or a word.
  public func cell(_ index: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[values[index].start..<values[index].end])
  }

  /// The text of a key's value, escapes resolved; broken escapes stay as they are.
  public func text(_ index: Int) -> String {
    let text = String(decoding: cell(index), as: UTF8.self)
    guard values[index].isEscaped else { return text }
    return (try? JSONReader.read("\"" + text + "\""))?.string ?? text
  }

  /// What a key's value says where a number belongs.
  public func number(_ index: Int) -> NumberCell {
    NumberCell(bytes, values[index].start..<values[index].end, decimalMark: UInt8(ascii: "."))
  }

  /// Goes on to the next line.
  public mutating func next() -> Step {
    var at = position
    while at < bytes.count, bytes[at] <= 0x20 {
      if bytes[at] == 0x0A { nextLine += 1 }
      at += 1
    }
    (position, recordStart, line) = (at, at, nextLine)
    if at == bytes.count { return .end }
    for index in values.indices { values[index] = Value() }
    guard takeObject(&at) else { return stopped(at) }
    while at < bytes.count, bytes[at] != 0x0A {
      guard bytes[at] <= 0x20 else { return refuse("text follows the object", expected: "one object a line") }
      at += 1
    }
    guard at < bytes.count || ending == .text else { return .incomplete }
    position = at
    return .record
  }

  /// The object did not end: the chunk may have, or the text is broken at a place.
  private mutating func stopped(_ at: Int) -> Step {
    if fault != nil { return .fault }
    if at >= bytes.count {
      return ending == .text ? refuse("the text ends inside an object", expected: "'}'") : .incomplete
    }
    return refuse("broken JSON at byte \(at - recordStart + 1) of the line", expected: "an object a line")
  }

  private mutating func refuse(_ message: String, expected: String) -> Step {
    fault = TableError(message, line: line, expected: expected)
    return .fault
  }

  /// `{"key": value, …}`; false when something else comes, with `at` there.
  private mutating func takeObject(_ at: inout Int) -> Bool {
    guard take(UInt8(ascii: "{"), &at) else { return false }
    if take(UInt8(ascii: "}"), &at) { return true }
    var guess = 0
    while true {
      guard take(UInt8(ascii: "\""), &at), let key = takeString(&at), take(UInt8(ascii: ":"), &at) else { return false }
      let index = self.index(key, guess)
      guard let value = takeValue(&at, key) else { return false }
      if let index {
        values[index] = value
        guess = index + 1
      }
      if take(UInt8(ascii: "}"), &at) { return true }
      guard take(UInt8(ascii: ","), &at) else { return false }
    }
  }

  /// Skips blanks, and takes a byte if it comes then.
  @inline(__always)
  private func take(_ byte: UInt8, _ at: inout Int) -> Bool {
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == 0x0D { at += 1 }
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  /// A string from behind its opening quote; nil if it does not end on this line.
  @inline(__always)
  private func takeString(_ at: inout Int) -> Value? {
    var value = Value(start: at)
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        value.end = at
        at += 1
        return value
      }
      if byte < 0x20 { return nil }
      if byte == UInt8(ascii: "\\") {
        value.isEscaped = true
        at += 1
      }
      at += 1
    }
    at = bytes.count
    return nil
  }

  /// Which of the keys asked for this is, most often the one after the last.
  @inline(__always)
  private func index(_ key: Value, _ guess: Int) -> Int? {
    if guess < keyBytes.count, equals(key, keyBytes[guess]) { return guess }
    if key.isEscaped {
      let text = String(decoding: bytes[key.start..<key.end], as: UTF8.self)
      guard let name = (try? JSONReader.read("\"" + text + "\""))?.string else { return nil }
      return keys.firstIndex(of: name)
    }
    return keyBytes.firstIndex { equals(key, $0) }
  }

  @inline(__always)
  private func equals(_ key: Value, _ wanted: [UInt8]) -> Bool {
    guard !key.isEscaped, key.end - key.start == wanted.count else { return false }
    for offset in wanted.indices where bytes[key.start + offset] != wanted[offset] { return false }
    return true
  }

  /// A string, a number or a word; nil when something else comes, with a fault if it is nested.
  private mutating func takeValue(_ at: inout Int, _ key: Value) -> Value? {
    if take(UInt8(ascii: "\""), &at) { return takeString(&at) }
    guard at < bytes.count else { return nil }
    if bytes[at] == UInt8(ascii: "[") || bytes[at] == UInt8(ascii: "{") {
      let name = String(decoding: bytes[key.start..<key.end], as: UTF8.self)
      _ = refuse("the value of \"\(name)\" is nested", expected: "a number, a text or null")
      fault?.column = name
      return nil
    }
    let start = at
    while at < bytes.count, isWordByte(bytes[at]) { at += 1 }
    guard at > start, at < bytes.count else { return nil }
    let isNull = at - start == 4 && bytes[start] == UInt8(ascii: "n")
    return isNull ? Value() : Value(start: start, end: at)
  }

  /// The bytes of numbers, `true`, `false` and `null`.
  @inline(__always)
  private func isWordByte(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+")
  }
}
