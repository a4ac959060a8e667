/// What most records of a long table look like: some cells repeat those of a record before byte for byte, some hold a plain number, the
/// rest does not matter.
///
/// A scanner takes such a record in one pass over its bytes: see `RecordScanner.take(_:into:)`.
public struct RecordPattern: Sendable {
  fileprivate enum Kind: Sendable { case repeated, number, other }

  fileprivate struct Column: Sendable {
    var kind = Kind.other
    var decimalMark = UInt8(ascii: ".")
    /// Which of the numbers it is.
    var place = 0
    /// The bytes that a repeated cell must have.
    var start = 0
    var length = -1
  }

  fileprivate var columns: [Column]
  private let repeated: [Int]
  /// Whether it has the cells to be repeated.
  public fileprivate(set) var isKnown = false
  /// Whether one of them stood in quotes.
  fileprivate var hasQuotes = false

  /// A pattern that no record has.
  public init() { (columns, repeated) = ([], []) }

  /// A pattern of records with so many cells; `nil` when a column would have to be two things.
  ///
  /// - Parameters:
  ///   - repeated: columns that repeat.
  ///   - numbers: columns with numbers and their decimal marks, in the order in which the numbers are wanted.
  public init?(columnCount: Int, repeated: [Int], numbers: [(column: Int, decimalMark: UInt8)]) {
    columns = Array(repeating: Column(), count: columnCount)
    self.repeated = repeated
    for column in repeated {
      guard columns[column].kind == .other else { return nil }
      columns[column].kind = .repeated
    }
    for (place, number) in numbers.enumerated() {
      guard columns[number.column].kind == .other else { return nil }
      columns[number.column] = Column(kind: .number, decimalMark: number.decimalMark, place: place)
    }
  }

  /// Takes the cells that are to be repeated from a scanner's present record; the pattern is good for that scanner only.
  public mutating func remember(_ scanner: borrowing RecordScanner) {
    isKnown = scanner.count == columns.count && !columns.isEmpty
    guard isKnown else { return }
    hasQuotes = false
    for column in repeated {
      let field = scanner.field(column)
      let quotes = field.isQuoted ? 1 : 0
      hasQuotes = hasQuotes || field.isQuoted
      columns[column].start = field.start - quotes
      columns[column].length = field.end - field.start + 2 * quotes
      // A record with newlines in it has more lines than one.
      if field.isQuoted, scanner.cell(column).contains(where: { $0 == 0x0A || $0 == 0x0D }) { isKnown = false }
    }
  }

  /// Makes the cells in a scanner's room those to be repeated; false if they are the same as before.
  fileprivate mutating func `repeat`(of scanner: borrowing RecordScanner) -> Bool {
    var isNew = false
    for index in repeated.indices {
      let column = repeated[index]
      let cell = scanner.kept(column)
      isNew = isNew || scanner.repeatedEnd(columns[column], cell.start) != cell.end
      (columns[column].start, columns[column].length) = (cell.start, cell.end &- cell.start)
    }
    return isNew
  }

  /// One of the cells to be repeated that a scanner's `takeOpening` found, in the order in which the columns were given.
  @inline(__always)
  public func repeatedField(_ index: Int) -> RecordScanner.Field {
    let column = columns[repeated[index]]
    return RecordScanner.Field(start: column.start, end: column.start &+ column.length)
  }
}

extension RecordScanner {
  /// Takes the next record if it has the pattern, and stores its numbers; stays where it is otherwise, and `next()` reads
  /// the record whatever it looks like.
  ///
  /// The record that was taken has a `line` and a `recordStart`, but no cells.
  public mutating func take(
    _ pattern: borrowing RecordPattern, into numbers: UnsafeMutableBufferPointer<Double>
  ) -> Bool {
    guard pattern.isKnown, comment == nil else { return false }
    guard let behind = match(pattern, numbers, repeated: { repeatedEnd(pattern.columns[$1], $0) }) else { return false }
    pass(behind)
    return true
  }

  /// Takes the next record if it has the pattern but for other cells without quotes where the pattern repeats those of a record
  /// without quotes, and makes these the ones to be repeated; stays where it is otherwise, with a pattern that may have become
  /// unknown.
  public mutating func takeOpening(
    _ pattern: inout RecordPattern, into numbers: UnsafeMutableBufferPointer<Double>
  ) -> Bool {
    guard pattern.isKnown, !pattern.hasQuotes, comment == nil else { return false }
    // Its cells lie in the scanner's room until all is well.
    reserve(pattern.columns.count)
    let behind = match(pattern, numbers) { at, index in
      guard let end = plainCellEnd(at), !mayOpenQuote(at) else { return nil }
      keep(Field(start: at, end: end), at: index)
      return end
    }
    guard let behind, pattern.repeat(of: self) else {
      pattern.isKnown = false
      return false
    }
    pass(behind)
    return true
  }

  /// The place behind a record of a pattern that begins at `position`, its numbers stored; `repeated` gives the end of a cell of a
  /// column that is repeated, from where it begins.
  @inline(__always)
  private func match(
    _ pattern: borrowing RecordPattern, _ numbers: UnsafeMutableBufferPointer<Double>,
    repeated: (_ at: Int, _ column: Int) -> Int?
  ) -> Int? {
    var end = position &- 1
    for (index, column) in pattern.columns.enumerated() {
      // The first cell is behind the newline of the record before.
      if end >= position, bytes[end] != delimiter { return nil }
      let at = end &+ 1
      if column.kind == .repeated {
        guard let found = repeated(at, index) else { return nil }
        end = found
      } else if column.kind == .number {
        guard let number = plainNumber(at, column.decimalMark) else { return nil }
        numbers[column.place] = number.value
        end = number.end
      } else {
        guard let found = plainCellEnd(at), !mayOpenQuote(at) else { return nil }
        end = found
      }
    }
    guard bytes[end] == 0x0A || bytes[end] == 0x0D else { return nil }
    return behindNewline(end)
  }

  /// Makes a record the present one, without cells.
  @inline(__always)
  private mutating func pass(_ behind: Int) {
    count = 0
    (recordStart, line) = (position, followingLine)
    (position, followingLine) = (behind, followingLine &+ 1)
  }

  /// Where a cell ends that repeats the one of a pattern.
  @inline(__always)
  fileprivate func repeatedEnd(_ column: RecordPattern.Column, _ at: Int) -> Int? {
    let end = at &+ column.length
    guard end < bytes.count, isSame(at, column.start, column.length) else { return nil }
    return end
  }

  /// The number in a cell and where the cell ends, or where the number does if the cell has more.
  @inline(__always)
  private func plainNumber(_ at: Int, _ decimalMark: UInt8) -> (value: Double, end: Int)? {
    if let short = PlainDecimal.prefix(bytes, at: at, decimalMark: decimalMark) { return short }
    guard let end = plainCellEnd(at) else { return nil }
    return PlainDecimal.long(bytes, at..<end, decimalMark: decimalMark).map { ($0, end) }
  }

  /// Where a cell without quotes ends; `nil` near the end of the bytes.
  @inline(__always)
  private func plainCellEnd(_ start: Int) -> Int? {
    var at = start
    while at &+ 8 <= bytes.count {
      let hits = borders(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
      if hits != 0 { return at &+ hits.trailingZeroBitCount &>> 3 }
      at &+= 8
    }
    return nil
  }

  @inline(__always)
  private func isSame(_ at: Int, _ known: Int, _ length: Int) -> Bool {
    var done = 0
    while done &+ 8 <= length {
      let (a, b) = (at &+ done, known &+ done)
      if bytes.loadUnaligned(fromByteOffset: a, as: UInt64.self)
        != bytes.loadUnaligned(fromByteOffset: b, as: UInt64.self)
      {
        return false
      }
      done &+= 8
    }
    // The rest in one word; near the end of the bytes the slow way is taken.
    guard at &+ done &+ 8 <= bytes.count, known &+ done &+ 8 <= bytes.count else { return done == length }
    let difference =
      bytes.loadUnaligned(fromByteOffset: at &+ done, as: UInt64.self).littleEndian
      ^ bytes.loadUnaligned(fromByteOffset: known &+ done, as: UInt64.self).littleEndian
    return difference & ((1 &<< UInt64(truncatingIfNeeded: 8 &* (length &- done))) &- 1) == 0
  }
}
