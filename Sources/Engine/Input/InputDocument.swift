public import Datasets

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The bytes of an input and where they came from.
public struct InputDocument: Sendable {
  /// Name as the user gave it: a path, `-`, or the name of a built-in data set.
  public let name: String
  /// The content.
  public let bytes: [UInt8]
  /// The built-in data set this is, with its measure and column map, if it is one.
  public let dataset: Dataset?

  /// SHA-256 of the content, in hexadecimal.
  public var sha256: String { SHA256.hexadecimal(bytes) }

  /// A document from bytes in memory.
  public init(name: String, bytes: [UInt8], dataset: Dataset? = nil) {
    self.name = name
    self.bytes = bytes
    self.dataset = dataset
  }

  /// Reads a file, standard input (`-`) or, when there is no such file, a built-in data set.
  /// - Throws: `EvidenceError` 66 when there is nothing to read.
  public static func read(_ name: String) throws(EvidenceError) -> InputDocument {
    if let bytes = ProvidedInputs.documents[name] { return InputDocument(name: name, bytes: bytes) }
    if name == "-" { return InputDocument(name: "-", bytes: try readAll(descriptor: 0, name: "standard input")) }
    let descriptor = open(name, O_RDONLY)
    guard descriptor >= 0 else {
      let reason = String(cString: strerror(errno))
      if let dataset = Dataset.named(name) {
        return InputDocument(name: dataset.name, bytes: dataset.bytes, dataset: dataset)
      }
      let hint =
        Dataset.all.contains { $0.name.hasPrefix(name + "/") }
        ? "\(name) is a family of built-in data sets; `evidence datasets list` names its tables"
        : "give a CSV, JSON or NDJSON file, - for standard input, or a name from `evidence datasets list`"
      throw EvidenceError(.noInput, "cannot read \(name): \(reason)", file: name, hint: hint)
    }
    defer { close(descriptor) }
    return InputDocument(name: name, bytes: try readAll(descriptor: descriptor, name: name))
  }

  private static func readAll(descriptor: Int32, name: String) throws(EvidenceError) -> [UInt8] {
    var information = stat()
    let known = fstat(descriptor, &information) == 0
    if known, information.st_mode & S_IFMT == S_IFDIR {
      throw EvidenceError(.noInput, "\(name) is a folder, not a file", file: name, hint: "name a file in it")
    }
    var bytes = [UInt8](repeating: 0, count: max(known ? Int(information.st_size) + 1 : 0, 1 << 16))
    var count = 0
    while true {
      if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: bytes.count)) }
      let got = bytes.withUnsafeMutableBytes { buffer in
        buffer.baseAddress.map { systemRead(descriptor, $0 + count, buffer.count - count) } ?? 0
      }
      if got < 0 {
        if errno == EINTR { continue }
        throw EvidenceError(.noInput, "cannot read \(name): \(String(cString: strerror(errno)))", file: name)
      }
      if got == 0 { break }
      count += got
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }
}
