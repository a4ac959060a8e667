import TableIO

/// Groups of a table, separated values or NDJSON: a long one, a row a study, whose groups stand together; or a wide one.
///
/// Reads the text a piece at a time, each cut where a group begins; who takes a piece parses it. Memory is that of a piece
/// (or of the largest group, if that is more), whatever the length of the input.
struct LongSource: GroupSource {
  /// Bytes read at a time: few enough that a piece stays near the processor, and that all threads have one soon.
  static let usualPieceSize = 1 << 18

  let shape: BatchShape
  private let schema: BatchSchema
  private let parser: BatchParser
  private let source: ByteSource
  private let pieceSize: Int
  /// The bytes in which the first rows of the groups wanted begin; `nil` for all.
  let part: Range<Int>?
  private(set) var lineBase: Int
  /// Text that was read and belongs to the next piece.
  private var rest: ArraySlice<UInt8>
  /// Byte in the input where it begins.
  private var offset: Int
  private var isWhole: Bool
  private var isDone = false

  /// Opens the input and finds its columns.
  ///
  /// - Parameters:
  ///   - measured: whether its length must be known, as a shard needs it.
  ///   - pieceSize: bytes read at a time; the results do not depend on it.
  /// - Throws: 64, 65 or 66.
  init(
    _ request: BatchRequest, measured: Bool = false, pieceSize: Int = usualPieceSize
  ) throws(EvidenceError) {
    self.pieceSize = pieceSize
    source = try ByteSource(request.pool.data.input, measured: measured || request.shard != nil)
    var beginning: [UInt8] = []
    isWhole = try !source.read(LongSource.usualPieceSize, into: &beginning)
    schema = try LongSource.schema(request, source, &beginning, &isWhole)
    parser = BatchParser(schema)
    shape = schema.shape
    rest = beginning[schema.bodyStart...]
    (offset, lineBase) = (schema.bodyStart, schema.bodyLine - 1)
    part = request.shard.flatMap { [size = source.size] shard in size.map(shard.range) }
    if let part { try skip(to: part.lowerBound) }
  }

  /// Finds the columns, reading on where the header fills the beginning.
  private static func schema(
    _ request: BatchRequest, _ source: ByteSource, _ beginning: inout [UInt8], _ isWhole: inout Bool
  ) throws(EvidenceError) -> BatchSchema {
    while true {
      do { return try BatchSchema(request, beginning: beginning, isWhole: isWhole) } catch {
        guard error.code == .badData, !isWhole, beginning.count < 1 << 26 else { throw error }
      }
      isWhole = try !source.read(beginning.count, into: &beginning)
    }
  }

  var inputs: [InputIdentity] { [source.identity] }
  var progress: BatchProgress { source.progress }
  var expectsGroupsTogether: Bool { !schema.isWide }
  /// Length of the text, where it is known.
  var size: Int? { source.size }

  mutating func next() throws(EvidenceError) -> GroupPiece? {
    if isDone || part.map({ offset >= $0.upperBound }) ?? false { return nil }
    var bytes = Array(rest)
    rest = []
    while true {
      if !isWhole, bytes.count < pieceSize { try readOn(&bytes, pieceSize) }
      // Without more input every group is complete; else the last one may go on.
      isDone = isWhole
      if let end = isWhole ? bytes.count : bytes.withUnsafeBytes(schema.lastGroupStart), end > 0 {
        let piece = TextPiece(bytes: bytes, end: end, offset: offset, endsText: isWhole)
        rest = bytes[end...]
        offset += end
        return .text(piece, parser)
      }
      if isWhole { return nil }
      try readOn(&bytes, bytes.count)
    }
  }

  private mutating func readOn(_ bytes: inout [UInt8], _ count: Int) throws(EvidenceError) {
    isWhole = try !source.read(count, into: &bytes)
  }

  /// Goes on to a line a little before a place, without parsing what is before: a shard has its groups behind it.
  ///
  /// Only where every newline ends a record; the first quote ends the skipping, and the groups that come then are left out by
  /// their places.
  private mutating func skip(to place: Int) throws(EvidenceError) {
    while !isWhole, offset + rest.count < place {
      guard let lines = rest.withUnsafeBytes(schema.countLines) else { return }
      if lines.end > 0 {
        rest = rest[(rest.startIndex + lines.end)...]
        offset += lines.end
        lineBase += lines.count
      }
      var bytes = Array(rest)
      try readOn(&bytes, pieceSize)
      rest = bytes[...]
    }
  }
}
