/// Turns UTF-16 into UTF-8 while it is read.
struct UTF16Reader {
  private let lowByteFirst: Bool
  private let name: String
  /// Bytes of a character that the last piece cut.
  private var rest: [UInt8] = []
  private var text: [UInt8] = []
  private var given = 0
  private var line = 1

  /// A reader behind a byte order mark; `nil` when the first two bytes are none.
  init?(mark: ArraySlice<UInt8>, name: String) {
    let isLow = mark.elementsEqual([0xFF, 0xFE])
    guard isLow || mark.elementsEqual([0xFE, 0xFF]) else { return nil }
    lowByteFirst = isLow
    self.name = name
  }

  /// Reads until a buffer is full or the input ends; the number of bytes read.
  /// - Throws: 65 for what is not UTF-16.
  mutating func read(
    into buffer: UnsafeMutableRawBufferPointer,
    from source: (UnsafeMutableRawBufferPointer) throws(EvidenceError) -> Int
  ) throws(EvidenceError) -> Int {
    var done = 0
    while done < buffer.count {
      if given == text.count {
        var piece = [UInt8](repeating: 0, count: 1 << 17)
        let count = try fill(&piece, source)
        if count == 0 {
          guard rest.isEmpty else { throw broken("the file is UTF-16 with half a character at its end") }
          break
        }
        try decode(rest + piece.prefix(count))
      }
      let taken = min(text.count - given, buffer.count - done)
      UnsafeMutableRawBufferPointer(rebasing: buffer[done...]).copyBytes(from: text[given..<given + taken])
      (given, done) = (given + taken, done + taken)
    }
    return done
  }

  private mutating func decode(_ bytes: [UInt8]) throws(EvidenceError) {
    let low = lowByteFirst ? 0 : 1
    let count = bytes.count / 2
    func unit(_ index: Int) -> UInt16 { UInt16(bytes[2 * index + low]) | UInt16(bytes[2 * index + 1 - low]) << 8 }
    let endsInside = count > 0 && UTF16.isLeadSurrogate(unit(count - 1))
    let whole = endsInside ? count - 1 : count
    rest = Array(bytes[(2 * whole)...])
    text.removeAll(keepingCapacity: true)
    given = 0
    let isBroken = transcode(
      (0..<whole).lazy.map(unit).makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true,
      into: { text.append($0) })
    line += text.count { $0 == 0x0A }
    if isBroken { throw broken("the file is not valid UTF-16") }
  }

  private func broken(_ message: String) -> EvidenceError {
    EvidenceError(.badData, message, file: name, line: line, hint: "save the file again as UTF-8")
  }
}
