extension MeanDeviationMethod {
  /// Mean and standard deviation of a log-normal sample, corrected for bias.
  ///
  /// On the logarithms: μ by Luo, s by Wan or Shi; σ² = s²/c₁ and σ⁴ = s⁴/c₂. Then
  /// mean = exp(μ + σ²/2)/(1 + p σ²/n + q σ⁴/n), and
  /// variance = exp(2μ + 2σ²)/(1 + 4p σ²/n + 16q σ⁴/n) − exp(2μ + σ²)/(1 + 4p σ²/n + 4q σ⁴/n).
  /// Source: Shi, Tong, Wang and Genton (2020), Statistics and Its Interface 13, 519.
  static let logNormal = MeanDeviationMethod(
    word: "lognormal", name: "Shi, log-normal", shapes: FiveNumberSummary.Shape.allCases,
    assumption: "the values are a sample of a log-normal distribution",
    formula:
      "mu, s of the logarithms as default; mean exp(mu+s2/2)/(1 + p s2/n + q s4/n); SD^2 exp(2mu+2s2)/(1 + 4p s2/n "
      + "+ 16q s4/n) - exp(2mu+s2)/(1 + 4p s2/n + 4q s4/n); s2 = s^2/c1, s4 = s^4/c2",
    source: "Shi, Tong, Wang and Genton (2020), Statistics and Its Interface 13, 519"
  ) { summary throws(ConversionProblem) in
    try summary.requirePositive("a value above 0, as a log-normal variable has")
    let logs = summary.mapped { log($0) }
    let constants = LogNormalConstants(summary.shape, summary.size)
    let deviation = weightedDeviation(logs)
    let variance = square(deviation) / constants.square
    let first = constants.first * variance / summary.size
    let second = constants.second * square(square(deviation)) / constants.fourth / summary.size
    let mu = weightedMean(logs)
    let spread =
      exp(variance) / (1 + 4 * first + 16 * second) - 1 / (1 + 4 * first + 4 * second)
    return MeanAndDeviation(
      mean: exp(mu + 0.5 * variance) / (1 + first + second),
      deviation: exp(mu + 0.5 * variance) * (spread < 0 ? 0 : spread.squareRoot()), meanMethod: "Shi 2020, log-normal",
      deviationMethod: "Shi 2020, log-normal", skewness: Skewness(logs).finding.map { $0 + " of the logarithms" })
  }
}

/// The fitted constants of a shape: p and q of the bias, c₁ and c₂ of the squared and fourth power of s.
private struct LogNormalConstants {
  let first, second, square, fourth: Double

  init(_ shape: FiveNumberSummary.Shape, _ n: Double) {
    let logN = log(n)
    switch shape {
    case .range:
      (first, second) = (0.565, 0.37)
      square = 1.01 + 0.25 / (logN * logN)
      fourth = 1 + 2.23 / (logN * logN)
    case .quartiles:
      (first, second) = (0.57, 0.75)
      square = 1 + 1.58 / n
      fourth = 1 + 19.2 / pow(n, 1.2)
    case .five:
      (first, second) = (0.405, 0.315)
      square = 1 + 0.28 / (logN * logN)
      fourth = 1 + 3.93 / n
    }
  }
}
