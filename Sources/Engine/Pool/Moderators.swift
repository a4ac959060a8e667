import Synthesis
import TableIO

/// From a formula and a table to a design: the columns that the formula names, and the rows that have them all.
enum Moderators {
  /// The design of a formula for a set of studies, which loses the studies that lack a moderator.
  /// - Throws: 64 for a formula that cannot be read, 65 for a column that is absent.
  static func design(_ text: String, _ studies: inout StudySet, option: String) throws(EvidenceError) -> Design {
    let formula: Formula
    do { formula = try Formula(text) } catch {
      throw EvidenceError(
        .usage, "\(option) cannot be read: \(error.description)", hint: "write for example \(option) '~ year + alloc'")
    }
    let design = try make(formula, studies, option)
    guard !design.missing.isEmpty else { return design }
    let reasons = design.missing.map { ($0.row, "missing " + $0.columns.joined(separator: ", ")) }
    studies.exclude(Dictionary(uniqueKeysWithValues: reasons))
    return try make(formula, studies, option)
  }

  private static func make(_ formula: Formula, _ studies: StudySet, _ option: String) throws(EvidenceError) -> Design {
    var columns = DesignColumns(count: studies.count)
    for name in formula.columnNames {
      let index = try studies.column(name, option: option)
      columns[name] = studies.moderator(index)
    }
    do { return try Design(formula, columns: columns) } catch { throw EvidenceError(error, option: option) }
  }
}

extension StudySet {
  /// A column of the table as a moderator: numbers when every value is one, else text.
  func moderator(_ column: Int) -> ModeratorColumn {
    var numbers = [Double]()
    numbers.reserveCapacity(count)
    for row in tableRows {
      switch source.table.number(row: row, column: column) {
      case .value(let value): numbers.append(value)
      case .missing: numbers.append(.nan)
      case .notANumber:
        let missing = isMissing(inColumn: column)
        return .text(zip(texts(inColumn: column), missing).map { $1 ? nil : $0 })
      }
    }
    return .numbers(numbers)
  }
}

extension EvidenceError {
  /// A design's error as the command line says it.
  init(_ error: DesignError, option: String) {
    switch error {
    case .noRows: self.init(.notEstimable, "no study has all the moderators of \(option)")
    case .notNumeric, .notText, .notFinite, .unknownColumn:
      self.init(.badData, "\(option): \(error.description)")
    default: self.init(.notEstimable, "\(option): \(error.description)")
    }
  }
}
