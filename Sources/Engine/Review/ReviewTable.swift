import ReviewFiles
import TableIO

/// An analysis of a review as a table that every command can take: `study`, `year`, `subgroup`, then the data under the
/// names of their roles, as they were printed.
struct ReviewTable {
  let table: Table
  /// The measure that the review used.
  let measure: String?
  let warnings: [String]

  /// - Throws: 65 for data that cannot be pooled.
  init(_ analysis: ReviewAnalysis, file: String) throws(EvidenceError) {
    if case .other(let name) = analysis.data {
      throw EvidenceError(
        .badData, "analysis \(analysis.number) holds \(name), which have no effect sizes", file: file,
        line: analysis.line)
    }
    let rows = analysis.rows.filter(\.inTotal)
    var warnings = [String]()
    if rows.count < analysis.rows.count {
      warnings.append(
        "\(analysis.rows.count - rows.count) rows of analysis \(analysis.number) count in their subgroup only and are left out"
      )
    }
    if analysis.settings.swapsEvents, analysis.data == .dichotomous {
      warnings.append("analysis \(analysis.number) counts non-events: ai and ci are the totals less the events")
    }
    let columns = ReviewTable.columns(of: analysis)
    table = Table(
      columnNames: columns.map(\.name), rows: rows.map { row in columns.map { $0.text(row) } }, lines: rows.map(\.line),
      format: .revman)
    measure = analysis.measureCode
    self.warnings = warnings
  }

  /// A column: its name, and its text for a row.
  private struct Column {
    let name: String
    let text: (ReviewRow) -> String

    init(_ name: String, _ text: @escaping (ReviewRow) -> String) {
      self.name = name
      self.text = text
    }

    init(_ cell: ReviewCell) { self.init(cell.rawValue) { $0.cells[cell]?.text ?? "" } }
  }

  private static func columns(of analysis: ReviewAnalysis) -> [Column] {
    var columns = [Column("study", \.study)]
    if analysis.rows.contains(where: { !$0.year.isEmpty }) { columns.append(Column("year", \.year)) }
    if !analysis.subgroups.isEmpty {
      columns.append(Column("subgroup") { $0.subgroup.map { analysis.subgroups[$0].name } ?? "" })
    }
    switch analysis.data {
    case .dichotomous:
      let swaps = analysis.settings.swapsEvents
      func events(_ name: String, _ events: ReviewCell, _ total: ReviewCell) -> Column {
        guard swaps else { return Column(events) }
        return Column(name) { row in
          guard let events = row[events], let total = row[total] else { return "" }
          return (total - events).shortText
        }
      }
      columns += [
        events("ai", .events1, .total1), Column(.total1), events("ci", .events2, .total2), Column(.total2),
      ]
    case .continuous: columns += ([.mean1, .sd1, .total1, .mean2, .sd2, .total2] as [ReviewCell]).map(Column.init)
    case .inverseVariance:
      let isLog = RevManEffects.isLogScale(analysis)
      columns.append(
        Column("yi") { row in row.cells[.estimate]?.text ?? RevManEffects.given(row, isLog)?.shortText ?? "" })
      columns += ([.standardError, .total1, .total2] as [ReviewCell]).map(Column.init)
    case .observedExpected:
      columns += ([.observedMinusExpected, .variance] as [ReviewCell]).map(Column.init)
      columns += [
        Column("yi") { $0.logRankEffect?.yi.shortText ?? "" }, Column("vi") { $0.logRankEffect?.vi.shortText ?? "" },
      ]
    case .other: break
    }
    return columns
  }
}
