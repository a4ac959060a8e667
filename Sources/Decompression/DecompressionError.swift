/// Why compressed bytes cannot be read.
public enum DecompressionError: Error, Sendable, Equatable {
  /// The bytes end before the compressed data do.
  case truncated
  /// The bytes are not what their header says; the reason in zlib's words.
  case corrupt(String)
  /// The content is longer than the caller allows.
  case tooLong(limit: Int)
  /// No memory for the decoder.
  case outOfMemory
}

extension DecompressionError: CustomStringConvertible {
  /// One clause for people.
  public var description: String {
    switch self {
    case .truncated: "the compressed data end too early: the file was cut"
    case .corrupt(let reason): "the compressed data are damaged: \(reason)"
    case .tooLong(let limit): "the content is longer than \(limit) bytes"
    case .outOfMemory: "there is not enough memory to decompress"
    }
  }
}
