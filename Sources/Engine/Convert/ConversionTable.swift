import EffectSizes
import TableIO

/// A table as `convert` reads it: the columns of the words that a conversion uses, found by name.
struct ConversionTable: Sendable {
  let source: StudyTable
  /// Column index by word.
  let binding: [ReportedWord: Int]
  /// The numbers of the rows in use.
  var columns: ReportedColumns
  /// What was hard to read.
  private(set) var warnings: [String]

  /// Number of rows in use.
  var count: Int { source.rows.count }

  /// Reads the table and finds the words; `forms` says in which sense a role is meant.
  init(_ request: ConversionRequest, words: [ReportedWord], forms: [[Role]] = []) throws(EvidenceError) {
    let source = try StudyTable(request.data)
    self.source = source
    var finder = ConversionColumnFinder(source, words: words, forms: forms)
    try finder.bind(request.map)
    binding = finder.binding
    warnings = source.warnings + finder.warnings
    columns = ReportedColumns(count: source.rows.count)
    for word in words {
      guard let column = binding[word] else { continue }
      columns[word] = try StudySet.numbers(source, column, rows: source.rows)
    }
  }

  /// The words of a list that have a column.
  func bound(_ words: [ReportedWord]) -> [ReportedWord] { words.filter { binding[$0] != nil } }

  /// Label of a row, by its position among the rows in use.
  func label(_ row: Int) -> String { source.labels[source.rows[row]] }

  /// Number of a row in the data, from 1.
  func number(_ row: Int) -> Int { source.rows[row] + 1 }

  /// The row as left out.
  func excluded(_ row: Int, _ reason: String) -> ExcludedRow {
    ExcludedRow(row: number(row), study: label(row), reason: reason)
  }

  /// The reason for which a row is left out.
  /// - Throws: 65 when the problem is a value that cannot be.
  func reason(_ problem: ConversionProblem, _ row: Int) throws(EvidenceError) -> String {
    switch problem {
    case .missing(let words): return "missing " + words.map(\.name).joined(separator: ", ")
    case .notEstimable(let text): return text
    case .impossible(let word, let value, let expected):
      throw EvidenceError(
        .badData, "\(word) = \(value.shortText) cannot be: expected \(expected) (study \"\(label(row))\")",
        file: source.document.name, line: source.table.line(ofRow: source.rows[row]),
        column: binding[word].map { source.table.columnNames[$0] } ?? word.name,
        hint: "correct the value, or leave the row out with --where")
    }
  }

  /// Half a unit of the last printed digit: the most decimals that the row prints in these columns count.
  func rounding(_ words: [ReportedWord], _ row: Int) -> Double {
    var decimals = 0
    for word in words {
      guard let column = binding[word] else { continue }
      let text = source.table.text(row: source.rows[row], column: column)
      guard !text.contains(where: { $0 == "e" || $0 == "E" }) else { return 0 }
      let places = text.split(whereSeparator: { $0 == "." || $0 == "," }).dropFirst().last?.count ?? 0
      decimals = max(decimals, places)
    }
    return (0..<decimals).reduce(0.5) { unit, _ in unit / 10 }
  }
}
