import EffectSizes

/// Where the groups of a batch come from: blocks of whole groups, in the order in which their results are written.
protocol GroupSource {
  /// What the groups consist of.
  var shape: BatchShape { get }
  /// What tells the input from others.
  var inputs: [InputIdentity] { get }
  /// The places of the input that the part of a shard has; `nil` without a shard.
  var part: Range<Int>? { get }
  /// How much of the input is read.
  var progress: BatchProgress { get }
  /// The next groups, each with all its rows; `nil` after the last.
  mutating func next() throws(EvidenceError) -> BatchRows?
  /// The next groups, in pieces for several threads, each with all its groups' rows; `nil` after the last.
  mutating func nextPieces() throws(EvidenceError) -> [BatchRows]?
}

extension GroupSource {
  /// All in one piece.
  mutating func nextPieces() throws(EvidenceError) -> [BatchRows]? { try next().map { [$0] } }
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
