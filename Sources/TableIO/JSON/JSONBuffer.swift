/// JSON text being written: room for a piece is made once, then its bytes are put in without further checks.
struct JSONBuffer: ~Copyable {
  private var bytes: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var count = 0

  /// An empty buffer with room for so many bytes; it grows by itself.
  init(capacity: Int) {
    self.capacity = capacity
    bytes = .allocate(capacity: capacity)
  }

  deinit { bytes.deallocate() }

  /// Looks at what was written so far.
  func withContent<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    body(UnsafeBufferPointer(start: bytes, count: count))
  }

  /// Whether a megabyte has come together.
  var isLong: Bool { count >= 1 << 20 }

  /// Takes out what was written so far.
  mutating func drain() -> [UInt8] {
    defer { count = 0 }
    return withContent { Array($0) }
  }

  /// Makes room for so many more bytes.
  @inline(__always)
  private mutating func reserve(_ more: Int) {
    if count &+ more > capacity { grow(more) }
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    capacity = max(2 * capacity, count + more)
    let wider = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    wider.update(from: bytes, count: count)
    bytes.deallocate()
    bytes = wider
  }

  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    bytes[count] = byte
    count &+= 1
  }

  /// Appends one byte.
  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    put(byte)
  }

  /// Appends bytes as they are.
  @inline(__always)
  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    reserve(text.count)
    guard let start = text.baseAddress else { return }
    (bytes + count).update(from: start, count: text.count)
    count &+= text.count
  }

  /// Appends a word of the language.
  mutating func append(word: StaticString) {
    append(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
  }

  /// Appends a newline and blanks.
  mutating func append(lineIndentedBy blanks: Int) {
    reserve(blanks + 1)
    put(0x0A)
    (bytes + count).update(repeating: 0x20, count: blanks)
    count &+= blanks
  }

  /// Appends a whole number.
  mutating func append(_ value: Int) {
    reserve(ShortestNumber.longest)
    count &+= ShortestNumber.write(value, to: room)
  }

  /// Appends a number; `null` where it is not finite.
  mutating func append(_ value: Double) {
    guard value.isFinite else { return append(word: "null") }
    reserve(ShortestNumber.longest)
    count &+= ShortestNumber.write(value, to: room)
  }

  /// The memory that is not written yet.
  @inline(__always)
  private var room: UnsafeMutableBufferPointer<UInt8> {
    UnsafeMutableBufferPointer(start: bytes + count, count: capacity &- count)
  }

  /// Appends a text in quotes, escaped.
  mutating func append(quoted text: String) {
    var text = text
    append(UInt8(ascii: "\""))
    text.withUTF8 { utf8 in
      if Self.mustEscape(utf8) { append(escaped: utf8) } else { append(utf8) }
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func append(escaped text: UnsafeBufferPointer<UInt8>) {
    reserve(6 * text.count)
    for byte in text {
      guard Self.mustEscape(byte) else {
        put(byte)
        continue
      }
      put(UInt8(ascii: "\\"))
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): put(byte)
      case 0x08: put(UInt8(ascii: "b"))
      case 0x09: put(UInt8(ascii: "t"))
      case 0x0A: put(UInt8(ascii: "n"))
      case 0x0C: put(UInt8(ascii: "f"))
      case 0x0D: put(UInt8(ascii: "r"))
      default:
        put(UInt8(ascii: "u"))
        put(UInt8(ascii: "0"))
        put(UInt8(ascii: "0"))
        put(Self.hexDigit(byte >> 4))
        put(Self.hexDigit(byte & 15))
      }
    }
  }

  /// Whether a text holds a byte to be escaped; every byte is looked at, without a branch.
  @inline(__always)
  private static func mustEscape(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var found: UInt8 = 0
    for byte in text { found |= mustEscape(byte) ? 1 : 0 }
    return found != 0
  }

  @inline(__always)
  private static func mustEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
