import ReviewFiles

/// How far the rounding of a review's data can move a result, to first order: the sum over the cells of what half a unit
/// of the last digit does. Counts and sizes are exact.
struct ReviewRounding {
  private let rows: [ReviewRow]
  private let places: [(row: Int, cell: ReviewCell)]

  init(_ rows: [ReviewRow], _ data: ReviewAnalysis.DataKind) {
    self.rows = rows
    let measured: Set<ReviewCell> = [
      .mean1, .sd1, .mean2, .sd2, .estimate, .standardError, .observedMinusExpected, .variance,
    ]
    places = rows.indices.flatMap { row in
      ReviewCell.allCases.filter { measured.contains($0) && rows[row].cells[$0] != nil }.map { (row, $0) }
    }
  }

  /// Half of the width of a result's range.
  func spread(_ result: ([ReviewRow]) -> Double?) -> Double {
    guard let base = result(rows) else { return 0 }
    var sum = 0.0
    for place in places {
      guard let cell = rows[place.row].cells[place.cell] else { continue }
      let moved = [-1.0, 1].compactMap { side -> Double? in
        guard let number = StoredNumber("\(cell.value + side * cell.halfUnit)") else { return nil }
        var changed = rows
        changed[place.row].cells[place.cell] = number
        return result(changed)
      }
      sum += moved.reduce(0) { max($0, abs($1 - base)) }
    }
    return sum
  }
}
