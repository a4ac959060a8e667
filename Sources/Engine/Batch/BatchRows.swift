/// Rows of a long table in columns, cut into runs of rows with the same group.
struct BatchRows: Sendable {
  /// Consecutive rows of one group.
  struct Run: Sendable {
    /// The group's values, joined by a byte that stands in no text.
    var key: [UInt8]
    /// Rows of the run.
    var rows: Range<Int>
    /// Byte in the input where the first row begins.
    var start: Int
    /// The first row that cannot be read: its line and what is wrong.
    var fault: Fault?
  }

  /// A row that spoils its group.
  struct Fault: Sendable {
    var line: Int
    var message: String
  }

  /// Separates the values of a key; no text has it.
  static let separator: UInt8 = 0xFF

  /// A column of numbers for each role; `NaN` is missing.
  var values: [[Double]]
  /// What `lines` counts.
  var unit = "line"
  /// Line of each row.
  var lines: [Int32] = []
  var runs: [Run] = []
  /// Where the first record begins that the bytes cut, `nil` when they end with a record.
  var incompleteStart: Int?
  /// What is added to line numbers: a piece counts from its own first line until those before it are counted.
  var lineBase = 0
  /// Number of lines that the piece has.
  var lineCount = 0
  /// Trouble that no group can be blamed for.
  var fatal: EvidenceError?

  init(roleCount: Int) { values = [[Double]](repeating: [], count: roleCount) }

  /// Number of rows.
  var count: Int { lines.count }

  /// The columns of numbers as buffers.
  func withColumns<Result>(_ body: ([UnsafeBufferPointer<Double>]) -> Result) -> Result {
    func open(_ columns: [UnsafeBufferPointer<Double>]) -> Result {
      guard columns.count < values.count else { return body(columns) }
      return values[columns.count].withUnsafeBufferPointer { open(columns + [$0]) }
    }
    return open([])
  }

  /// The line in the input on which a row begins.
  func line(_ row: Int) -> Int { Int(lines[row]) + lineBase }

  /// Moves the rows with which the piece that follows goes on with the last group to the end of this one; true if that
  /// is all that the piece has.
  mutating func takeBeginning(of other: inout BatchRows) -> Bool {
    guard let last = runs.last, let first = other.runs.first, last.key == first.key else { return other.runs.isEmpty }
    // The rows of the last run end the columns, so that those that follow come right behind.
    for role in values.indices { values[role] += other.values[role][first.rows] }
    lines += other.lines[first.rows].map { Int32(truncatingIfNeeded: Int($0) + other.lineBase - lineBase) }
    runs[runs.count - 1].rows = last.rows.lowerBound..<(last.rows.upperBound + first.rows.count)
    if last.fault == nil, var fault = first.fault {
      fault.line += other.lineBase - lineBase
      runs[runs.count - 1].fault = fault
    }
    other.runs.removeFirst()
    return other.runs.isEmpty
  }

  /// Adds the rows of the piece that follows, joining a run that goes on.
  mutating func append(_ other: BatchRows) {
    let base = count
    for role in values.indices { values[role] += other.values[role] }
    lines += other.lines.map { Int32(truncatingIfNeeded: Int($0) + other.lineBase - lineBase) }
    for (index, run) in other.runs.enumerated() {
      var moved = run
      moved.fault?.line += other.lineBase - lineBase
      moved.rows = (run.rows.lowerBound + base)..<(run.rows.upperBound + base)
      if index == 0, let last = runs.last, last.key == run.key {
        runs[runs.count - 1].rows = last.rows.lowerBound..<moved.rows.upperBound
        runs[runs.count - 1].fault = last.fault ?? moved.fault
      } else {
        runs.append(moved)
      }
    }
    incompleteStart = other.incompleteStart
    fatal = fatal ?? other.fatal
  }
}
