/// Events over person-time in two groups of many studies; `NaN` is missing.
public struct PersonTimeColumns: CountColumns {
  /// Events and person-time in group 1 (experimental), then in group 2 (control).
  public var events1, time1, events2, time2: [Double]

  /// Columns of equal length.
  public init(events1: [Double], time1: [Double], events2: [Double], time2: [Double]) {
    precondition(
      events1.count == time1.count && events1.count == events2.count && events1.count == time2.count,
      "columns have one length")
    self.events1 = events1
    self.time1 = time1
    self.events2 = events2
    self.time2 = time2
  }

  /// Number of rows.
  public var count: Int { events1.count }

  /// Whether no value of a row is missing.
  public func isComplete(_ row: Int) -> Bool { !(events1[row] + time1[row] + events2[row] + time2[row]).isNaN }

  /// Whether a row has a count of zero.
  public func hasZero(_ row: Int) -> Bool { events1[row] == 0 || events2[row] == 0 }

  /// Throws `FitError.domain` for the first value that cannot be.
  public func validate() throws(FitError) {
    for row in 0..<count {
      try checkCount(events1[row], "events in group 1")
      try checkTime(time1[row], "person-time in group 1")
      try checkCount(events2[row], "events in group 2")
      try checkTime(time2[row], "person-time in group 2")
    }
  }

  /// Adds to the events; the person-times stay.
  public func adding(_ amount: Double, where rows: [Bool]) -> PersonTimeColumns {
    var corrected = self
    for row in 0..<count where rows[row] {
      corrected.events1[row] += amount
      corrected.events2[row] += amount
    }
    return corrected
  }
}
