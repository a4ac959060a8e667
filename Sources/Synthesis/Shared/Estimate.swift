/// An interval with the level it was made for.
public struct Interval: Sendable, Equatable {
  /// Lower and upper end, on the scale of the estimate.
  public var lower, upper: Double
  /// Coverage the interval was made for, such as 0.95.
  public var level: Double

  /// An interval from its ends.
  public init(lower: Double, upper: Double, level: Double) {
    self.lower = lower
    self.upper = upper
    self.level = level
  }
}

/// One row of a result table: a coefficient with its test and interval, on the analysis scale.
public struct Estimate: Sendable {
  /// The estimate and its standard error.
  public var value, standardError: Double
  /// value / standardError (a z or a t), `nil` when the method has no test.
  public var statistic: Double?
  /// Degrees of freedom of the reference t, `nil` for the normal.
  public var degreesOfFreedom: Double?
  /// Two-sided p-value, `nil` when the method has no test.
  public var pValue: Double?
  /// Natural logarithm of the p-value, finite where the p-value underflows.
  public var logPValue: Double?
  /// Confidence interval.
  public var interval: Interval

  /// A row from its parts.
  public init(
    value: Double, standardError: Double, statistic: Double?, degreesOfFreedom: Double?, pValue: Double?,
    logPValue: Double?, interval: Interval
  ) {
    self.value = value
    self.standardError = standardError
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    self.pValue = pValue
    self.logPValue = logPValue
    self.interval = interval
  }
}
