import TableIO

/// What tells one input from another without reading all of it: its length and the SHA-256 of a sample of its bytes.
///
/// The sample is 64 blocks of 16 KiB spread evenly from the first byte to the last (all bytes of a file of up to 1 MiB), as
/// they are stored. Of a pipe that is read once only the first 16 KiB are known.
public struct InputIdentity: Sendable, Equatable {
  /// Name as the user gave it.
  public var name: String
  /// Length as it is stored; `nil` for a pipe.
  public var bytes: Int?
  /// SHA-256 of the sample, in hexadecimal.
  public var sample: String

  static let blockSize = 1 << 14
  private static let blocks = 64

  /// Whether two inputs are the same as far as is known, whatever they are called.
  public func matches(_ other: InputIdentity) -> Bool { bytes == other.bytes && sample == other.sample }

  /// Where the blocks of the sample begin in an input of some length.
  static func places(in size: Int) -> [Int] {
    if size <= blocks * blockSize { return Array(stride(from: 0, to: size, by: blockSize)) }
    return (0..<blocks).map { (size - blockSize) / (blocks - 1) * $0 }.dropLast() + [size - blockSize]
  }

  /// For a manifest.
  var json: JSONValue {
    .object([
      .init("name", .string(name)), .init("bytes", bytes.map { .integer($0) } ?? .null),
      .init("sample_sha256", .string(sample)),
    ])
  }

  init(name: String, bytes: Int?, sample: String) {
    (self.name, self.bytes, self.sample) = (name, bytes, sample)
  }

  /// From a manifest; `nil` when something is missing.
  init?(_ json: JSONValue) {
    guard let name = json["name"]?.string, let sample = json["sample_sha256"]?.string else { return nil }
    self.init(name: name, bytes: json["bytes"]?.int, sample: sample)
  }
}
