/// A look at a row for what is possible and unlikely; it is said and never acted on.
public struct PlausibilityNote: Sendable {
  /// What it looks for.
  public let name: String
  /// What is found in a row, in words; `nil` for nothing.
  public let finding: @Sendable (ReportedColumns, _ row: Int) -> String?

  /// Every look.
  public static let all: [PlausibilityNote] = [deviationLikeError, percentageLikeCount, oppositeSign]
}
