/// The text of a file or of standard input, read in order: gzip is undone and UTF-16 turned into UTF-8 on the way.
///
/// Both are known by their first bytes, whatever the file is called. Memory is that of a buffer.
final class ByteSource {
  private let file: FileBytes
  /// What tells the input from others.
  let identity: InputIdentity
  private var gzip: GzipReader?
  private var utf16: UTF16Reader?
  /// Content that was read to see what it is.
  private var beginning: ArraySlice<UInt8> = []
  /// Length of the text, where it is known.
  private(set) var size: Int?

  /// Opens an input, `-` for standard input.
  ///
  /// - Parameter measured: whether `size` must be known, for which compressed input is read twice, and a pipe copied to a
  ///   temporary file first.
  /// - Throws: 66 when there is nothing to read, 65 when it is damaged.
  init(_ name: String, measured: Bool = false) throws(EvidenceError) {
    file = try FileBytes(name)
    if measured { try file.makeSeekable() }
    identity = try file.identity()
    try begin()
    guard measured, size == nil else { return }
    size = try remainingLength()
    try file.rewind()
    try begin()
  }

  /// How much of the input is read, in bytes as they are stored.
  var progress: BatchProgress { BatchProgress(done: file.position, total: file.size) }

  /// Appends up to `count` bytes of text to a buffer; false at the end of the input, when there are fewer.
  func read(_ count: Int, into buffer: inout [UInt8]) throws(EvidenceError) -> Bool {
    var count = count
    if gzip == nil, utf16 == nil, let size = file.size {
      // Not more than the file has left, and a few bytes to see its end.
      count = max(min(count, size - file.position + 4), 4)
    }
    let kept = buffer.count
    var failure: EvidenceError?
    let longer = [UInt8](unsafeUninitializedCapacity: kept + count) { [buffer] bytes, filled in
      _ = bytes.update(fromContentsOf: buffer)
      filled = kept
      do throws(EvidenceError) {
        filled += try readText(
          into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: bytes[kept..<kept + count])))
      } catch { failure = error }
    }
    if let failure { throw failure }
    buffer = longer
    return buffer.count == kept + count
  }

  /// Sees by the first bytes what the input is.
  private func begin() throws(EvidenceError) {
    (gzip, utf16, beginning) = (nil, nil, [])
    if GzipReader.recognizes(try file.peek(3)) { gzip = try GzipReader(file) }
    var first = [UInt8](repeating: 0, count: 2)
    let count = try fill(&first) { bytes throws(EvidenceError) in try readContent(into: bytes) }
    utf16 = UTF16Reader(mark: first.prefix(count), name: file.name)
    if utf16 == nil { beginning = first.prefix(count) }
    if gzip == nil, utf16 == nil { size = file.size }
  }

  private func readText(into buffer: UnsafeMutableRawBufferPointer) throws(EvidenceError) -> Int {
    guard utf16 != nil else { return try readContent(into: buffer) }
    return try utf16?.read(into: buffer) { bytes throws(EvidenceError) in try readContent(into: bytes) } ?? 0
  }

  /// Bytes as they were before they were compressed.
  private func readContent(into buffer: UnsafeMutableRawBufferPointer) throws(EvidenceError) -> Int {
    let given = min(beginning.count, buffer.count)
    buffer.copyBytes(from: beginning.prefix(given))
    beginning = beginning.dropFirst(given)
    let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[given...])
    if rest.isEmpty { return given }
    guard let gzip else { return try given + file.read(into: rest) }
    return try given + gzip.read(into: rest)
  }

  private func remainingLength() throws(EvidenceError) -> Int {
    var length = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try fill(&buffer) { bytes throws(EvidenceError) in try readText(into: bytes) }
      length += count
      if count < buffer.count { return length }
    }
  }
}

/// Fills an array from its beginning; the number of bytes read.
func fill(
  _ array: inout [UInt8], _ read: (UnsafeMutableRawBufferPointer) throws(EvidenceError) -> Int
) throws(EvidenceError) -> Int {
  let result = array.withUnsafeMutableBytes { buffer in
    Result { () throws(EvidenceError) in try read(buffer) }
  }
  return try result.get()
}
