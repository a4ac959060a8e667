import EffectSizes

/// Where the groups of a batch come from: pieces of whole groups, in the order in which their results are written.
protocol GroupSource {
  /// What the groups consist of.
  var shape: BatchShape { get }
  /// What tells the input from others.
  var inputs: [InputIdentity] { get }
  /// The places of the input that the part of a shard has; `nil` without a shard.
  var part: Range<Int>? { get }
  /// How much of the input is read.
  var progress: BatchProgress { get }
  /// Lines of the input before the first piece.
  var lineBase: Int { get }
  /// Whether a group that comes again is one whose rows stand apart.
  var expectsGroupsTogether: Bool { get }
  /// The next groups, each with all its rows; `nil` after the last.
  mutating func next() throws(EvidenceError) -> GroupPiece?
}

extension GroupSource {
  var lineBase: Int { 0 }
  var expectsGroupsTogether: Bool { false }
}

/// Whole groups, to be worked on by any thread.
enum GroupPiece: Sendable {
  /// Text that is to be parsed.
  case text(TextPiece, BatchParser)
  /// Rows as they are.
  case rows(BatchRows)

  /// The rows; those of text are parsed now.
  func read() -> BatchRows {
    switch self {
    case .text(let piece, let parser): parser.parse(piece)
    case .rows(let rows): rows
    }
  }
}

/// A stretch of an input's text with whole groups.
struct TextPiece: Sendable {
  /// The text, and behind it what belongs to the next piece.
  let bytes: [UInt8]
  /// Where the piece ends in the bytes.
  let end: Int
  /// Byte in the input where the piece begins.
  let offset: Int
  /// Whether the input ends here, and not a record in its middle.
  let endsText: Bool

  /// The text of the piece.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<end])) }
  }
}

/// What the groups of an input consist of, whatever its form.
struct BatchShape: Sendable {
  /// Names of the group's columns.
  let groupNames: [String]
  let measure: Measure
  /// Roles of the columns of numbers, in the order of `BatchRows.values`.
  let roles: [Role]
}

/// How much of an input is read, in bytes as they are stored.
public struct BatchProgress: Sendable, Equatable {
  /// Read so far.
  public var done = 0
  /// Of how many, where that is known.
  public var total: Int?
}
