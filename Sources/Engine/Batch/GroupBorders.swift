import TableIO

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Where a text can be cut, so that every piece has whole groups.
extension BatchSchema {
  /// Where the last group begins of a text that begins with a record and may end anywhere: behind it the group may go on. `nil`
  /// when there is one group only.
  ///
  /// In a wide table, behind the last whole record. When the text is broken, its end: who parses it will say what is wrong.
  func lastGroupStart(_ bytes: UnsafeRawBufferPointer) -> Int? {
    if case .separated(let delimiter, _) = format, bytes.contains(byte: UInt8(ascii: "\"")) {
      return lastGroupStart(bytes, scanningFrom: 0, delimiter)
    }
    guard var end = bytes.lastLineEnd else { return nil }
    if isWide { return end }
    // A long group is seen at once: it has the first record too.
    let first = firstKey(bytes)
    var following: (key: [UInt8], start: Int)?
    while end > 0 {
      let start = UnsafeRawBufferPointer(rebasing: bytes[..<bytes.beforeNewline(end)]).lastLineEnd ?? 0
      var key: [UInt8] = []
      switch readKey(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), &key) {
      case .record:
        if let following, following.key != key { return following.start }
        if key == first { return nil }
        following = (key, start)
      case .nothing: break
      case .broken: return bytes.count
      }
      end = start
    }
    return nil
  }

  /// The key of the first record; `nil` when there is none to read.
  private func firstKey(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    var key: [UInt8] = []
    guard case .record = readKey(bytes, &key) else { return nil }
    return key
  }

  private enum Line { case record, nothing, broken }

  /// The key of the first record of some lines.
  private func readKey(_ line: UnsafeRawBufferPointer, _ key: inout [UInt8]) -> Line {
    switch format {
    case .separated(let delimiter, _):
      var scanner = RecordScanner(line, delimiter: delimiter, ending: .piece)
      guard case .record = scanner.next() else { return .nothing }
      addKey(of: scanner, to: &key)
    case .lines:
      var scanner = JSONLineScanner(line, keys: columnNames, ending: .piece)
      switch scanner.next() {
      case .record: addKey(of: scanner, to: &key)
      case .end: return .nothing
      default: return .broken
      }
    }
    return .record
  }

  /// The same where cells stand in quotes, and may hold newlines: from a record on.
  private func lastGroupStart(
    _ bytes: UnsafeRawBufferPointer, scanningFrom start: Int, _ delimiter: UInt8
  ) -> Int? {
    var scanner = RecordScanner(bytes, delimiter: delimiter, ending: .chunk)
    var group = GroupCells(self)
    var last = 0
    while true {
      switch scanner.next() {
      case .record:
        if !group.isRepeated(by: scanner, bytes) {
          group.remember(scanner)
          last = scanner.recordStart
        }
      case .end: return isWide ? bytes.count : last > 0 ? last : nil
      case .incomplete:
        if isWide { return scanner.recordStart > 0 ? scanner.recordStart : nil }
        return last > 0 ? last : nil
      default: return bytes.count
      }
    }
  }

  /// The whole lines of a text and where the last one ends; `nil` where a newline need not end a record.
  func countLines(_ bytes: UnsafeRawBufferPointer) -> (count: Int, end: Int)? {
    if case .separated = format, bytes.contains(byte: UInt8(ascii: "\"")) { return nil }
    let end = bytes.lastLineEnd ?? 0
    return (UnsafeRawBufferPointer(rebasing: bytes[..<end]).lineEnds, end)
  }
}

extension UnsafeRawBufferPointer {
  fileprivate func contains(byte: UInt8) -> Bool {
    baseAddress.map { memchr($0, Int32(byte), count) != nil } ?? false
  }

  /// Whether a byte is the last of a newline: LF, or CR with something else than LF behind it.
  private func endsLine(_ at: Int) -> Bool {
    self[at] == 0x0A || (self[at] == 0x0D && at + 1 < count && self[at + 1] != 0x0A)
  }

  /// The place behind the last newline.
  fileprivate var lastLineEnd: Int? {
    var at = count - 1
    while at >= 0, !endsLine(at) { at -= 1 }
    return at >= 0 ? at + 1 : nil
  }

  /// The place of the newline that ends before a place.
  fileprivate func beforeNewline(_ end: Int) -> Int {
    guard end > 0, self[end - 1] == 0x0A || self[end - 1] == 0x0D else { return end }
    return end > 1 && self[end - 1] == 0x0A && self[end - 2] == 0x0D ? end - 2 : end - 1
  }

  /// Number of newlines.
  fileprivate var lineEnds: Int {
    var lines = 0
    for byte in self { lines &+= byte == 0x0A ? 1 : 0 }
    guard contains(byte: 0x0D) else { return lines }
    return indices.count { endsLine($0) }
  }
}
