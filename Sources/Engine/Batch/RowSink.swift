import TableIO

/// Takes the records of a piece of text: numbers in memory that grows, without a check of ownership for each.
struct RowSink: ~Copyable {
  private let roleCount: Int
  private let rowsPerRecord: Int
  /// A column of `capacity` numbers for each role, one behind another.
  private var numbers: UnsafeMutableBufferPointer<Double>
  private var capacity: Int
  /// Rows so far.
  private var count = 0
  private var rows: BatchRows

  /// Room for about so many rows.
  init(roleCount: Int, rowsPerRecord: Int, expected: Int) {
    self.roleCount = roleCount
    self.rowsPerRecord = rowsPerRecord
    capacity = max(expected, rowsPerRecord, 64)
    numbers = .allocate(capacity: capacity * roleCount)
    rows = BatchRows(roleCount: roleCount)
    rows.lines = RowLines(rowsPerLine: rowsPerRecord)
  }

  deinit { numbers.deallocate() }

  /// Begins the group that the next record belongs to; `addKey` appends its values.
  mutating func open(start: Int, _ addKey: (inout [UInt8]) -> Void) {
    endRun()
    let place = rows.keys.count
    addKey(&rows.keys)
    rows.runs.append(BatchRows.Run(key: place..<rows.keys.count, rows: count..<count, start: start))
  }

  /// The key of the last group; empty before the first.
  var lastKey: ArraySlice<UInt8> { rows.runs.last.map { rows.keys[$0.key] } ?? [] }

  /// Begins a record, for which there will be room.
  @inline(__always)
  mutating func begin(line: Int) {
    rows.lines.note(row: count, line: line)
    if count &+ rowsPerRecord > capacity { grow() }
  }

  /// Stores a number of the present record; `index` counts the roles of one row after another.
  @inline(__always)
  func store(_ value: Double, at index: Int) {
    if rowsPerRecord == 1 {
      numbers[index &* capacity &+ count] = value
    } else {
      let (row, role) = index.quotientAndRemainder(dividingBy: roleCount)
      numbers[role * capacity + count + row] = value
    }
  }

  /// Ends a record all of whose numbers are stored.
  @inline(__always)
  mutating func end() { count &+= rowsPerRecord }

  /// Blames a line for spoiling the present group.
  mutating func spoil(line: Int, _ message: String) {
    let run = rows.runs.count - 1
    if rows.faults[run] == nil { rows.faults[run] = BatchRows.Fault(line: line, message: message) }
  }

  private mutating func endRun() {
    let last = rows.runs.count - 1
    if last >= 0 { rows.runs[last].rows = rows.runs[last].rows.lowerBound..<count }
  }

  private mutating func grow() {
    let wider = max(2 * capacity, count + rowsPerRecord)
    let larger = UnsafeMutableBufferPointer<Double>.allocate(capacity: wider * roleCount)
    for role in 0..<roleCount {
      for row in 0..<count { larger[role * wider + row] = numbers[role * capacity + row] }
    }
    numbers.deallocate()
    (numbers, capacity) = (larger, wider)
  }

  /// The rows, when the piece is at its end or broken.
  mutating func finish(lineCount: Int, fatal: EvidenceError? = nil) -> BatchRows {
    endRun()
    for role in 0..<roleCount {
      rows.values[role] = Array(UnsafeBufferPointer(rebasing: numbers[role * capacity..<role * capacity + count]))
    }
    rows.lineCount = lineCount
    rows.fatal = fatal
    return rows
  }
}
