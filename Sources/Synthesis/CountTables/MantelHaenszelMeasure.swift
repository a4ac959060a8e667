/// A measure that can be pooled by Mantel–Haenszel: its code and its pooled estimate with variance and weights.
public struct MantelHaenszelMeasure<Columns: CountColumns>: Sendable {
  /// Code of the measure: OR, RR, RD, IRR, IRD.
  public let code: String
  /// Whose variance is used, for the report.
  public let varianceName: String
  /// Pooled estimate of the rows that are complete.
  let pool: @Sendable (Columns, [Bool]) throws(FitError) -> PooledCounts

  init(
    code: String, varianceName: String,
    pool: @escaping @Sendable (Columns, [Bool]) throws(FitError) -> PooledCounts
  ) {
    self.code = code
    self.varianceName = varianceName
    self.pool = pool
  }
}

/// A pooled estimate on the analysis scale with its sampling variance, and the studies' unscaled weights.
struct PooledCounts {
  var value, variance: Double
  var weights: [Double]
}

extension MantelHaenszelMeasure where Columns == TwoByTwoColumns {
  /// The measures of two-by-two tables; the first of a code is its default.
  public static var all: [MantelHaenszelMeasure] {
    [.oddsRatio, .riskRatio, .riskDifference, .riskDifferenceGreenlandRobins]
  }
}

extension MantelHaenszelMeasure where Columns == PersonTimeColumns {
  /// The measures of person-time data.
  public static var all: [MantelHaenszelMeasure] { [.incidenceRateRatio, .incidenceRateDifference] }
}

/// Throws when an estimate does not exist because a sum that it is divided by, or whose log is taken, is zero.
func needPositive(_ sum: Double, _ what: String) throws(FitError) {
  if sum > 0 { return }
  throw .notEstimable(
    what: what,
    hint: "the tables hold too few events; try the Peto method, a penalised logistic regression (LRP), "
      + "or a correction of the pooled cells")
}
