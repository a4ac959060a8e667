import TableIO

/// The results that an interrupted run has written: how many whole records, how they ended, and where the last one ends.
public struct WrittenGroups: Sendable, Equatable {
  /// Number of groups whose record is whole.
  public private(set) var groups = 0
  /// Number of groups by the first word of their status.
  public private(set) var statuses: [String: Int] = [:]
  /// Bytes of whole records.
  public private(set) var length = 0

  /// Nothing written.
  public init() {}

  /// Reads a file of results in pieces; one that does not exist holds nothing.
  ///
  /// - Parameters:
  ///   - hasHead: whether the first record of a CSV file is its header.
  ///   - each: told the bytes of whole records, in order.
  public init(
    _ path: String, isNDJSON: Bool, hasHead: Bool, each: (ArraySlice<UInt8>) -> Void
  ) throws(EvidenceError) {
    guard let file = try? FileBytes(path) else { return }
    var buffer: [UInt8] = []
    var isAtHead = hasHead && !isNDJSON
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = try fill(&piece) { bytes throws(EvidenceError) in try file.read(into: bytes) }
      if count == 0 { return }
      buffer += piece.prefix(count)
      let whole = isNDJSON ? takeLines(buffer) : takeRecords(buffer, &isAtHead)
      each(buffer.prefix(whole))
      length += whole
      buffer.removeFirst(whole)
    }
  }

  private mutating func takeRecords(_ buffer: [UInt8], _ isAtHead: inout Bool) -> Int {
    buffer.withUnsafeBytes { bytes in
      var scanner = RecordScanner(bytes, ending: .chunk)
      while case .record = scanner.next() {
        if isAtHead { isAtHead = false } else { count(scanner.cell(scanner.count - 1)) }
      }
      return scanner.recordStart
    }
  }

  private mutating func takeLines(_ buffer: [UInt8]) -> Int {
    buffer.withUnsafeBytes { bytes in
      var scanner = JSONLineScanner(bytes, keys: ["status"], ending: .chunk)
      while case .record = scanner.next() { count(scanner.cell(0)) }
      // Behind the newline of the last whole line; the scanner stands behind blanks.
      return min(scanner.recordStart, bytes.count)
    }
  }

  private mutating func count(_ status: UnsafeRawBufferPointer) {
    groups += 1
    statuses[String(decoding: status.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self), default: 0] += 1
  }
}
