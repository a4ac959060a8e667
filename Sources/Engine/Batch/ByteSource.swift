#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Bytes of a file or of standard input, read in order.
final class ByteSource {
  private let descriptor: Int32
  private let name: String
  /// The content, where a host program handed it over; there is no file then.
  private let provided: [UInt8]?
  /// Bytes read so far.
  private var position = 0
  /// Size of the input where it is known.
  let size: Int?

  /// Opens an input.
  /// - Throws: 66 when there is nothing to read.
  init(_ name: String) throws(EvidenceError) {
    self.name = name
    provided = ProvidedInputs.documents[name]
    if let provided {
      (descriptor, size) = (-1, provided.count)
      return
    }
    descriptor = name == "-" ? 0 : open(name, O_RDONLY)
    guard descriptor >= 0 else {
      throw EvidenceError(
        .noInput, "cannot read \(name): \(String(cString: strerror(errno)))", file: name,
        hint: "give a CSV or NDJSON file, or - for standard input")
    }
    var information = stat()
    let known = fstat(descriptor, &information) == 0
    if known, information.st_mode & S_IFMT == S_IFDIR {
      throw EvidenceError(.noInput, "\(name) is a folder, not a file", file: name)
    }
    size = known && information.st_mode & S_IFMT == S_IFREG ? Int(information.st_size) : nil
  }

  deinit { if descriptor > 0 { close(descriptor) } }

  /// Appends up to `count` bytes to a buffer; false at the end of the input.
  func read(_ count: Int, into buffer: inout [UInt8]) throws(EvidenceError) -> Bool {
    // Not more than a known size leaves, and one byte to see the end.
    let count = size.map { max(min(count, $0 - position + 1), 1) } ?? count
    if let provided {
      let piece = provided[position..<min(position + count, provided.count)]
      buffer.append(contentsOf: piece)
      position += piece.count
      return piece.count == count
    }
    let start = buffer.count
    buffer.append(contentsOf: [UInt8](unsafeUninitializedCapacity: count) { $1 = count })
    var done = 0
    while done < count {
      let got = buffer.withUnsafeMutableBytes { bytes -> Int in
        guard let base = bytes.baseAddress else { return 0 }
        return systemRead(descriptor, base + start + done, count - done)
      }
      if got < 0, errno == EINTR { continue }
      if got < 0 {
        throw EvidenceError(.noInput, "cannot read \(name): \(String(cString: strerror(errno)))", file: name)
      }
      if got == 0 { break }
      done += got
    }
    buffer.removeLast(count - done)
    position += done
    return done == count
  }
}

/// `read(2)` under a name of its own, because types of this module have a `read` too.
func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
