import Decompression

/// The parts of a ZIP archive in memory: names from the central directory, contents on demand with their checksum held.
///
/// Stored and deflated parts of archives in one piece. What is not read is refused by name: encryption, ZIP64, archives in
/// several pieces, other methods of compression, names that lead out of the archive. Source: APPNOTE 6.3 of PKWARE,
/// sections 4.3 and 4.4, quoted from memory.
struct ZIPArchive {
  /// A part of the archive.
  struct Entry {
    /// Path in the archive, with `/` between folders.
    let name: String
    fileprivate let flags, method: Int
    fileprivate let checksum: UInt32
    fileprivate let packedSize, size, headerOffset: Int
  }

  /// The first bytes of an archive with parts.
  static let magic: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  /// The longest content that is taken: a guard against archives made to fill the memory.
  private static let mostBytes = 1 << 30

  /// The parts, folders left out.
  let entries: [Entry]
  private let bytes: [UInt8]

  /// Reads the directory of an archive.
  init(_ bytes: [UInt8]) throws(ReviewFileError) {
    self.bytes = bytes
    let directory = try Directory(bytes)
    var entries = [Entry]()
    var place = directory.offset
    for _ in 0..<directory.count { entries.append(try ZIPArchive.entry(bytes, &place)) }
    for entry in entries { try ZIPArchive.checkName(entry.name) }
    self.entries = entries.filter { !$0.name.hasSuffix("/") }
  }

  /// The content of a part.
  func content(_ entry: Entry) throws(ReviewFileError) -> [UInt8] {
    func refused(_ reason: String, hint: String? = nil) -> ReviewFileError {
      ReviewFileError(reason, part: entry.name, hint: hint)
    }
    if entry.flags & 0x2041 != 0 {
      throw refused("the part is encrypted", hint: "unpack the archive with its password and pack it again without")
    }
    guard entry.size <= ZIPArchive.mostBytes else {
      throw refused("the part is longer than \(ZIPArchive.mostBytes) bytes")
    }
    let start = try contentStart(entry)
    guard start + entry.packedSize <= bytes.count else { throw refused("the archive is cut short") }
    let packed = bytes[start..<start + entry.packedSize]
    let content: [UInt8]
    switch entry.method {
    case 0: content = Array(packed)
    case 8:
      do {
        content = try Inflater.inflate(packed, .deflate, expectedSize: entry.size, limit: entry.size)
      } catch { throw refused(error.description) }
    default: throw refused("the part is compressed by method \(entry.method); only deflate (8) and none (0) are read")
    }
    guard content.count == entry.size, CRC32.checksum(content[...]) == entry.checksum else {
      throw refused("the part's checksum is wrong: the archive is damaged", hint: "download the package again")
    }
    return content
  }

  /// Where a part's content begins, behind its own header.
  private func contentStart(_ entry: Entry) throws(ReviewFileError) -> Int {
    let at = entry.headerOffset
    guard at + 30 <= bytes.count, bytes[at...].starts(with: ZIPArchive.magic) else {
      throw ReviewFileError("the archive has no header where its directory says", part: entry.name)
    }
    return at + 30 + bytes.number(at + 26, 2) + bytes.number(at + 28, 2)
  }

  private static func entry(_ bytes: [UInt8], _ place: inout Int) throws(ReviewFileError) -> Entry {
    guard place + 46 <= bytes.count, bytes[place...].starts(with: [0x50, 0x4B, 0x01, 0x02]) else {
      throw ReviewFileError("the directory of the ZIP archive is damaged", hint: "download the package again")
    }
    let nameLength = bytes.number(place + 28, 2)
    let next = place + 46 + nameLength + bytes.number(place + 30, 2) + bytes.number(place + 32, 2)
    guard next <= bytes.count else { throw ReviewFileError("the directory of the ZIP archive is cut short") }
    let entry = Entry(
      name: String(decoding: bytes[place + 46..<place + 46 + nameLength], as: UTF8.self),
      flags: bytes.number(place + 8, 2), method: bytes.number(place + 10, 2),
      checksum: UInt32(bytes.number(place + 16, 4)), packedSize: bytes.number(place + 20, 4),
      size: bytes.number(place + 24, 4), headerOffset: bytes.number(place + 42, 4))
    if [entry.packedSize, entry.size, entry.headerOffset].contains(0xFFFF_FFFF) { throw zip64(entry.name) }
    place = next
    return entry
  }

  fileprivate static func zip64(_ part: String? = nil) -> ReviewFileError {
    ReviewFileError(
      "ZIP64 archives (longer than 4 GiB or of more than 65,534 parts) are not read", part: part,
      hint: "pack the analysis data alone")
  }

  /// Nothing is written to disk by these names; one that leads out of the archive still shows that it was tampered with.
  private static func checkName(_ name: String) throws(ReviewFileError) {
    let steps = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.isEmpty, !name.hasPrefix("/"), !steps.contains(".."), !name.contains("\\"), !name.contains(":"),
      !name.utf8.contains(0)
    else {
      throw ReviewFileError("the archive holds a part whose name leads out of it: \"\(name)\"", part: name)
    }
  }

  /// The end of the central directory: where it begins and how many parts it lists.
  private struct Directory {
    let offset, count: Int

    init(_ bytes: [UInt8]) throws(ReviewFileError) {
      guard let at = Directory.end(bytes) else {
        throw ReviewFileError(
          "the ZIP archive has no directory at its end: the file was cut short", hint: "download the package again")
      }
      count = bytes.number(at + 10, 2)
      offset = bytes.number(at + 16, 4)
      if count == 0xFFFF || offset == 0xFFFF_FFFF { throw ZIPArchive.zip64() }
      guard bytes.number(at + 4, 2) == 0, bytes.number(at + 8, 2) == count else {
        throw ReviewFileError("ZIP archives in several pieces are not read")
      }
      guard offset + bytes.number(at + 12, 4) <= at else {
        throw ReviewFileError("the directory of the ZIP archive is not where its end says")
      }
    }

    /// The end record stands at the end, behind it a comment of at most 65,535 bytes.
    private static func end(_ bytes: [UInt8]) -> Int? {
      guard bytes.count >= 22 else { return nil }
      var at = bytes.count - 22
      let first = max(0, at - 0xFFFF)
      while at >= first {
        if bytes[at...].starts(with: [0x50, 0x4B, 0x05, 0x06]), at + 22 + bytes.number(at + 20, 2) <= bytes.count {
          return at
        }
        at -= 1
      }
      return nil
    }
  }
}

extension [UInt8] {
  /// A number of `count` bytes, the low byte first.
  fileprivate func number(_ at: Int, _ count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(self[at + $1]) << (8 * $1) }
  }
}
