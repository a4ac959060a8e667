public import Datasets
import Decompression

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The bytes of an input and where they came from.
public struct InputDocument: Sendable {
  /// Name as the user gave it: a path, `-`, or the name of a built-in data set.
  public let name: String
  /// The content, uncompressed.
  public let bytes: [UInt8]
  /// The bytes as they are stored, where these are compressed.
  private var stored: [UInt8]?
  /// The built-in data set this is, with its measure and column map, if it is one.
  public let dataset: Dataset?

  /// SHA-256 of the input as it is stored (compressed, if it is), in hexadecimal.
  public var sha256: String { SHA256.hexadecimal(stored ?? bytes) }

  /// Name without `.gz`, whose extension tells the format.
  var contentName: String { stored != nil && name.hasSuffix(".gz") ? String(name.dropLast(3)) : name }

  /// A document from bytes in memory.
  public init(name: String, bytes: [UInt8], dataset: Dataset? = nil) {
    self.name = name
    self.bytes = bytes
    self.dataset = dataset
  }

  /// A document from bytes as they are stored: gzip, known by its first bytes, is undone.
  private init(name: String, stored: [UInt8]) throws(EvidenceError) {
    guard GzipReader.recognizes(stored.prefix(3)) else {
      self.init(name: name, bytes: stored)
      return
    }
    do throws(DecompressionError) {
      self.init(name: name, bytes: try Inflater.inflate(stored[...], .gzip))
      self.stored = stored
    } catch { throw EvidenceError(error, file: name) }
  }

  /// Reads a file, standard input (`-`) or, when there is no such file, a built-in data set. Gzip files are uncompressed.
  /// - Throws: `EvidenceError` 66 when there is nothing to read, 65 for a gzip file that was cut or damaged.
  public static func read(_ name: String) throws(EvidenceError) -> InputDocument {
    if let bytes = ProvidedInputs.documents[name] { return try InputDocument(name: name, stored: bytes) }
    if name == "-" { return try InputDocument(name: "-", stored: readAll(descriptor: 0, name: "standard input")) }
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
    return try InputDocument(name: name, stored: readAll(descriptor: descriptor, name: name))
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
