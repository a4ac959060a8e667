/// Cuts a long text at record borders, so that several threads can scan the pieces.
public enum RecordSplitter {
  /// A piece of the text.
  public struct Piece: Sendable, Equatable {
    /// The bytes of the piece; it begins where a record does.
    public var range: Range<Int>
    /// The line on which it begins, from 1.
    public var firstLine: Int
  }

  /// Pieces of about equal length that together are the whole text; fewer than asked when there are fewer records.
  ///
  /// Assumed is RFC 4180: quotes stand only around cells and doubled inside them. Then a newline ends a record if and only if
  /// the number of quotes before it is even. A text that breaks this (a lone quote inside a cell, as in `5" pipe`) is noticed
  /// on scanning: give `RecordScanner` every piece but the last with `ending: .piece`; one that ends in `.incomplete`
  /// instead of `.end` (or in a fault) shows that the borders are wrong, and the text must be scanned in one piece. If no
  /// piece does, each begins where the scan of the one before ended, so the result is that of one scan.
  public static func split(_ bytes: UnsafeRawBufferPointer, into count: Int) -> [Piece] {
    pieces(bytes, count, hasQuotes: true)
  }

  /// Pieces of NDJSON, where every newline ends a record (strings cannot hold one).
  public static func splitLines(_ bytes: UnsafeRawBufferPointer, into count: Int) -> [Piece] {
    pieces(bytes, count, hasQuotes: false)
  }

  /// Pieces of text without any quote, or of NDJSON, cut behind newlines; `nil` when there is a quote and `hasQuotes` says that
  /// quotes matter. Lines are not counted: every piece begins with line 1.
  public static func splitUncounted(
    _ bytes: UnsafeRawBufferPointer, into count: Int, quotesMatter: Bool
  ) -> [Piece]? {
    if quotesMatter, bytes.contains(quoteIn: 0..<bytes.count) { return nil }
    var pieces: [Piece] = []
    var start = 0
    for number in 1..<max(count, 1) {
      var at = max(bytes.count / count * number, start)
      while at < bytes.count, !endsLine(bytes, at) { at += 1 }
      guard at + 1 < bytes.count else { break }
      pieces.append(Piece(range: start..<(at + 1), firstLine: 1))
      start = at + 1
    }
    if start < bytes.count { pieces.append(Piece(range: start..<bytes.count, firstLine: 1)) }
    return pieces
  }

  private static func pieces(_ bytes: UnsafeRawBufferPointer, _ count: Int, hasQuotes: Bool) -> [Piece] {
    var pieces: [Piece] = []
    var tally = Tally()
    var (start, firstLine, counted) = (0, 1, 0)
    for number in 0..<max(count - 1, 0) {
      let aim = bytes.count / count * (number + 1)
      guard aim > counted else { continue }
      tally.add(bytes, counted..<aim)
      counted = aim
      while counted < bytes.count {
        tally.add(bytes, counted..<counted + 1)
        counted += 1
        if endsLine(bytes, counted - 1), !hasQuotes || tally.quotes % 2 == 0 { break }
      }
      guard counted < bytes.count else { break }
      pieces.append(Piece(range: start..<counted, firstLine: firstLine))
      (start, firstLine) = (counted, tally.lines + 1)
    }
    if start < bytes.count { pieces.append(Piece(range: start..<bytes.count, firstLine: firstLine)) }
    return pieces
  }

  /// Whether a byte is the last of a newline: LF, or CR without LF behind it.
  @inline(__always)
  private static func endsLine(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> Bool {
    bytes[at] == 0x0A || (bytes[at] == 0x0D && (at + 1 == bytes.count || bytes[at + 1] != 0x0A))
  }

  /// Quotes and lines counted so far.
  private struct Tally {
    var quotes = 0
    var lines = 0

    mutating func add(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
      for at in range {
        quotes &+= bytes[at] == UInt8(ascii: "\"") ? 1 : 0
        lines &+= endsLine(bytes, at) ? 1 : 0
      }
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether there is a double quote in a range, looked for eight bytes at a time.
  fileprivate func contains(quoteIn range: Range<Int>) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var at = range.lowerBound
    while at + 32 <= range.upperBound {
      var hits: UInt64 = 0
      for word in 0..<4 {
        let other = loadUnaligned(fromByteOffset: at + 8 * word, as: UInt64.self) ^ (ones &* 0x22)
        hits |= (other &- ones) & ~other
      }
      if hits & (ones &<< 7) != 0 { return true }
      at += 32
    }
    while at < range.upperBound {
      if self[at] == 0x22 { return true }
      at += 1
    }
    return false
  }
}
