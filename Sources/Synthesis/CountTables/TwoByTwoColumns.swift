/// Two-by-two tables of many studies: a events and b non-events in group 1, c and d in group 2; `NaN` is missing.
public struct TwoByTwoColumns: CountColumns {
  /// Events and non-events in group 1 (experimental), then in group 2 (control).
  public var a, b, c, d: [Double]

  /// Columns of equal length.
  public init(a: [Double], b: [Double], c: [Double], d: [Double]) {
    precondition(a.count == b.count && a.count == c.count && a.count == d.count, "columns have one length")
    self.a = a
    self.b = b
    self.c = c
    self.d = d
  }

  /// Columns from events and group totals: b = n₁ − a, d = n₂ − c.
  public init(events1: [Double], total1: [Double], events2: [Double], total2: [Double]) {
    self.init(
      a: events1, b: zip(total1, events1).map { $0 - $1 }, c: events2, d: zip(total2, events2).map { $0 - $1 })
  }

  /// Number of rows.
  public var count: Int { a.count }

  /// Whether no value of a row is missing.
  public func isComplete(_ row: Int) -> Bool { !(a[row] + b[row] + c[row] + d[row]).isNaN }

  /// Whether a row has a count of zero.
  public func hasZero(_ row: Int) -> Bool { a[row] == 0 || b[row] == 0 || c[row] == 0 || d[row] == 0 }

  /// Throws `FitError.domain` for the first value that cannot be.
  public func validate() throws(FitError) {
    for row in 0..<count {
      try checkCount(a[row], "events in group 1")
      try checkCount(b[row], "non-events in group 1")
      try checkCount(c[row], "events in group 2")
      try checkCount(d[row], "non-events in group 2")
    }
  }

  /// Adds to all four cells.
  public func adding(_ amount: Double, where rows: [Bool]) -> TwoByTwoColumns {
    var corrected = self
    for row in 0..<count where rows[row] {
      corrected.a[row] += amount
      corrected.b[row] += amount
      corrected.c[row] += amount
      corrected.d[row] += amount
    }
    return corrected
  }

  /// Whether a table tells nothing of the odds ratio: no event in either group, or no non-event in either.
  public func isDoubleZero(_ row: Int) -> Bool {
    (a[row] == 0 && c[row] == 0) || (b[row] == 0 && d[row] == 0)
  }
}
