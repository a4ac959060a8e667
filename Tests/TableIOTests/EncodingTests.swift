import TableIO
import Testing

@Suite struct EncodingTests {
  private static let text = "study;yi\r\nMüller–Łódź 😀;0,5\r\n"

  private static func utf16(_ text: String, lowFirst: Bool) -> [UInt8] {
    (lowFirst ? [0xFF, 0xFE] : [0xFE, 0xFF])
      + text.utf16.flatMap { unit in
        let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
        return lowFirst ? [low, high] : [high, low]
      }
  }

  @Test func everyEncodingReadsEqual() throws {
    let plain = try CSVReader.read(Array(Self.text.utf8))
    let forms: [([UInt8], TableDialect.Encoding)] = [
      ([0xEF, 0xBB, 0xBF] + Array(Self.text.utf8), .utf8WithMark),
      (Self.utf16(Self.text, lowFirst: true), .utf16LittleEndian),
      (Self.utf16(Self.text, lowFirst: false), .utf16BigEndian),
    ]
    for (bytes, encoding) in forms {
      let table = try CSVReader.read(bytes)
      #expect(contents(table) == contents(plain))
      #expect(table.dialect.encoding == encoding)
      #expect(table.warnings.isEmpty)
    }
  }

  @Test func windows1252WithAWarning() throws {
    let bytes = Array("study,yi\nM".utf8) + [0xFC] + Array("ller ".utf8) + [0x96, 0x20, 0x80] + Array(",1\n".utf8)
    let table = try CSVReader.read(bytes)
    #expect(table.text(row: 0, column: 0) == "Müller – €")
    #expect(table.dialect.encoding == .windows1252)
    #expect(table.warnings.count == 1)
    #expect(table.warnings[0].contains("line 2"))
  }

  @Test(
    arguments: [
      [0xFF, 0xFE, 0x61], [0xFF, 0xFE, 0x61, 0, 0x0A, 0, 0x00, 0xD8, 0x62, 0],
      [0x61, 0x2C, 0x62, 0x0A, 0x81, 0x2C, 0x31],
      [0xEF, 0xBB, 0xBF, 0x61, 0xFF],
    ] as [[UInt8]])
  func refusesBrokenText(_ bytes: [UInt8]) {
    #expect(throws: TableError.self) { try CSVReader.read(bytes) }
  }

  @Test(
    arguments: [
      [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF8], [0xE2, 0x82], [0x80],
    ] as [[UInt8]])
  func invalidUTF8IsNoticed(_ tail: [UInt8]) {
    let bytes = Array("study,yi\nabcdefgh".utf8) + tail + Array(",1".utf8)
    let encoding = try? CSVReader.read(bytes).dialect.encoding
    #expect(encoding == nil || encoding == .windows1252)
  }
}
