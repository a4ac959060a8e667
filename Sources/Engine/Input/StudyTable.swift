import Datasets
import ReviewFiles
import TableIO

/// A table as read, with the rows that a command is to use and a label for each.
struct StudyTable: Sendable {
  let document: InputDocument
  private(set) var table: Table
  /// Indices of the rows that meet the condition.
  let rows: [Int]
  /// A label for each row of the table.
  let labels: RowLabels
  /// The measure that the data set or the review uses, if it has one.
  let usualMeasure: String?
  /// What the reader had to say.
  var warnings: [String]

  /// Reads, filters and labels.
  init(_ request: DataRequest) throws(EvidenceError) {
    let document: InputDocument
    if let read = request.document { document = read } else { document = try InputDocument.read(request.input) }
    self.document = document
    let table: Table
    if request.inputFormat == nil, ReviewReader.recognises(document.bytes) {
      let analysis = try ReviewFile.read(document).chosen(request.analysis, file: document.name)
      let review = try ReviewTable(analysis, file: document.name)
      (table, usualMeasure, warnings) = (review.table, review.measure, review.warnings)
    } else if let number = request.analysis {
      throw EvidenceError(
        .usage, "--analysis \(number) needs a review's file", file: document.name,
        hint: "give an .rm5 file or a data package of RevMan")
    } else {
      table = try TableLoader.load(document, format: request.inputFormat)
      usualMeasure = document.dataset?.measure
      warnings = table.warnings
    }
    self.table = table
    labels = try RowLabels(
      table, column: request.studyColumn ?? document.dataset?.studyColumn, file: document.name)
    let filtered = try StudyTable.filter(table, document, request.condition ?? document.dataset?.condition)
    rows =
      request.level.map { level in
        let column = table.columnIndex(named: level.column)
        return filtered.filter { row in column.map { table.text(row: row, column: $0) } == level.text }
      } ?? filtered
  }

  /// The same studies with other cells behind them.
  func replacing(table: Table) -> StudyTable {
    var other = self
    other.table = table
    return other
  }

  /// The texts of a column in order of appearance in the rows in use; empty cells have none.
  func levels(ofColumn column: Int) -> [String] {
    var levels: [String] = []
    for row in rows where !table.isMissing(row: row, column: column) {
      let text = table.text(row: row, column: column)
      if !levels.contains(text) { levels.append(text) }
    }
    return levels
  }

  private static func filter(
    _ table: Table, _ document: InputDocument, _ condition: String?
  ) throws(EvidenceError) -> [Int] {
    guard let condition else { return Array(0..<table.rowCount) }
    return try rows(of: table, document, matching: condition, option: "--where")
  }

  /// Rows of the table that meet a condition which an option gives.
  /// - Throws: 64 for a condition that makes no sense, 65 for a column that the file does not have.
  func rows(matching condition: String, option: String) throws(EvidenceError) -> [Int] {
    try StudyTable.rows(of: table, document, matching: condition, option: option)
  }

  private static func rows(
    of table: Table, _ document: InputDocument, matching condition: String, option: String
  ) throws(EvidenceError) -> [Int] {
    let filter = try RowFilter(condition)
    var indices: [String: Int] = [:]
    for name in filter.columns {
      guard let index = table.columnIndex(named: name) else {
        throw EvidenceError(
          .badData, "\(option) names a column \"\(name)\" that the file does not have", file: document.name,
          column: name, hint: "its columns are " + table.columnNames.joined(separator: ", "))
      }
      indices[name] = index
    }
    return (0..<table.rowCount).filter { row in
      filter.matches { name in table.filterCell(row: row, column: indices[name] ?? 0) }
    }
  }
}

extension Table {
  /// A cell as a row condition sees it.
  fileprivate func filterCell(row: Int, column: Int) -> RowFilter.Cell {
    switch number(row: row, column: column) {
    case .missing: .missing
    case .value(let value): .number(value, text: text(row: row, column: column))
    case .notANumber: .text(text(row: row, column: column))
    }
  }
}

/// From a document's bytes to a table, by the format asked for, the extension, or the content.
enum TableLoader {
  static func load(_ document: InputDocument, format word: String?) throws(EvidenceError) -> Table {
    var format: InputFormat?
    if let word {
      format = InputFormat(rawValue: word.lowercased())
      guard format != nil else {
        throw EvidenceError(
          .usage, "--input-format \(word) is not known",
          hint: "choose from " + InputFormat.allCases.map(\.rawValue).joined(separator: ", "))
      }
    }
    do {
      return try TableReader.read(
        document.bytes, format: format,
        fileName: document.dataset == nil ? document.contentName : "\(document.name).csv")
    } catch {
      throw EvidenceError(
        .badData, error.message, file: document.name, line: error.line, column: error.column, hint: error.hint)
    }
  }
}
