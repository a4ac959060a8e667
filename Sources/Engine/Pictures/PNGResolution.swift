/// Writes the resolution into a PNG, so that it is placed at the size it was made for.
///
/// Source: PNG specification (W3C), 5.3 chunk layout, 11.3.5.3 pHYs.
enum PNGResolution {
  /// The picture with a `pHYs` chunk after its header; bytes that are no PNG come back as they are.
  static func marked(_ png: [UInt8], dpi: Double) -> [UInt8] {
    // 8 bytes of signature; the header chunk has 13 bytes of data and 12 of frame.
    let header = 8 + 25
    guard png.count > header, png[1...3].elementsEqual("PNG".utf8) else { return png }
    let perMetre = UInt32((dpi / 0.0254).rounded())
    let body = Array("pHYs".utf8) + bytes(perMetre) + bytes(perMetre) + [1]
    return Array(png[..<header]) + bytes(UInt32(9)) + body + bytes(checksum(body)) + Array(png[header...])
  }

  private static func bytes(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  /// CRC-32 of ISO 3309, as PNG wants it.
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var crc = UInt32.max
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
