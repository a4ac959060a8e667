/// Margins of a 2×2 table: the total, the size of row 1 (group 1) and the total of column 1 (events).
public struct TableMargins: Sendable {
  /// n = a + b + c + d.
  public let total: Double
  /// a + b.
  public let row: Double
  /// a + c.
  public let column: Double

  /// The margins of a row: `ni`, `n1i`, `n2i`.
  /// - Throws: what is missing, or a margin that cannot be.
  public init(_ columns: ReportedColumns, _ index: Int) throws(ConversionProblem) {
    let words = [Role.ni, .n1i, .n2i].map { ReportedWord($0) }
    total = columns.value(words[0], index)
    row = columns.value(words[1], index)
    column = columns.value(words[2], index)
    for (word, value) in zip(words, [total, row, column]) where value < 0 || value > total {
      throw .impossible(word, value: value, expected: "a margin from 0 to the total, \(plain(total))")
    }
    let lacking = columns.lacking(words, index)
    guard lacking.isEmpty else { throw .missing(lacking) }
    guard total > 0 else { throw .impossible(words[0], value: total, expected: "a total above 0") }
  }

  /// Product of the four margins.
  var product: Double { row * (total - row) * column * (total - column) }

  /// The table with `cell` rounded to whole numbers in its first cell, the others by subtraction.
  func table(first cell: Double) -> RecoveredTable {
    let a = cell.rounded(.toNearestOrEven) + 0
    return RecoveredTable(ai: a, bi: row - a, ci: column - a, di: total - row - column + a)
  }
}

/// A 2×2 table of whole numbers.
public struct RecoveredTable: Sendable, Equatable {
  /// The cells, row by row.
  public let ai, bi, ci, di: Double

  var smallest: Double { min(ai, bi, ci, di) }
}
