extension MeanDeviationMethod {
  /// Hozo's rules: mean (a + 2m + b)/4 for n ≤ 25, else the median; SD √(((a − 2m + b)²/4 + (b − a)²)/12) for n ≤ 15,
  /// (b − a)/4 for n ≤ 70, else (b − a)/6. Source: Hozo, Djulbegovic and Hozo (2005), its conclusions.
  static let hozo = MeanDeviationMethod(
    word: "hozo", name: "Hozo", shapes: [.range], assumption: "none on the distribution; rules of thumb by sample size",
    formula: "mean (a+2m+b)/4 for n <= 25, else m; SD sqrt(((a-2m+b)^2/4 + (b-a)^2)/12) for n <= 15, (b-a)/4 for "
      + "n <= 70, else (b-a)/6",
    source: "Hozo, Djulbegovic and Hozo (2005), BMC Medical Research Methodology 5, 13"
  ) { summary throws(ConversionProblem) in
    let (a, m, b, n) = (summary.minimum, summary.median, summary.maximum, summary.size)
    let mean = n <= 25 ? (a + 2 * m + b) / 4 : m
    let small = ((square(a - 2 * m + b) / 4 + square(b - a)) / 12).squareRoot()
    let deviation = n <= 15 ? small : (b - a) / (n <= 70 ? 4 : 6)
    return MeanAndDeviation(
      mean: mean, deviation: deviation, meanMethod: "Hozo 2005", deviationMethod: "Hozo 2005",
      skewness: Skewness(summary).finding)
  }
}
