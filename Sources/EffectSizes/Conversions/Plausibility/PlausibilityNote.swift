/// A look at a table for what is possible and unlikely; it is said and never acted on.
public struct PlausibilityNote: Sendable {
  /// What it looks for.
  public let name: String
  private let look: @Sendable (ReportedColumns) -> (_ row: Int) -> String?

  /// A look that prepares what it needs of the whole table once, then goes from row to row.
  init(name: String, look: @escaping @Sendable (ReportedColumns) -> (_ row: Int) -> String?) {
    self.name = name
    self.look = look
  }

  /// Every look.
  public static let all: [PlausibilityNote] = [deviationLikeError, percentageLikeCount, oppositeSign]

  /// What is found in each row, in words.
  public func findings(_ columns: ReportedColumns) -> [(row: Int, text: String)] {
    let finding = look(columns)
    return (0..<columns.count).compactMap { row in finding(row).map { (row, $0) } }
  }
}
