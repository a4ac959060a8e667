import EffectSizes
import NumericCore
import TableIO

/// The measured cells of the studies in an analysis, each with the numbers that print as it does.
///
/// A cell is read as printed: 2.3 stands for [2.25, 2.35), 22 for [21.5, 22.5). Counts and group sizes are exact. Where a
/// program has taken zeros off the end of a number, this is wider than the truth, never narrower.
struct RoundedCells {
  /// A cell that was rounded.
  struct Cell {
    /// Place in the table.
    let row, column: Int
    let role: Role
    let lower, upper: Double

    var middle: Double { lower + 0.5 * (upper - lower) }
    func value(at share: Double) -> Double { lower + share * (upper - lower) }
  }

  /// The cells, row by row.
  let cells: [Cell]
  /// Number of cells that are exact.
  let exactCount: Int
  private let source: StudyTable

  init(_ studies: StudySet) {
    source = studies.source
    let roles = studies.binding.columns.sorted { $0.key.rawValue < $1.key.rawValue }
    let skipsError = studies.binding.columns[.vi] != nil
    var cells = [Cell]()
    var exact = 0
    for row in studies.tableRows {
      for (role, column) in roles {
        guard !source.table.isMissing(row: row, column: column) else { continue }
        if role == .sei, skipsError { continue }
        let cell =
          RoundedCells.isMeasured(role, studies.measure)
          ? RoundedCells.cell(source.table.text(row: row, column: column), row, column, role) : nil
        if let cell { cells.append(cell) } else { exact += 1 }
      }
    }
    self.cells = cells
    exactCount = exact
  }

  /// The set of numbers that print as a text, cut to what a role can hold; `nil` for a text that is no printed number.
  private static func cell(_ text: String, _ row: Int, _ column: Int, _ role: Role) -> Cell? {
    guard let printed = PrintedNumber(text) else { return nil }
    let reals = printed.reals(.halfUp)
    var (lower, upper) = (reals.lower, reals.upper)
    switch role {
    case .sd1i, .sd2i, .sdi, .vi, .sei, .t1i, .t2i: lower = max(lower, 1e-3 * upper)
    case .ri: (lower, upper) = (max(lower, -0.999_999), min(upper, 0.999_999))
    case .pi: (lower, upper) = lower >= 0 ? (max(lower, 1e-3 * upper), min(upper, 1)) : (lower, upper)
    default: break
    }
    return upper > lower && lower.isFinite && upper.isFinite
      ? Cell(row: row, column: column, role: role, lower: lower, upper: upper) : nil
  }

  private static func isMeasured(_ role: Role, _ measure: Measure) -> Bool {
    switch role {
    case .m1i, .m2i, .sd1i, .sd2i, .sdi, .t1i, .t2i, .pi, .fi, .ri, .r2i, .yi, .vi, .sei: true
    case .ti: true
    case .di: ![.twoByTwo, .pairedTable].contains(measure.family)
    case .mi: measure.family == .mean
    default: false
    }
  }

  /// The table with other numbers in the rounded cells.
  func table(_ values: [Double]) -> StudyTable {
    var texts: [Int: String] = [:]
    let width = source.table.columnNames.count
    for (cell, value) in zip(cells, values) { texts[cell.row * width + cell.column] = "\(value)" }
    let rows = (0..<source.table.rowCount).map { row in
      (0..<width).map { column in texts[row * width + column] ?? source.table.text(row: row, column: column) }
    }
    return source.replacing(
      table: Table(
        columnNames: source.table.columnNames, rows: rows,
        lines: (0..<source.table.rowCount).map { source.table.line(ofRow: $0) }, format: source.table.dialect.format))
  }

  /// Points of the box that the cells span: corners and points inside, drawn with a seed.
  func points(count: Int, seed: UInt64) -> [[Double]] {
    (0..<count).map { draw in
      var random = Philox(seed: seed, stream: UInt64(draw))
      let isCorner = draw.isMultiple(of: 2)
      return cells.map { cell in
        let share = random.uniform()
        return cell.value(at: isCorner ? (share < 0.5 ? 0 : 1) : share)
      }
    }
  }
}
