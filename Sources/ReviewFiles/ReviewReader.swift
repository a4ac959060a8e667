/// Reads the files that hold a whole review: RevMan 5's `.rm5` and the data packages of RevMan on the web.
public enum ReviewReader {
  /// Whether bytes begin as such a file does: a ZIP archive, or XML with RevMan's root element near the front.
  public static func recognises(_ bytes: [UInt8]) -> Bool { isArchive(bytes) || isRevMan5(bytes) }

  /// Reads a review.
  /// - Throws: what is wrong, with its place.
  public static func read(_ bytes: [UInt8]) throws(ReviewFileError) -> ReviewFile {
    isArchive(bytes) ? try DataPackageReader(bytes).review() : try RevMan5Reader.read(bytes)
  }

  private static func isArchive(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: ZIPArchive.magic) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
  }

  /// The root element stands behind the declaration and perhaps comments; UTF-16 has a zero beside each letter.
  private static func isRevMan5(_ bytes: [UInt8]) -> Bool {
    let letters = bytes.prefix(4096).lazy.filter { $0 != 0 }
    guard letters.prefix(8).contains(UInt8(ascii: "<")) else { return false }
    return Array(letters).contains("<COCHRANE_REVIEW")
  }
}

extension [UInt8] {
  /// Whether a text stands somewhere in the bytes.
  fileprivate func contains(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    guard count >= wanted.count else { return false }
    return indices.dropLast(wanted.count - 1).contains { self[$0...].starts(with: wanted) }
  }
}
