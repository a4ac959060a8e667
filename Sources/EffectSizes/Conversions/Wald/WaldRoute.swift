/// A way from printed precision to the sampling variance of an estimate.
public struct WaldRoute: Sendable {
  /// What it starts from, in words.
  public let name: String
  /// What must be printed beside the estimate.
  public let words: [ReportedWord]
  /// The variance as a formula.
  public let formula: String
  /// What it takes for granted.
  public let assumption: String
  /// Where it is published.
  public let source: String
  /// The variance; not a positive finite number when the values say nothing.
  let variance: @Sendable (PrintedEstimate, _ critical: Double) -> Double

  /// Every route, the best first.
  public static let all: [WaldRoute] = [interval, upperLimit, lowerLimit, testStatistic, pValue]

  /// The estimate with its variance by the first route that the printed values allow.
  ///
  /// - Parameters:
  ///   - printed: the values, on the analysis scale.
  ///   - critical: normal quantile of the printed interval's level.
  /// - Throws: `.missing` without an estimate or without anything on its precision, `.notEstimable` when what is there
  ///   gives no standard error.
  public static func recover(
    _ printed: PrintedEstimate, critical: Double, routes: [WaldRoute] = all
  ) throws(ConversionProblem) -> (yi: Double, vi: Double, route: WaldRoute) {
    guard !printed.estimate.isNaN else { throw .missing([.estimate]) }
    var tried: [String] = []
    for route in routes {
      let variance = route.variance(printed, critical)
      if variance.isNaN { continue }
      if variance > 0, variance.isFinite { return (printed.estimate, variance, route) }
      tried.append(route.name)
    }
    guard !tried.isEmpty else {
      var words: [ReportedWord] = []
      for word in routes.flatMap(\.words) where !words.contains(word) { words.append(word) }
      throw .missing(words)
    }
    throw .notEstimable("the \(tried.joined(separator: " and the ")) gives no standard error")
  }
}
