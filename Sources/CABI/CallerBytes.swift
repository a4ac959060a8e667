import CEvidence
import Engine

/// What callers hand over, looked at before it is used.
extension evidence_bytes {
  /// The bytes, copied.
  /// - Throws: 64 for a null pointer with a length, or a length that no memory has.
  func copied(_ what: @autoclosure () -> String) throws(EvidenceError) -> [UInt8] {
    guard length != 0 else { return [] }
    guard let data else { throw EvidenceError(.usage, "\(what()) is null, but has a length") }
    guard (1...CallerBytes.lengthLimit).contains(length) else {
      throw EvidenceError(.usage, "\(what()) has a length that is more than memory can hold")
    }
    return Array(UnsafeBufferPointer(start: data, count: length))
  }

  /// The text.
  /// - Throws: 64 also for bytes that are not UTF-8.
  func text(_ what: @autoclosure () -> String) throws(EvidenceError) -> String {
    guard let text = String(validating: try copied(what()), as: UTF8.self) else {
      throw EvidenceError(.usage, "\(what()) is not UTF-8")
    }
    return text
  }
}

/// Limits of what is believed.
enum CallerBytes {
  /// More bytes than any address space of today holds; such a length is a mistake (−1, say).
  static let lengthLimit = 1 << 47
  /// The same for a number of doubles.
  static let countLimit = lengthLimit / 8
}
