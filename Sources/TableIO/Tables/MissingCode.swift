/// The texts that stand for a missing value: nothing, NA, N/A, #N/A, NaN, null, `.`, `-`, NR, not reported.
public enum MissingCode {
  /// The codes in lower case; the empty text counts too.
  public static let all = ["", "na", "n/a", "#n/a", "nan", "null", ".", "-", "nr", "not reported"]

  private static let codes = all.map { Array($0.utf8) }

  /// Whether trimmed bytes are such a code, whatever their case.
  static func matches(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if bytes.isEmpty { return true }
    guard bytes.count <= 12 else { return false }
    return codes.contains { code in
      code.count == bytes.count && zip(code, bytes).allSatisfy { $0 == lowerCase($1) }
    }
  }

  private static func lowerCase(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}

extension UnsafeRawBufferPointer {
  /// Without blanks, tabs, newlines and no-break spaces (U+00A0) around it.
  func trimmed() -> UnsafeRawBufferPointer {
    var (start, end) = (0, count)
    while start < end {
      if isBlank(self[start]) {
        start += 1
      } else if start + 1 < end, self[start] == 0xC2, self[start + 1] == 0xA0 {
        start += 2
      } else {
        break
      }
    }
    while end > start {
      if isBlank(self[end - 1]) {
        end -= 1
      } else if end - 1 > start, self[end - 2] == 0xC2, self[end - 1] == 0xA0 {
        end -= 2
      } else {
        break
      }
    }
    return UnsafeRawBufferPointer(rebasing: self[start..<end])
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}
