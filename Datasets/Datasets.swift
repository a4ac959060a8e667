/// A table that travels with the library, so that `evidence pool bcg` works from any folder.
public struct Dataset: Sendable {
  /// Name, such as `mbt/suicide-attempts`.
  public let name: String
  /// One line for lists.
  public let title: String
  /// Where the numbers come from.
  public let source: String
  /// Measure it is usually analysed with, `nil` for tables that are no single analysis.
  public let measure: String?
  /// Columns that do not bear their role's name: role → column.
  public let map: [String: String]
  /// Condition on rows that its usual analysis applies, as `--where` takes it.
  public let condition: String?
  /// Column of the studies' names, where the usual search would take another.
  public let studyColumn: String?
  /// Whether the event counted is wanted or not; `nil` where there is none, or the rows differ.
  public let event: Event?
  /// The table as CSV.
  public let bytes: [UInt8]

  /// A data set from its facts and its file.
  init(
    _ name: String, _ title: String, source: String, measure: String? = nil, map: [String: String] = [:],
    condition: String? = nil, studyColumn: String? = nil, event: Event? = nil, bytes: [UInt8]
  ) {
    self.name = name
    self.title = title
    self.source = source
    self.measure = measure
    self.map = map
    self.condition = condition
    self.studyColumn = studyColumn
    self.event = event
    self.bytes = bytes
  }

  /// Whether an event is wanted.
  public enum Event: String, Sendable {
    /// A harm: fewer is better.
    case bad
    /// A benefit: more is better.
    case good
  }

  /// The data set of a name, letter case ignored.
  public static func named(_ name: String) -> Dataset? {
    let wanted = name.lowercased()
    return all.first { $0.name == wanted }
  }
}
