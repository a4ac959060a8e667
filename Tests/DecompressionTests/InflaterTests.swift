import Decompression
import Foundation
import Testing

/// Inflating against files that gzip and zlib wrote (`Tests/Reference/compressed.sh`).
@Suite struct InflaterTests {
  private static func fixture(_ name: String) throws -> [UInt8] {
    let url = try #require(Bundle.module.url(forResource: "Fixtures/" + name, withExtension: nil))
    return [UInt8](try Data(contentsOf: url))
  }

  @Test(arguments: [("one.gz", Inflater.Format.gzip), ("two.gz", .gzip), ("bare.deflate", .deflate)])
  func givesTheTextBack(name: String, format: Inflater.Format) throws {
    let bytes = try Self.fixture(name)
    let text = try Self.fixture("text.csv")
    #expect(try Inflater.inflate(bytes[...], format) == text)
    #expect(try Inflater.inflate(bytes[...], format, expectedSize: text.count, limit: text.count) == text)
    #expect(throws: DecompressionError.tooLong(limit: text.count - 1)) {
      try Inflater.inflate(bytes[...], format, limit: text.count - 1)
    }
  }

  /// Pieces of any size in and out make the same text; nothing hangs.
  @Test(arguments: [(1, 7), (3, 4096), (1000, 1), (65536, 65536), (1 << 20, 100)])
  func piecesOfAnySize(inputSize: Int, outputSize: Int) throws {
    let bytes = try Self.fixture("two.gz")
    var inflater = try Inflater(.gzip)
    var (text, taken) = ([UInt8](), 0)
    var output = [UInt8](repeating: 0, count: outputSize)
    while true {
      let piece = Array(bytes[taken..<min(taken + inputSize, bytes.count)])
      let step = try piece.withUnsafeBytes { input in
        try output.withUnsafeMutableBytes { try inflater.inflate(input, into: $0) }
      }
      taken += step.consumed
      text += output.prefix(step.produced)
      if step.consumed == 0, step.produced == 0 { break }
    }
    let isComplete = inflater.isComplete
    #expect(isComplete)
    #expect(try text == Self.fixture("text.csv"))
  }

  @Test func anyCutIsNoticed() throws {
    let bytes = try Self.fixture("one.gz")
    for length in [0, 1, 5, 17, 1000, bytes.count / 2, bytes.count - 8, bytes.count - 1] {
      #expect(throws: DecompressionError.truncated) { try Inflater.inflate(bytes.prefix(length), .gzip) }
    }
    // A file of two members cut between them is whole; cut inside the second it is not.
    let two = try Self.fixture("two.gz")
    #expect(throws: DecompressionError.truncated) { try Inflater.inflate(two.dropLast(3), .gzip) }
  }

  @Test func damageIsNoticed() throws {
    let bytes = try Self.fixture("one.gz")
    for place in [0, 2, 12, bytes.count / 3, bytes.count - 6, bytes.count - 2] {
      var damaged = bytes
      damaged[place] ^= 0x55
      #expect(throws: DecompressionError.self, "byte \(place)") { try Inflater.inflate(damaged[...], .gzip) }
    }
    #expect(throws: DecompressionError.self) { try Inflater.inflate((bytes + [1, 2, 3])[...], .gzip) }
  }

  @Test func paddingIsPassedOver() throws {
    let padded = try Self.fixture("one.gz") + [UInt8](repeating: 0, count: 700)
    #expect(try Inflater.inflate(padded[...], .gzip) == Self.fixture("text.csv"))
  }

  @Test func emptyContent() throws {
    // `printf '' | gzip -n`
    let empty: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    #expect(try Inflater.inflate(empty[...], .gzip) == [])
  }

  /// The check value of CRC-32: the digits 1 to 9 give CBF43926.
  @Test func checksum() {
    #expect(CRC32.checksum(Array("123456789".utf8)[...]) == 0xCBF4_3926)
    #expect(CRC32.checksum([]) == 0)
  }
}
