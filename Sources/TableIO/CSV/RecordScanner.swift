/// Yields the records of separated values one at a time as ranges of the text, without an allocation per record.
///
/// Quoting is RFC 4180's: a cell that begins with `"` (blanks before it are skipped) runs to the next single `"`, may
/// hold delimiters and newlines, and doubles its own quotes. A quote inside a cell that does not begin with one is an
/// ordinary character. LF, CRLF and CR end a record. Lines without any character are passed over and counted.
///
/// The text may be a chunk of a longer one: with `isLastChunk` false, a record that the chunk cuts is `.incomplete`;
/// carry the bytes from `recordStart` on over to the next chunk.
public struct RecordScanner: ~Copyable {
  /// A cell: bytes start..<end, the quotes around it left out.
  public struct Field: Sendable, Equatable {
    /// The place of the first byte.
    public var start: Int
    /// The place behind the last byte.
    public var end: Int
    /// Whether the cell stood in quotes.
    public var isQuoted = false
    /// Whether quotes inside it are doubled and must be halved on use.
    public var hasDoubledQuotes = false
  }

  /// What a call of `next()` met.
  public enum Step: Sendable, Equatable {
    /// A record; `count` cells.
    case record
    /// The end of the text.
    case end
    /// The chunk ends inside the record that begins at `recordStart`.
    case incomplete
    /// A quoted cell that is never closed.
    case unterminatedQuote
    /// A character that follows a closing quote but is neither delimiter nor newline; its place is `faultPosition`.
    case textAfterQuote
  }

  /// The number of cells of the present record.
  public private(set) var count = 0
  /// The line on which the present record begins, from the first line given.
  public private(set) var line = 1
  /// Where the present record begins.
  public private(set) var recordStart = 0
  /// Where the next record begins, or where scanning stopped.
  public private(set) var position = 0
  /// Where the last fault was met.
  public private(set) var faultPosition = 0
  /// Lines without any character passed over so far.
  public private(set) var blankLines = 0
  /// Comment lines passed over so far.
  public private(set) var commentLines = 0

  private let bytes: UnsafeRawBufferPointer
  private let delimiter: UInt8
  private let comment: UInt8?
  private let isLastChunk: Bool
  private var nextLine = 1
  private var fields: UnsafeMutablePointer<Field>
  private var capacity = 16
  private static let quote = UInt8(ascii: "\"")

  /// A scanner over bytes that must outlive it; lines that begin with `comment` are passed over.
  public init(
    _ bytes: UnsafeRawBufferPointer, delimiter: UInt8 = UInt8(ascii: ","), comment: UInt8? = nil,
    isLastChunk: Bool = true
  ) {
    self.bytes = bytes
    self.delimiter = delimiter
    self.comment = comment
    self.isLastChunk = isLastChunk
    fields = .allocate(capacity: capacity)
  }

  deinit {
    fields.deallocate()
  }

  /// Goes to the beginning of a record elsewhere in the bytes, on a line of the given number.
  public mutating func move(to position: Int, line: Int) {
    self.position = position
    recordStart = position
    self.line = line
    nextLine = line
  }

  /// A cell of the present record.
  @inline(__always)
  public func field(_ index: Int) -> Field {
    precondition(index >= 0 && index < count, "no such cell")
    return fields[index]
  }

  /// The bytes of a cell of the present record.
  @inline(__always)
  public func cell(_ index: Int) -> UnsafeRawBufferPointer {
    let field = field(index)
    return UnsafeRawBufferPointer(rebasing: bytes[field.start..<field.end])
  }

  /// What a cell of the present record says where a number belongs.
  public func number(_ index: Int, decimalMark: UInt8 = UInt8(ascii: ".")) -> NumberCell {
    NumberCell(cell(index), decimalMark: decimalMark)
  }

  /// The text of a cell of the present record, doubled quotes halved.
  public func text(_ index: Int) -> String {
    let field = field(index)
    guard field.hasDoubledQuotes else { return String(decoding: cell(index), as: UTF8.self) }
    var plain: [UInt8] = []
    QuotedText.append(cell(index), to: &plain)
    return String(decoding: plain, as: UTF8.self)
  }

  /// Goes on to the next record.
  public mutating func next() -> Step {
    skipBlankAndCommentLines()
    count = 0
    recordStart = position
    line = nextLine
    if position == bytes.count { return .end }
    var at = position
    while true {
      if at < bytes.count, bytes[at] == Self.quote || bytes[at] == 0x20, let start = quotedStart(at) {
        let step = quotedField(start, &at)
        if step != .record { return step }
      } else {
        let start = at
        at = endOfPlainField(at)
        append(Field(start: start, end: at))
      }
      guard at < bytes.count else { return endOfText() }
      if bytes[at] == delimiter {
        at += 1
        continue
      }
      guard let behind = behindNewline(at) else { return .incomplete }
      position = behind
      nextLine += 1
      return .record
    }
  }

  @inline(__always)
  private mutating func append(_ field: Field) {
    if count == capacity { grow() }
    fields[count] = field
    count += 1
  }

  private mutating func grow() {
    let wider = UnsafeMutablePointer<Field>.allocate(capacity: 2 * capacity)
    wider.moveInitialize(from: fields, count: capacity)
    fields.deallocate()
    fields = wider
    capacity *= 2
  }

  /// The place of the delimiter, newline or end that closes a cell without quotes.
  ///
  /// Eight bytes at a time: in `word - 0x0E…0E` and `(word ^ delimiters) - 0x01…01` the top bit of the lowest byte that
  /// is below 14, or the delimiter, is set where it was clear (the borrow can only mislead higher bytes).
  @inline(__always)
  private func endOfPlainField(_ start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let delimiters = ones &* UInt64(delimiter)
    var at = start
    while at + 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      let other = word ^ delimiters
      let hits = ((word &- ones &* 14) & ~word | (other &- ones) & ~other) & (ones << 7)
      if hits == 0 {
        at += 8
        continue
      }
      at += hits.trailingZeroBitCount >> 3
      if endsField(bytes[at]) { return at }
      at += 1
    }
    while at < bytes.count, !endsField(bytes[at]) { at += 1 }
    return at
  }

  @inline(__always)
  private func endsField(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == 0x0A || byte == 0x0D
  }

  private mutating func endOfText() -> Step {
    guard isLastChunk else { return .incomplete }
    position = bytes.count
    return .record
  }

  /// The place behind a newline; nil when a CR ends a chunk and an LF may follow in the next.
  @inline(__always)
  private func behindNewline(_ at: Int) -> Int? {
    if bytes[at] == 0x0A { return at + 1 }
    if at + 1 < bytes.count { return bytes[at + 1] == 0x0A ? at + 2 : at + 1 }
    return isLastChunk ? at + 1 : nil
  }

  private mutating func skipBlankAndCommentLines() {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x0A || byte == 0x0D {
        guard let behind = behindNewline(position) else { return }
        position = behind
        blankLines += 1
      } else if byte == comment {
        guard let behind = behindLine(position) else { return }
        position = behind
        commentLines += 1
      } else {
        return
      }
      nextLine += 1
    }
  }

  /// The place behind the line that a place is on; nil when the chunk ends before the line does.
  private func behindLine(_ start: Int) -> Int? {
    var at = start
    while at < bytes.count, bytes[at] != 0x0A, bytes[at] != 0x0D { at += 1 }
    return at < bytes.count ? behindNewline(at) : isLastChunk ? at : nil
  }

  /// The place behind an opening quote, if blanks and a quote come now.
  private func quotedStart(_ start: Int) -> Int? {
    var at = start
    while at < bytes.count, bytes[at] == 0x20 { at += 1 }
    return at < bytes.count && bytes[at] == Self.quote ? at + 1 : nil
  }

  /// Takes a quoted cell; `at` is then the delimiter, newline or end behind it.
  private mutating func quotedField(_ start: Int, _ at: inout Int) -> Step {
    var field = Field(start: start, end: start, isQuoted: true)
    at = start
    while at < bytes.count {
      switch bytes[at] {
      case Self.quote:
        if at + 1 == bytes.count, !isLastChunk { return .incomplete }
        if at + 1 < bytes.count, bytes[at + 1] == Self.quote {
          field.hasDoubledQuotes = true
          at += 2
          continue
        }
        field.end = at
        append(field)
        return behindQuote(&at)
      case 0x0A: nextLine += 1
      case 0x0D where at + 1 < bytes.count && bytes[at + 1] != 0x0A: nextLine += 1
      default: break
      }
      at += 1
    }
    if !isLastChunk {
      nextLine = line
      return .incomplete
    }
    faultPosition = start - 1
    return .unterminatedQuote
  }

  /// Skips blanks behind a closing quote; a delimiter, a newline or the end must follow.
  private mutating func behindQuote(_ at: inout Int) -> Step {
    at += 1
    while at < bytes.count, bytes[at] == 0x20 { at += 1 }
    guard at < bytes.count, bytes[at] != delimiter, bytes[at] != 0x0A, bytes[at] != 0x0D else { return .record }
    faultPosition = at
    return .textAfterQuote
  }
}

/// The inside of a quoted cell.
enum QuotedText {
  /// Appends bytes with doubled quotes halved.
  static func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    var skip = false
    for byte in bytes {
      if byte == UInt8(ascii: "\""), !skip {
        skip = true
        output.append(byte)
      } else if byte == UInt8(ascii: "\"") {
        skip = false
      } else {
        skip = false
        output.append(byte)
      }
    }
  }

  /// Halves doubled quotes of a range in place; returns its new end.
  static func halveQuotes(_ bytes: inout [UInt8], _ range: Range<Int>) -> Int {
    var (from, to) = (range.lowerBound, range.lowerBound)
    while from < range.upperBound {
      bytes[to] = bytes[from]
      from += bytes[from] == UInt8(ascii: "\"") ? 2 : 1
      to += 1
    }
    return to
  }
}
