/// What a batch did.
public struct BatchSummary: Sendable, Equatable {
  /// Rows read, and groups seen.
  public var rows = 0, groups = 0
  /// Number of groups by the first word of their status.
  public var statuses: [String: Int] = [:]

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

  /// For people.
  public var text: String {
    let rest = sortedStatuses.filter { $0.key != "ok" }.map { "\($0.value) \($0.key)" }
    return "\(groups) groups from \(rows) rows: \(good) ok" + (rest.isEmpty ? "" : ", " + rest.joined(separator: ", "))
  }
}
