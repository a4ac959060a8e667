extension MeanDeviationMethod {
  /// Bland's extension of Hozo's inequalities to five numbers, for large samples.
  ///
  /// Mean (a + 2q₁ + 2m + 2q₃ + b)/8; variance (a² + 2q₁² + 2m² + 2q₃² + b²)/16 + (a q₁ + q₁ m + m q₃ + q₃ b)/8 − mean².
  /// The values are taken about the median first, which changes nothing but the cancellation.
  /// Source: Bland (2015), International Journal of Statistics in Medical Research 4, 57.
  static let bland = MeanDeviationMethod(
    word: "bland", name: "Bland", shapes: [.five], assumption: "none on the distribution; a large sample",
    formula: "mean (a+2q1+2m+2q3+b)/8; SD^2 = (a^2+2q1^2+2m^2+2q3^2+b^2)/16 + (a q1+q1 m+m q3+q3 b)/8 - mean^2",
    source: "Bland (2015), International Journal of Statistics in Medical Research 4, 57"
  ) { summary throws(ConversionProblem) in
    let m = summary.median
    let a = summary.minimum - m
    let q1 = summary.firstQuartile - m
    let q3 = summary.thirdQuartile - m
    let b = summary.maximum - m
    let mean = (a + 2 * q1 + 2 * q3 + b) / 8
    let variance = (a * a + 2 * q1 * q1 + 2 * q3 * q3 + b * b) / 16 + (a * q1 + q3 * b) / 8 - mean * mean
    return MeanAndDeviation(
      mean: m + mean, deviation: variance < 0 ? 0 : variance.squareRoot(), meanMethod: "Bland 2015",
      deviationMethod: "Bland 2015", skewness: Skewness(summary).finding)
  }
}
