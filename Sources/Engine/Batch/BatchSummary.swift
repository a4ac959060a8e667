/// What a batch did.
public struct BatchSummary: Sendable, Equatable {
  /// Rows read, and groups seen.
  public var rows = 0, groups = 0
  /// Number of groups by the first word of their status.
  public var statuses: [String: Int] = [:]
  /// Times that a group was met again behind another; of a sample of the groups when there are very many.
  public var returning = 0
  /// A group that was met again.
  public var returningExample: String?

  /// Number of groups whose status is `ok`.
  public var good: Int { statuses["ok"] ?? 0 }

  /// The statuses in alphabetical order.
  var sortedStatuses: [(key: String, value: Int)] { statuses.sorted { $0.key < $1.key } }

  /// Adds another part of the same work.
  mutating func add(_ other: BatchSummary) {
    rows += other.rows
    groups += other.groups
    statuses.merge(other.statuses, uniquingKeysWith: +)
  }

  /// What is wrong with the order of the rows, if anything is.
  public var warning: String? {
    guard let returningExample else { return nil }
    let others = returning > 1 ? " (and \(returning - 1) more times)" : ""
    return
      "the rows of group \"\(returningExample)\" stand apart\(others): every stretch of rows was analysed by itself; "
      + "sort the table by group, or use --unsorted"
  }

  /// Whether every group was analysed, from all of its rows.
  public var isGood: Bool { good == groups && returning == 0 }

  /// For people.
  public var text: String {
    let rest = sortedStatuses.filter { $0.key != "ok" }.map { "\($0.value) \($0.key)" }
    return "\(groups) groups from \(rows) rows: \(good) ok" + (rest.isEmpty ? "" : ", " + rest.joined(separator: ", "))
  }
}
