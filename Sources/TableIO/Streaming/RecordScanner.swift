/// Yields the records of separated values one at a time as ranges of the text, without an allocation per record.
///
/// Quoting is RFC 4180's: a cell that begins with `"` (blanks before it are skipped) runs to the next single `"`, may
/// hold delimiters and newlines, and doubles its own quotes. A quote inside a cell that does not begin with one is an
/// ordinary character. LF, CRLF and CR end a record. Lines without any character are passed over and counted.
///
/// The bytes may be a part of a longer text: with `ending` `.chunk`, a record that the chunk cuts is `.incomplete`; carry the
/// bytes from `recordStart` on over to the next chunk.
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

  /// What the end of the bytes is.
  public enum Ending: Sendable {
    /// The end of the text: the last record needs no newline.
    case text
    /// The end of a piece that was cut behind a record.
    case piece
    /// Any place in the text; more bytes follow.
    case chunk
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
  public internal(set) var count = 0
  /// The line on which the present record begins, from the first line given.
  public internal(set) var line = 1
  /// Where the present record begins.
  public internal(set) var recordStart = 0
  /// Where the next record begins, or where scanning stopped.
  public internal(set) var position = 0
  /// Where the last fault was met.
  public private(set) var faultPosition = 0
  /// Lines without any character passed over so far.
  public private(set) var blankLines = 0
  /// Comment lines passed over so far.
  public private(set) var commentLines = 0

  let bytes: UnsafeRawBufferPointer
  let delimiter: UInt8
  let comment: UInt8?
  private let ending: Ending
  /// The line on which the next record begins.
  public internal(set) var followingLine = 1
  private var fields: UnsafeMutablePointer<Field>
  private var capacity = 16
  private static let quote = UInt8(ascii: "\"")

  /// A scanner over bytes that must outlive it; lines that begin with `comment` are passed over.
  public init(
    _ bytes: UnsafeRawBufferPointer, delimiter: UInt8 = UInt8(ascii: ","), comment: UInt8? = nil,
    ending: Ending = .text
  ) {
    self.bytes = bytes
    self.delimiter = delimiter
    self.comment = comment
    self.ending = ending
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
    followingLine = line
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
    let field = field(index)
    let range = Range(uncheckedBounds: (field.start, field.end))
    return NumberCell(bytes, range, decimalMark: decimalMark)
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
    line = followingLine
    if position == bytes.count { return .end }
    var start = position
    if !mayOpenQuote(start) {
      if let behind = quickFields(&start) { return endRecord(behind) }
    }
    return slowFields(start)
  }

  @inline(__always)
  private mutating func endRecord(_ behind: Int) -> Step {
    position = behind
    followingLine &+= 1
    return .record
  }

  /// The top bits of the bytes among eight that are less than 14 (newlines) or the delimiter.
  ///
  /// Exact, since adding to seven bits cannot carry into the next byte.
  @inline(__always)
  func borders(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let (tops, rests) = (ones &* 0x80, ones &* 0x7F)
    let other = word ^ (ones &* UInt64(delimiter))
    let below = ((word & rests) &+ (ones &* 0x72)) | word
    let equal = ((other & rests) &+ rests) | other
    return ~(below & equal) & tops
  }

  /// Takes cells without quotes, eight bytes at a time, while at least eight bytes are left. Returns the place behind the
  /// record, or nil with `start` at a cell that has to be taken the slow way.
  @inline(__always)
  private mutating func quickFields(_ start: inout Int) -> Int? {
    let last = bytes.count &- 8
    var base = start
    while base <= last {
      var hits = borders(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: base, as: UInt64.self)))
      while hits != 0 {
        let at = base &+ hits.trailingZeroBitCount &>> 3
        hits &= hits &- 1
        if bytes[at] == delimiter {
          append(Field(start: start, end: at))
          start = at &+ 1
          if mayOpenQuote(start) { return nil }
        } else if bytes[at] == 0x0A || bytes[at] == 0x0D {
          guard let behind = behindNewline(at) else { return nil }
          append(Field(start: start, end: at))
          return behind
        }
      }
      base &+= 8
    }
    return nil
  }

  /// Whether a byte is a quote (0x22) or a blank (0x20), which may stand before one.
  @inline(__always)
  func mayOpenQuote(_ at: Int) -> Bool {
    at < bytes.count && bytes[at] & 0xFD == 0x20
  }

  /// Takes cells one by one from a place on, quoted ones and those near the end of the chunk too.
  private mutating func slowFields(_ start: Int) -> Step {
    var at = start
    while true {
      if mayOpenQuote(at), let inside = quotedStart(at) {
        let step = quotedField(inside, &at)
        if step != .record { return step }
      } else {
        let start = at
        while at < bytes.count, !endsField(bytes[at]) { at += 1 }
        append(Field(start: start, end: at))
      }
      guard at < bytes.count else { return endOfText() }
      if bytes[at] != delimiter {
        guard let behind = behindNewline(at) else { return .incomplete }
        return endRecord(behind)
      }
      at += 1
      if !mayOpenQuote(at), let behind = quickFields(&at) { return endRecord(behind) }
    }
  }

  @inline(__always)
  private mutating func append(_ field: Field) {
    if count == capacity { grow() }
    fields[count] = field
    count += 1
  }

  /// Makes room for so many cells.
  mutating func reserve(_ cells: Int) {
    while capacity < cells { grow() }
  }

  /// Puts a cell in a place of the room that there is, and gives one from there; the present record need not have it.
  @inline(__always)
  func keep(_ field: Field, at place: Int) { fields[place] = field }
  @inline(__always)
  func kept(_ place: Int) -> Field { fields[place] }

  private mutating func grow() {
    let wider = UnsafeMutablePointer<Field>.allocate(capacity: 2 * capacity)
    wider.moveInitialize(from: fields, count: capacity)
    fields.deallocate()
    fields = wider
    capacity *= 2
  }

  @inline(__always)
  private func endsField(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == 0x0A || byte == 0x0D
  }

  private mutating func endOfText() -> Step {
    guard ending == .text else { return .incomplete }
    position = bytes.count
    return .record
  }

  /// The place behind a newline; nil when a CR ends a chunk and an LF may follow in the next.
  @inline(__always)
  func behindNewline(_ at: Int) -> Int? {
    if bytes[at] == 0x0A { return at + 1 }
    if at + 1 < bytes.count { return bytes[at + 1] == 0x0A ? at + 2 : at + 1 }
    return ending == .chunk ? nil : at + 1
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
      followingLine += 1
    }
  }

  /// The place behind the line that a place is on; nil when the chunk ends before the line does.
  private func behindLine(_ start: Int) -> Int? {
    var at = start
    while at < bytes.count, bytes[at] != 0x0A, bytes[at] != 0x0D { at += 1 }
    return at < bytes.count ? behindNewline(at) : ending == .chunk ? nil : at
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
        if at + 1 == bytes.count, ending == .chunk { return .incomplete }
        if at + 1 < bytes.count, bytes[at + 1] == Self.quote {
          field.hasDoubledQuotes = true
          at += 2
          continue
        }
        field.end = at
        append(field)
        return behindQuote(&at)
      case 0x0A: followingLine += 1
      case 0x0D where at + 1 < bytes.count && bytes[at + 1] != 0x0A: followingLine += 1
      default: break
      }
      at += 1
    }
    if ending != .text {
      followingLine = line
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
