/// The test of Shi for skewness: the distance of the median from the middle of the range or of the quartiles.
///
/// range: |a + b − 2m|/(b − a) > 1.01/ln(n + 9) + 2.43/(n + 1); quartiles: |q₁ + q₃ − 2m|/(q₃ − q₁) > 2.65/√n − 6/n²;
/// five: the larger of 2.65 ln(0.6 n)/√n times the first and of the second > 3/√n − 40/n³. Level 5 %.
/// Source: Shi et al. (2023), Statistical Methods in Medical Research 32, 1338.
struct Skewness {
  /// The statistic and its critical value.
  let statistic, critical: Double

  init(_ summary: FiveNumberSummary) {
    let n = summary.size
    let range = Skewness.lopsidedness(summary.minimum, summary.median, summary.maximum)
    let quartiles = Skewness.lopsidedness(summary.firstQuartile, summary.median, summary.thirdQuartile)
    switch summary.shape {
    case .range:
      statistic = range
      critical = 1.01 / log(n + 9) + 2.43 / (n + 1)
    case .quartiles:
      statistic = quartiles
      critical = 2.65 / n.squareRoot() - 6 / (n * n)
    case .five:
      statistic = max(2.65 * log(0.6 * n) / n.squareRoot() * range, quartiles)
      critical = 3 / n.squareRoot() - 40 / (n * n * n)
    }
  }

  /// What the test says when it rejects symmetry.
  var finding: String? { statistic > critical ? "the numbers fail the test for skewness" : nil }

  private static func lopsidedness(_ low: Double, _ middle: Double, _ high: Double) -> Double {
    high > low ? abs(low + high - 2 * middle) / (high - low) : 0
  }
}
