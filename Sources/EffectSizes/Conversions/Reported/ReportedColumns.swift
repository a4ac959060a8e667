/// What papers print, by word: columns of one length, `NaN` where a paper is silent.
public struct ReportedColumns: Sendable {
  /// Number of rows.
  public let count: Int
  private var columns: [ReportedWord: [Double]] = [:]

  /// No columns yet, for `count` rows.
  public init(count: Int) { self.count = count }

  /// The column of a word, `nil` when the table has none.
  public subscript(word: ReportedWord) -> [Double]? {
    get { columns[word] }
    set {
      precondition(newValue == nil || newValue?.count == count, "a column has as many rows as the table")
      columns[word] = newValue
    }
  }

  /// The value of a word in a row, `NaN` when it is missing.
  public func value(_ word: ReportedWord, _ row: Int) -> Double { columns[word].map { $0[row] } ?? .nan }

  /// Whether the row has a value for every word.
  public func fills(_ words: [ReportedWord], _ row: Int) -> Bool { words.allSatisfy { !value($0, row).isNaN } }

  /// The rows of a list that have a value for every word.
  public func rows(_ rows: [Int], filling words: [ReportedWord]) -> [Int] {
    let needed = words.map { columns[$0] }
    return rows.filter { row in needed.allSatisfy { column in column.map { !$0[row].isNaN } ?? false } }
  }

  /// The words of a list for which the row has no value.
  public func lacking(_ words: [ReportedWord], _ row: Int) -> [ReportedWord] { words.filter { value($0, row).isNaN } }

  /// Some rows of some roles, as columns of study data.
  func studies(_ roles: [Role], _ rows: [Int]) -> StudyColumns {
    var result = StudyColumns(count: rows.count)
    for role in roles {
      if let column = columns[ReportedWord(role)] { result[role] = rows.map { column[$0] } }
    }
    return result
  }
}
