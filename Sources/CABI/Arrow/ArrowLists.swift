import Engine

/// Where the lists of a column begin and end among the values of its child.
struct ArrowLists {
  /// One more than there are lists; ascending.
  let starts: [Int]
  /// The values of all lists.
  let child: ArrowColumn
  /// Places of values behind lists that are null, which are not to be seen.
  let blanks: [Range<Int>]

  /// The lists of a column, as many as the table has rows from `first` on.
  init(_ column: ArrowColumn, _ rows: Range<Int>) throws(EvidenceError) {
    guard let child = try column.children().first, rows.upperBound <= column.length else {
      throw EvidenceError(.usage, "Arrow: \(column.name) is no list with a value for each row")
    }
    switch column.type {
    case .list: starts = ArrowLists.starts(column, rows, Int32.self) { Int($0) }
    case .largeList: starts = ArrowLists.starts(column, rows, Int64.self) { Int($0) }
    case .fixedSizeList(let size):
      let (last, overflows) = column.position(rows.upperBound).multipliedReportingOverflow(by: size)
      guard !overflows, last <= child.length else {
        throw EvidenceError(.usage, "Arrow: \(column.name) has fewer values than its lists of \(size) need")
      }
      starts = (rows.lowerBound...rows.upperBound).map { column.position($0) * size }
    default: throw EvidenceError(.usage, "Arrow: \(column.name) is no list")
    }
    self.child = child
    var previous = 0
    for (row, start) in starts.enumerated() {
      guard start >= previous, start <= child.length else {
        throw EvidenceError(
          .usage,
          "Arrow: list \(row) of \(column.name) begins at \(start), but offsets must ascend within \(child.length) values"
        )
      }
      previous = start
    }
    guard !column.isComplete else {
      blanks = []
      return
    }
    let ends = zip(starts, starts.dropFirst())
    blanks = zip(rows, ends).filter { !column.isValid($0.0) && $0.1.0 < $0.1.1 }.map { $0.1.0..<$0.1.1 }
  }

  private static func starts<Offset: BitwiseCopyable>(
    _ column: ArrowColumn, _ rows: Range<Int>, _ type: Offset.Type, _ number: (Offset) -> Int
  ) -> [Int] {
    guard let offsets = column.values(of: type) else { return [Int](repeating: 0, count: rows.count + 1) }
    return (rows.lowerBound...rows.upperBound).map { number(offsets[$0]) }
  }

  /// The places of the values of all lists.
  var places: Range<Int> { (starts.first ?? 0)..<(starts.last ?? 0) }
}
