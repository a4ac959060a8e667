/// Studies that a specification leaves out, as rows of the table, so that it means the same whatever the measure.
public struct StudySubset: Sendable, Equatable {
  /// What is left out, in words; `none` for nothing.
  public let name: String
  /// Rows of the table (from 0) that are left out.
  public let rows: Set<Int>

  /// Rows left out, under a name.
  public init(name: String, rows: Set<Int>) {
    self.name = name
    self.rows = rows
  }

  /// Nothing left out.
  public static let all = StudySubset(name: "none", rows: [])
}

extension StudySubset {
  /// Each study left out in turn.
  static func eachStudy(of studies: StudySet) -> [StudySubset] {
    (0..<studies.count).map { StudySubset(name: studies.labels[$0], rows: [studies.tableRows[$0]]) }
  }

  /// Each level of a column left out in turn, in the order of their first rows; cells without a value belong to none.
  /// - Throws: 65 for a column that the file does not have, 64 for one with more levels than can be meant.
  static func eachLevel(of name: String, in studies: StudySet) throws(EvidenceError) -> [StudySubset] {
    let column = try studies.column(name, option: "--exclude-by")
    var levels = [(text: String, rows: Set<Int>)]()
    let missing = studies.isMissing(inColumn: column)
    for (i, text) in studies.texts(inColumn: column).enumerated() where !missing[i] {
      let row = studies.tableRows[i]
      if let place = levels.firstIndex(where: { $0.text == text }) {
        levels[place].rows.insert(row)
      } else {
        levels.append((text, [row]))
      }
    }
    guard levels.count <= mostLevels else {
      throw EvidenceError(
        .usage, "--exclude-by \(name): the column has \(levels.count) different values, more than \(mostLevels)",
        hint: "name the rows to leave out with --exclude '\(name) < …'")
    }
    return levels.map { StudySubset(name: "\(name) = \($0.text)", rows: $0.rows) }
  }

  /// The rows that meet a condition, as `--where` takes it.
  /// - Throws: 64 for a condition that makes no sense, 65 for a column that the file does not have.
  static func matching(_ condition: String, in studies: StudySet) throws(EvidenceError) -> StudySubset {
    let rows = try studies.source.rows(matching: condition, option: "--exclude")
    return StudySubset(name: condition, rows: Set(rows).intersection(studies.tableRows))
  }

  private static let mostLevels = 20
}
