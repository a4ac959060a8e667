/// A way from a measure of association and the margins to the four cells.
public struct TableRoute: Sendable {
  /// What it starts from, in words.
  public let name: String
  /// The column it reads.
  public let word: ReportedWord
  /// The first cell as a formula of the measure and the margins (n, r of row 1, c of column 1).
  public let formula: String
  /// Where it comes from.
  public let source: String
  /// The first cell before rounding.
  let firstCell: @Sendable (_ value: Double, TableMargins) -> Double

  /// Every route, the best first: the odds ratio, φ, χ².
  public static let all: [TableRoute] = [oddsRatio, phi, yates]

  /// The row's table by the first route whose value is printed.
  ///
  /// Cells are rounded to whole numbers; the margins stay exact.
  /// - Throws: what is missing or cannot be; `.notEstimable` for a table that would need a negative cell.
  public static func recover(
    _ columns: ReportedColumns, _ row: Int
  ) throws(ConversionProblem) -> (table: RecoveredTable, route: TableRoute) {
    let margins = try TableMargins(columns, row)
    guard let route = all.first(where: { !columns.value($0.word, row).isNaN }) else { throw .missing(all.map(\.word)) }
    let cell = route.firstCell(columns.value(route.word, row), margins)
    guard cell.isFinite else { throw .notEstimable("the \(route.name) and these margins give no table") }
    let table = margins.table(first: cell)
    guard table.smallest >= 0 else {
      throw .notEstimable("the \(route.name) and these margins give a table with a negative cell")
    }
    return (table, route)
  }
}
