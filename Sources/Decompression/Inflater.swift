import CZlib

/// Undoes DEFLATE (RFC 1951) a piece at a time, bare or inside gzip's frame (RFC 1952), by zlib.
///
/// Memory is that of zlib's window (about 50 kB), whatever the length of the data. Checksums and lengths of gzip are
/// verified. Gzip files may hold several members one after another, as `cat a.gz b.gz` makes them and `bgzip` writes;
/// their contents are joined. Zeros behind the last member, the padding of tapes, are passed over.
public struct Inflater: ~Copyable {
  /// What the bytes are.
  public enum Format: Sendable {
    /// Gzip members, one or more.
    case gzip
    /// DEFLATE without a frame, as ZIP archives hold it.
    case deflate
  }

  /// What a call of `inflate` did.
  public struct Step: Sendable, Equatable {
    /// Bytes taken from the input.
    public var consumed = 0
    /// Bytes written to the output.
    public var produced = 0
  }

  private let stream: UnsafeMutablePointer<z_stream>
  private let format: Format
  private var place = Place.inside

  private enum Place {
    case inside, behindMember, padding
  }

  /// A decoder at the beginning of some data.
  /// - Throws: `outOfMemory`.
  public init(_ format: Format) throws(DecompressionError) {
    self.format = format
    // zlib keeps the address of its stream, so that it may not move.
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let windowBits: Int32 = format == .gzip ? 15 + 16 : -15
    let code = inflateInit2_(stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else {
      stream.deallocate()
      throw .outOfMemory
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Whether what was read so far is complete: for gzip, a whole number of members.
  public var isComplete: Bool { place != .inside }

  /// Decodes as much as the input has or the output takes. Neither may be kept.
  ///
  /// DEFLATE says itself where it ends: bytes behind the end are not consumed.
  /// - Throws: `corrupt`, and `outOfMemory`. Input that ends too early shows in `isComplete`.
  public mutating func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(DecompressionError) -> Step {
    var step = Step()
    while step.consumed < input.count || place == .inside {
      if place != .inside {
        if format == .deflate { break }
        if try !beginsMember(input[step.consumed]) {
          step.consumed += 1
          continue
        }
      }
      guard step.produced < output.count else { break }
      let before = step
      try decode(input, output, &step)
      if step == before, place == .inside { break }
    }
    return step
  }

  /// Whether a byte behind a member begins another; else it is padding.
  private mutating func beginsMember(_ byte: UInt8) throws(DecompressionError) -> Bool {
    if byte == 0x1F, place == .behindMember {
      inflateReset(stream)
      place = .inside
      return true
    }
    guard byte == 0 else { throw .corrupt("something else follows the end of the gzip data") }
    place = .padding
    return false
  }

  private mutating func decode(
    _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer, _ step: inout Step
  ) throws(DecompressionError) {
    let given = min(input.count - step.consumed, 1 << 30)
    let room = min(output.count - step.produced, 1 << 30)
    let base = input.baseAddress.map { UnsafeMutableRawPointer(mutating: $0 + step.consumed) }
    stream.pointee.next_in = base?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(given)
    stream.pointee.next_out = output.baseAddress.map { ($0 + step.produced).assumingMemoryBound(to: UInt8.self) }
    stream.pointee.avail_out = UInt32(room)
    let code = CZlib.inflate(stream, Z_NO_FLUSH)
    step.consumed += given - Int(stream.pointee.avail_in)
    step.produced += room - Int(stream.pointee.avail_out)
    switch code {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: place = .behindMember
    case Z_MEM_ERROR: throw .outOfMemory
    default:
      let reason = stream.pointee.msg.map { String(cString: $0) }
      throw .corrupt(reason ?? "zlib reports error \(code)")
    }
  }
}

extension Inflater {
  /// The first bytes of a gzip file with DEFLATE, the only method there is.
  public static let gzipMagic: [UInt8] = [0x1F, 0x8B, 0x08]

  /// The content of complete compressed data, at most `limit` bytes of it; bytes behind the end of DEFLATE are ignored.
  ///
  /// - Parameter expectedSize: length of the content, if it is known.
  /// - Throws: what is wrong with the data, and `tooLong`.
  public static func inflate(
    _ bytes: ArraySlice<UInt8>, _ format: Format, expectedSize: Int? = nil, limit: Int = .max
  ) throws(DecompressionError) -> [UInt8] {
    var inflater = try Inflater(format)
    var output = [UInt8](repeating: 0, count: max(min(expectedSize ?? 4 * bytes.count, limit, 1 << 30), 1 << 12))
    var (taken, made) = (0, 0)
    while true {
      let step = try inflater.step(bytes.dropFirst(taken), &output, from: made)
      taken += step.consumed
      made += step.produced
      if made > limit { throw .tooLong(limit: limit) }
      if inflater.isComplete, taken == bytes.count || format == .deflate { break }
      if taken == bytes.count, made < output.count { throw .truncated }
      if made == output.count { output.append(contentsOf: repeatElement(0, count: output.count)) }
    }
    output.removeLast(output.count - made)
    return output
  }

  private mutating func step(
    _ bytes: ArraySlice<UInt8>, _ output: inout [UInt8], from start: Int
  ) throws(DecompressionError) -> Step {
    let result = bytes.withUnsafeBytes { input in
      output.withUnsafeMutableBytes { buffer in
        Result { () throws(DecompressionError) in
          try inflate(input, into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
        }
      }
    }
    return try result.get()
  }
}

/// The checksum that gzip and ZIP archives carry (CRC-32 of ISO 3309).
public enum CRC32 {
  /// The checksum of some bytes.
  public static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBytes { buffer in
      UInt32(crc32_z(0, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), buffer.count))
    }
  }
}
