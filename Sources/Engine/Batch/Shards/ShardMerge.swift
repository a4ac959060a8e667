/// Checks that pieces of a sharded batch are all there, once each, and of the same work.
public struct ShardMerge: Sendable {
  /// A piece and its manifest.
  public struct Piece: Sendable {
    /// The file of results.
    public let path: String
    /// What its run wrote beside it.
    public let manifest: ShardManifest
  }

  /// The pieces in the order of their shards.
  public let pieces: [Piece]

  /// All pieces together.
  public var summary: BatchSummary {
    pieces.reduce(into: BatchSummary()) { $0.add($1.manifest.summary) }
  }

  /// Reads the manifests of pieces, in any order.
  /// - Throws: 66 for a manifest that is missing; 65 for pieces that are missing, doubled, or of different work.
  public init(_ paths: [String]) throws(EvidenceError) {
    var pieces: [Piece] = []
    for path in paths { pieces.append(Piece(path: path, manifest: try ShardManifest(of: path))) }
    guard let first = pieces.first else {
      throw EvidenceError(.usage, "--merge needs the files of all pieces")
    }
    for piece in pieces.dropFirst() {
      if let difference = piece.manifest.identity.difference(from: first.manifest.identity) {
        throw EvidenceError(
          .badData, "the piece is not of the same work as \(first.path): \(difference)", file: piece.path,
          hint: "run the shards again with the same options, input and version")
      }
      guard piece.manifest.shard.count == first.manifest.shard.count else {
        throw EvidenceError(
          .badData,
          "the piece is one of \(piece.manifest.shard.count), \(first.path) one of \(first.manifest.shard.count)",
          file: piece.path)
      }
    }
    self.pieces = try ShardMerge.ordered(pieces, count: first.manifest.shard.count)
  }

  private static func ordered(_ pieces: [Piece], count: Int) throws(EvidenceError) -> [Piece] {
    let sorted = pieces.sorted { $0.manifest.shard.index < $1.manifest.shard.index }
    for (one, next) in zip(sorted, sorted.dropFirst()) where one.manifest.shard == next.manifest.shard {
      throw EvidenceError(
        .badData, "piece \(one.manifest.shard.index) of \(count) is there twice, also as \(one.path)",
        file: next.path)
    }
    guard sorted.count == count else {
      let present = Set(sorted.map(\.manifest.shard.index))
      let missing = (1...count).filter { !present.contains($0) }
      let named = missing.prefix(10).map(String.init).joined(separator: ", ")
      throw EvidenceError(
        .badData,
        "\(missing.count) of \(count) pieces \(missing.count == 1 ? "is" : "are") missing: "
          + named + (missing.count > 10 ? ", …" : ""),
        hint: "run them with --shard i/\(count)")
    }
    for (one, next) in zip(sorted, sorted.dropFirst())
    where one.manifest.range.upperBound != next.manifest.range.lowerBound {
      throw EvidenceError(.badData, "the piece does not begin where \(one.path) ends", file: next.path)
    }
    return sorted
  }

  /// Gives the bytes of all pieces in order, checked against their manifests.
  /// - Throws: 65 for a piece that is not what its run wrote; nothing given before may then be used.
  public func copy(to sink: ([UInt8]) throws(EvidenceError) -> Void) throws(EvidenceError) {
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    for piece in pieces {
      let file = try FileBytes(piece.path)
      var digest = OutputDigest()
      while true {
        let count = try fill(&buffer) { bytes throws(EvidenceError) in try file.read(into: bytes) }
        if count == 0 { break }
        digest.update(buffer.prefix(count))
        try sink(Array(buffer.prefix(count)))
      }
      guard digest.count == piece.manifest.outputBytes, digest.hexadecimal == piece.manifest.outputHash else {
        throw EvidenceError(
          .badData, "the piece is not what its run wrote: \(digest.count) bytes, SHA-256 \(digest.hexadecimal)",
          file: piece.path, hint: "its manifest says \(piece.manifest.outputBytes) bytes; run the shard again")
      }
    }
  }
}
