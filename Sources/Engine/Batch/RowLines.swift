/// The line of each row, kept only where it does not follow from the row before.
struct RowLines: Sendable {
  /// Rows that a line has.
  private let rowsPerLine: Int
  /// Rows whose line is not the next one, in order.
  private var jumps: [(row: Int, line: Int)] = []
  private var next = Int.min

  /// No row yet.
  init(rowsPerLine: Int = 1) { self.rowsPerLine = max(rowsPerLine, 1) }

  /// Says on which line the rows from a place on stand, which come behind all before.
  @inline(__always)
  mutating func note(row: Int, line: Int) {
    if line != next { jumps.append((row, line)) }
    next = line &+ 1
  }

  /// The line of a row; 0 when nothing is known of it.
  func line(of row: Int) -> Int {
    var (low, high) = (0, jumps.count)
    while low < high {
      let middle = (low + high) / 2
      if jumps[middle].row <= row { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    let jump = jumps[low - 1]
    return jump.line + (row - jump.row) / rowsPerLine
  }
}
