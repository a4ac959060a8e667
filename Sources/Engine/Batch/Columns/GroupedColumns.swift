public import Synthesis

/// Rows of many groups in columns: the rows of group g are `offsets[g] ..< offsets[g + 1]`.
///
/// The memory is the caller's, is only read, and must live while a batch runs. `NaN` is a missing value.
public struct GroupedColumns: @unchecked Sendable {
  // Unchecked: threads only read.

  /// Where each group's rows begin, and behind them the end of the last: one more than there are groups.
  public let offsets: UnsafeBufferPointer<Int>
  /// A column for each role that the batch was made with, in that order.
  public let columns: [UnsafeBufferPointer<Double>]

  /// Groups and columns, as they stand.
  public init(offsets: UnsafeBufferPointer<Int>, columns: [UnsafeBufferPointer<Double>]) {
    self.offsets = offsets
    self.columns = columns
  }

  /// Number of groups.
  public var count: Int { max(offsets.count - 1, 0) }

  /// The rows of a group.
  @inline(__always)
  func rows(_ group: Int) -> Range<Int> { offsets[group]..<offsets[group + 1] }

  /// The rows of several groups that follow one another.
  func rows(_ groups: Range<Int>) -> Range<Int> { offsets[groups.lowerBound]..<offsets[groups.upperBound] }

  /// Throws unless the offsets ascend from 0 or more within every column, of which there are `roles`.
  func validate(roles: Int) throws(EvidenceError) {
    guard columns.count == roles else {
      throw EvidenceError(.usage, "\(columns.count) columns for \(roles) roles")
    }
    guard let first = offsets.first, let last = offsets.last else {
      throw EvidenceError(.usage, "offsets are empty", hint: "give one more offset than there are groups")
    }
    guard first >= 0 else { throw EvidenceError(.usage, "the first offset is \(first), less than 0") }
    for group in 0..<count where offsets[group] > offsets[group + 1] {
      throw EvidenceError(
        .usage, "offsets must not fall: group \(group) begins at \(offsets[group]) and ends at \(offsets[group + 1])")
    }
    for (index, column) in columns.enumerated() where column.count < last {
      throw EvidenceError(.usage, "column \(index) has \(column.count) rows, fewer than the last offset \(last)")
    }
  }
}

/// Why a group has no result.
public struct GroupProblem: Sendable, Equatable {
  /// Which group, from 0.
  public let group: Int
  /// What happened.
  public let status: GroupStatus
  /// The row to blame, from 0 in the columns; `nil` where it is no single one.
  public let row: Int?
  /// The reason in words; empty where the status says it all.
  public let message: String
}
