import Engine
import TableIO

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Where results go: stdout, a file that appears whole or not at all, or a stream that is there.
enum Output {
  /// Writes text to stderr.
  static func error(_ text: String) {
    if let host = HostedRun.current { return host.report(text) }
    _ = writeAll(Array(text.utf8), to: 2)
  }

  /// Writes bytes to stdout. A closed pipe ends the process quietly.
  /// - Throws: 74 when writing fails.
  static func writeToStandardOutput(_ bytes: [UInt8]) throws(EvidenceError) {
    if let host = HostedRun.current { return host.write(bytes) }
    guard !writeAll(bytes, to: 1) else { return }
    if errno == EPIPE { exit(0) }
    throw EvidenceError(.cannotWrite, "cannot write to standard output: \(String(cString: strerror(errno)))")
  }

  /// Writes a result to a file, or to stdout when there is none.
  /// - Throws: 73 when the file cannot be made, 74 when writing fails.
  static func write(_ bytes: [UInt8], to path: String?) throws(EvidenceError) {
    try write(to: path) { (sink) throws(EvidenceError) in try sink(bytes) }
  }

  /// Writes a document to a file, or to stdout when there is none, piece by piece.
  /// - Throws: 73 when the file cannot be made, 74 when writing fails.
  static func write(_ json: JSONValue, to path: String?) throws(EvidenceError) {
    try write(to: path) { (sink) throws(EvidenceError) in try JSONText.write(json, to: sink) }
  }

  private typealias Sink = ([UInt8]) throws(EvidenceError) -> Void

  private static func write(
    to path: String?, _ writing: (Sink) throws(EvidenceError) -> Void
  ) throws(EvidenceError) {
    switch OutputPlace(path) {
    case .standardOutput: try writing(writeToStandardOutput)
    case .file(let path):
      try replaceFile(path) { (descriptor) throws(EvidenceError) in
        try writing { (bytes) throws(EvidenceError) in try write(bytes, to: descriptor, path) }
      }
    case .stream(let path):
      let descriptor = try OutputPlace.openStream(path)
      defer { close(descriptor) }
      try writing { (bytes) throws(EvidenceError) in try write(bytes, to: descriptor, path) }
    }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(EvidenceError) {
    guard writeAll(bytes, to: descriptor) else { throw cannotWrite(path) }
  }

  /// What `errno` says.
  private static func cannotWrite(_ path: String) -> EvidenceError {
    EvidenceError(.cannotWrite, "cannot write \(path): \(String(cString: strerror(errno)))", file: path)
  }

  /// Writes beside the file and renames, so that readers never see half of it.
  private static func replaceFile(
    _ path: String, writing: (Int32) throws(EvidenceError) -> Void
  ) throws(EvidenceError) {
    let temporary = path + ".part\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else {
      throw EvidenceError(
        .cannotCreate, "cannot create \(path): \(String(cString: strerror(errno)))", file: path,
        hint: "check that the folder exists and can be written")
    }
    do throws(EvidenceError) { try writing(descriptor) } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    guard close(descriptor) == 0, rename(temporary, path) == 0 else {
      let error = cannotWrite(path)
      unlink(temporary)
      throw error
    }
  }

  /// Writes all bytes to a descriptor; false with `errno` set when that fails.
  static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        guard let base = buffer.baseAddress else { return true }
        let count = systemWrite(descriptor, base + done, buffer.count - done)
        if count < 0 {
          if errno == EINTR { continue }
          return false
        }
        done += count
      }
      return true
    }
  }

  private static func systemWrite(_ descriptor: Int32, _ base: UnsafeRawPointer, _ count: Int) -> Int {
    #if canImport(Glibc)
    Glibc.write(descriptor, base, count)
    #else
    Darwin.write(descriptor, base, count)
    #endif
  }
}
