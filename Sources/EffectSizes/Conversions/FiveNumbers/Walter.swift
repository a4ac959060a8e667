private import NumericCore

extension MeanDeviationMethod {
  /// Walter and Yao: the median, and the range over its expected width in a normal sample,
  /// W(n) = ∫ 1 − Φ(x)ⁿ − (1 − Φ(x))ⁿ dx, integrated to full precision.
  /// Source: Walter and Yao (2007), Journal of Clinical Epidemiology 60, 849; Tippett (1925), Biometrika 17, 364.
  static let walter = MeanDeviationMethod(
    word: "walter", name: "Walter and Yao", shapes: [.range],
    assumption: "the values are a sample of a normal distribution",
    formula: "mean m; SD (b-a)/W, W the integral of 1 - Phi(x)^n - (1-Phi(x))^n",
    source: "Walter and Yao (2007), Journal of Clinical Epidemiology 60, 849"
  ) { summary throws(ConversionProblem) in
    guard let width = expectedRange(summary.size) else {
      throw .notEstimable("the expected range of so large a sample could not be integrated")
    }
    return MeanAndDeviation(
      mean: summary.median, deviation: (summary.maximum - summary.minimum) / width, meanMethod: "median",
      deviationMethod: "Walter 2007", skewness: Skewness(summary).finding)
  }

  /// W(n), twice the integral over x > 0; beyond 20 the integrand is below n·10⁻⁸⁸.
  static func expectedRange(_ n: Double) -> Double? {
    let half = try? GaussKronrod.integrate(from: 0, to: 20) { x in
      let upper = Normal.upperTail(x)
      return -expm1(n * log1p(-upper)) - exp(n * Normal.logUpperTail(x))
    }
    guard let half, half.converged else { return nil }
    return 2 * half.value
  }
}
