import TableIO

/// A label for each row of a table: the column named, or the usual ones, `author` and `year` joined as `Author Year`, or `Row 7`.
///
/// A label is read from the table whenever it is asked for; a million rows need no million texts.
struct RowLabels: Sendable {
  private let table: Table
  /// The column, and that of the year behind it; no column for numbers.
  private let column, year: Int?

  private static let usual = [
    "study", "studlab", "slab", "author", "authors", "trial", "studyid", "studyname", "label", "name", "id", "source",
    "paper",
    "cohort",
  ]

  /// The labels of a table.
  /// - Throws: 65 when the column named is not there.
  init(_ table: Table, column: String?, file: String) throws(EvidenceError) {
    self.table = table
    if let column {
      guard let index = table.columnIndex(named: column) else {
        throw EvidenceError(
          .badData, "--study names a column \"\(column)\" that the file does not have", file: file, column: column,
          hint: "its columns are " + table.columnNames.joined(separator: ", "))
      }
      (self.column, year) = (index, nil)
      return
    }
    let names = table.columnNames.map(ColumnNames.normalized)
    self.column = Self.usual.lazy.compactMap { names.firstIndex(of: $0) }.first
    year = self.column.map { names[$0].hasPrefix("author") } == true ? names.firstIndex(of: "year") : nil
  }

  /// The label of a row, counted from 0.
  subscript(row: Int) -> String {
    guard let column else { return "Row " + String(row + 1) }
    let text = table.text(row: row, column: column)
    guard let year, !table.isMissing(row: row, column: year) else { return text }
    return text + " " + table.text(row: row, column: year)
  }
}

/// The labels of some studies, in their order.
public struct StudyLabels: RandomAccessCollection, Sendable {
  private let source: RowLabels
  private let rows: [Int]

  init(_ source: RowLabels, rows: [Int]) {
    self.source = source
    self.rows = rows
  }

  /// 0.
  public var startIndex: Int { 0 }
  /// Number of studies.
  public var endIndex: Int { rows.count }
  /// The label of a study.
  public subscript(study: Int) -> String { source[rows[study]] }
}
