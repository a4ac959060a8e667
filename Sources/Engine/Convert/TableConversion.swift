import EffectSizes

/// `--two-by-two`: cells of 2×2 tables from an odds ratio, φ or a χ², and the margins.
struct TableConversion: Conversion {
  let word = "two-by-two"
  let title = "Cells of 2×2 tables from a measure of association and the margins"
  let facts: [(String, String)] = []
  var words: [ReportedWord] { TableRoute.all.map(\.word) + margins }

  private var margins: [ReportedWord] { [.ni, .n1i, .n2i].map { ReportedWord($0) } }

  func convert(_ table: inout ConversionTable) throws(EvidenceError) -> ConversionOutcome {
    guard table.bound(margins).count == margins.count else { throw table.needs("--two-by-two", margins) }
    guard !table.bound(TableRoute.all.map(\.word)).isEmpty else {
      throw table.needs("--two-by-two", [TableRoute.all[0].word])
    }
    var outcome = ConversionOutcome()
    for row in 0..<table.count {
      do throws(ConversionProblem) {
        try ReportedCheck.require(words, of: table.columns, row)
        let (cells, route) = try TableRoute.recover(table.columns, row)
        outcome.rows.append(
          ConvertedRow(
            position: row, words: [("route", route.name)],
            numbers: [("ai", cells.ai), ("bi", cells.bi), ("ci", cells.ci), ("di", cells.di)],
            assumptions: ["the margins are exact, and the cells whole numbers"]))
      } catch {
        outcome.excluded.append(table.excluded(row, try table.reason(error, row)))
      }
    }
    return outcome
  }
}
