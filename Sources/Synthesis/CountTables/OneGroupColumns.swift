/// Events out of a number of persons in one group of many studies; `NaN` is missing.
public struct ProportionColumns: Sendable {
  /// Events and the number of persons.
  public var events, total: [Double]

  /// Columns of equal length.
  public init(events: [Double], total: [Double]) {
    precondition(events.count == total.count, "columns have one length")
    self.events = events
    self.total = total
  }

  /// Throws `FitError.domain` for the first value that cannot be.
  func validate() throws(FitError) {
    for row in events.indices {
      try checkCount(events[row], "events")
      if total[row] <= 0 || total[row].isInfinite {
        throw .domain(what: "group size", value: total[row], expected: "a size above zero")
      }
      if events[row] > total[row] {
        throw .domain(what: "events", value: events[row], expected: "at most the group size, \(total[row])")
      }
    }
  }
}

/// Events over person-time in one group of many studies; `NaN` is missing.
public struct RateColumns: Sendable {
  /// Events and person-time.
  public var events, time: [Double]

  /// Columns of equal length.
  public init(events: [Double], time: [Double]) {
    precondition(events.count == time.count, "columns have one length")
    self.events = events
    self.time = time
  }

  /// Throws `FitError.domain` for the first value that cannot be.
  func validate() throws(FitError) {
    for row in events.indices {
      try checkCount(events[row], "events")
      try checkTime(time[row], "person-time")
    }
  }
}
