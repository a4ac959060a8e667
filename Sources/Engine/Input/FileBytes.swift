#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The bytes of a file or of standard input as they are stored, read in order.
final class FileBytes {
  let name: String
  /// Length of the file; `nil` for a pipe.
  private(set) var size: Int?
  /// Bytes read so far.
  private(set) var position = 0
  private var descriptor: Int32
  private var start: off_t  // not 0 when a shell or another program read before
  /// The content, where a host program hands it over; there is no file then.
  private var provided: [UInt8]?
  /// Bytes given back, which come again before the rest.
  private var returned: ArraySlice<UInt8> = []

  /// Opens an input, `-` for standard input.
  /// - Throws: 66 when there is nothing to read.
  init(_ name: String) throws(EvidenceError) {
    self.name = name
    provided = ProvidedInputs.documents[name]
    if let provided {
      (descriptor, start, size) = (-1, 0, provided.count)
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
    start = max(lseek(descriptor, 0, SEEK_CUR), 0)
    size = known && information.st_mode & S_IFMT == S_IFREG ? Int(information.st_size - start) : nil
  }

  deinit { if descriptor > 0 { close(descriptor) } }

  /// Reads until a buffer is full or the input ends; the number of bytes read.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(EvidenceError) -> Int {
    var done = min(returned.count, buffer.count)
    buffer.copyBytes(from: returned.prefix(done))
    returned = returned.dropFirst(done)
    if let provided {
      let piece = provided[(position + done)..<min(position + buffer.count, provided.count)]
      UnsafeMutableRawBufferPointer(rebasing: buffer[done...]).copyBytes(from: piece)
      position += done + piece.count
      return done + piece.count
    }
    while done < buffer.count, let base = buffer.baseAddress {
      let got = systemRead(descriptor, base + done, buffer.count - done)
      if got < 0, errno == EINTR { continue }
      if got < 0 {
        throw EvidenceError(.noInput, "cannot read \(name): \(String(cString: strerror(errno)))", file: name)
      }
      if got == 0 { break }
      done += got
    }
    position += done
    return done
  }

  /// The first bytes, which will be read again; fewer than asked for only in a shorter file.
  func peek(_ count: Int) throws(EvidenceError) -> ArraySlice<UInt8> {
    var first = [UInt8](repeating: 0, count: count)
    let got = try fill(&first) { bytes throws(EvidenceError) in try read(into: bytes) }
    returned = first.prefix(got) + returned
    position -= got
    return first.prefix(got)
  }

  /// What tells this input from others, without reading all of it.
  ///
  /// Nothing may have been read of a pipe.
  func identity() throws(EvidenceError) -> InputIdentity {
    var hash = SHA256()
    guard let size else {
      hash.update(try peek(InputIdentity.blockSize))
      return InputIdentity(name: name, bytes: nil, sample: hash.hexadecimal)
    }
    for place in InputIdentity.places(in: size) {
      hash.update(try bytes(at: place, count: InputIdentity.blockSize)[...])
    }
    return InputIdentity(name: name, bytes: size, sample: hash.hexadecimal)
  }

  /// Goes back to the beginning of a file.
  func rewind() throws(EvidenceError) {
    guard provided != nil || (size != nil && lseek(descriptor, start, SEEK_SET) >= 0) else {
      throw EvidenceError(.noInput, "cannot read \(name) twice", file: name)
    }
    (position, returned) = (0, [])
  }

  /// Makes sure that the input can be read twice: a pipe is copied to a temporary file, which goes with the process.
  func makeSeekable() throws(EvidenceError) {
    guard size == nil else { return }
    try replace { buffer throws(EvidenceError) in try read(into: buffer) }
  }

  /// Puts the content of a gzip file, in a temporary file, in its place.
  func inflate() throws(EvidenceError) {
    let content = try GzipReader(self)
    try replace { buffer throws(EvidenceError) in try content.read(into: buffer) }
  }

  /// Puts a temporary file with other bytes in place of this one.
  private func replace(
    by read: (UnsafeMutableRawBufferPointer) throws(EvidenceError) -> Int
  ) throws(EvidenceError) {
    let file = try TemporaryFile()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = try fill(&buffer, read)
      if count == 0 { break }
      try file.append(buffer[..<count])
    }
    if descriptor > 0 { close(descriptor) }
    (provided, start, size, descriptor) = (nil, 0, file.count, file.giveDescriptor())
    try rewind()
  }

  /// Bytes from a place on; fewer at the end only. The file must be seekable.
  func bytes(at place: Int, count: Int) throws(EvidenceError) -> [UInt8] {
    if let provided {
      let place = min(place, provided.count)
      return Array(provided[place..<min(place + count, provided.count)])
    }
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        buffer.baseAddress.map { pread(descriptor, $0 + done, count - done, start + off_t(place + done)) } ?? 0
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else {
        throw EvidenceError(.noInput, "cannot read \(name): \(String(cString: strerror(errno)))", file: name)
      }
      if got == 0 { break }
      done += got
    }
    bytes.removeLast(count - done)
    return bytes
  }
}

/// `read(2)` under a name of its own, because types of this module have a `read` too.
func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
