/// An estimate as printed, with what the paper says of its precision; `NaN` where it is silent.
public struct PrintedEstimate: Sendable {
  /// The estimate, its limits, z and two-sided p. Estimate and limits are on the analysis scale: logs of ratios.
  public let estimate, lower, upper, z, p: Double

  /// The row's estimate, under the word given; `scale` `.log` takes logs of the estimate and of the limits.
  public init(_ columns: ReportedColumns, _ row: Int, estimate word: ReportedWord = .estimate, scale: Scale) {
    let analysed = { (value: Double) in scale == .log ? log(value) : value }
    estimate = analysed(columns.value(word, row))
    lower = analysed(columns.value(.lower, row))
    upper = analysed(columns.value(.upper, row))
    z = columns.value(.zStatistic, row)
    p = abs(columns.value(.pValue, row))
  }

  /// Middle of the interval, `NaN` without one.
  public var middle: Double { 0.5 * (lower + upper) }
}
