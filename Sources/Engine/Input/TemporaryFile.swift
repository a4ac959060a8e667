#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A file without a name in TMPDIR (or /tmp): it vanishes when it is closed or the process ends, however it ends.
final class TemporaryFile: @unchecked Sendable {
  // Unchecked: threads only read, at places that their owner wrote before.

  /// Bytes in the file.
  private(set) var count = 0
  private var descriptor: Int32

  /// An empty file.
  /// - Throws: 73 when it cannot be made.
  init() throws(EvidenceError) {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var path = Array((folder + "/evidence-XXXXXX").utf8CString)
    descriptor = mkstemp(&path)
    guard descriptor >= 0 else {
      throw EvidenceError(
        .cannotCreate, "cannot create a temporary file in \(folder): \(String(cString: strerror(errno)))",
        hint: "set TMPDIR to a folder that can be written and has room")
    }
    unlink(path)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Adds bytes at the end.
  /// - Throws: 74 when the disk is full.
  func append(_ bytes: ArraySlice<UInt8>) throws(EvidenceError) {
    let written = bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count, let base = buffer.baseAddress {
        let got = pwrite(descriptor, base + done, buffer.count - done, off_t(count + done))
        if got < 0, errno == EINTR { continue }
        if got <= 0 { return false }
        done += got
      }
      return true
    }
    guard written else {
      throw EvidenceError(
        .cannotWrite, "cannot write a temporary file: \(String(cString: strerror(errno)))",
        hint: "set TMPDIR to a folder with room for the input")
    }
    count += bytes.count
  }

  /// Reads up to `buffer.count` bytes from a place on; fewer at the end only.
  func read(at place: Int, into buffer: UnsafeMutableRawBufferPointer) throws(EvidenceError) -> Int {
    var done = 0
    while done < buffer.count, let base = buffer.baseAddress {
      let got = pread(descriptor, base + done, buffer.count - done, off_t(place + done))
      if got < 0, errno == EINTR { continue }
      if got < 0 {
        throw EvidenceError(.noInput, "cannot read a temporary file: \(String(cString: strerror(errno)))")
      }
      if got == 0 { break }
      done += got
    }
    return done
  }

  /// The file's descriptor, which the caller closes.
  func giveDescriptor() -> Int32 {
    defer { descriptor = -1 }
    return descriptor
  }
}
