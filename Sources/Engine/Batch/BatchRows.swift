/// Rows of a table in columns, cut into runs of rows with the same group.
struct BatchRows: Sendable {
  /// Consecutive rows of one group.
  struct Run: Sendable {
    /// Where the group's values are in `keys`, each with the separator behind it.
    var key: Range<Int>
    /// Rows of the run.
    var rows: Range<Int>
    /// Byte in the input where the first row begins.
    var start: Int
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
  /// Line of each row; those of a piece of text count from its first, which is 1.
  var lines = RowLines()
  /// The groups, one after another.
  var runs: [Run] = []
  /// The values of the groups.
  var keys: [UInt8] = []
  /// The first row of a run that cannot be read, by the place of the run.
  var faults: [Int: Fault] = [:]
  /// Number of lines that the piece has; 0 where lines count from the beginning of the input.
  var lineCount = 0
  /// Trouble that no group can be blamed for.
  var fatal: EvidenceError?

  init(roleCount: Int) { values = [[Double]](repeating: [], count: roleCount) }

  /// Number of rows.
  var count: Int { values.first?.count ?? 0 }

  /// The values of a run's group.
  func key(_ run: Run) -> ArraySlice<UInt8> { keys[run.key] }

  /// Adds a run of rows that are there; `key` has the group's values.
  mutating func open(key: some Collection<UInt8>, rows: Range<Int>, start: Int) {
    let place = keys.count
    keys.append(contentsOf: key)
    runs.append(Run(key: place..<keys.count, rows: rows, start: start))
  }

  /// The places of the runs that begin in a range of the input; all without one.
  func runs(in part: Range<Int>?) -> Range<Int> {
    guard let part else { return runs.indices }
    let first = runs.firstIndex { $0.start >= part.lowerBound } ?? runs.count
    let end = runs[first...].firstIndex { $0.start >= part.upperBound } ?? runs.count
    return first..<end
  }

  /// The columns of numbers as buffers.
  func withColumns<Result>(_ body: ([UnsafeBufferPointer<Double>]) -> Result) -> Result {
    func open(_ columns: [UnsafeBufferPointer<Double>]) -> Result {
      guard columns.count < values.count else { return body(columns) }
      return values[columns.count].withUnsafeBufferPointer { open(columns + [$0]) }
    }
    return open([])
  }
}
