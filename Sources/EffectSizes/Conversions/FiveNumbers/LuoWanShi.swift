extension MeanDeviationMethod {
  /// The optimal weights of Luo for the mean, of Wan and Shi for the standard deviation.
  ///
  /// With a, q₁, m, q₃, b the five numbers, ξ and η the expected ranges of a normal sample:
  /// range: mean w (a+b)/2 + (1−w) m, w = 4/(4 + n^0.75); SD (b−a)/ξ.
  /// quartiles: mean w (q₁+q₃)/2 + (1−w) m, w = 0.7 + 0.39/n; SD (q₃−q₁)/η.
  /// five: mean w₁ (a+b)/2 + w₂ (q₁+q₃)/2 + (1−w₁−w₂) m, w₁ = 2.2/(2.2 + n^0.75), w₂ = 0.7 − 0.72/n^0.55;
  /// SD w (b−a)/ξ + (1−w) (q₃−q₁)/η, w = 1/(1 + 0.07 n^0.6).
  /// Sources: Luo et al. (2018); Wan et al. (2014); Shi et al. (2020).
  static let luoWanShi = MeanDeviationMethod(
    word: "default", name: "Luo (mean), Wan and Shi (SD)", shapes: FiveNumberSummary.Shape.allCases,
    assumption: "the values are a sample of a normal distribution",
    formula: "range: w (a+b)/2 + (1-w) m, w = 4/(4+n^0.75); SD (b-a)/xi. quartiles: w (q1+q3)/2 + (1-w) m, "
      + "w = 0.7 + 0.39/n; SD (q3-q1)/eta. five: both, w1 = 2.2/(2.2+n^0.75), w2 = 0.7 - 0.72/n^0.55; "
      + "SD w (b-a)/xi + (1-w) (q3-q1)/eta, w = 1/(1 + 0.07 n^0.6)",
    source: "Luo, Wan, Liu and Tong (2018), Statistical Methods in Medical Research 27, 1785; Wan, Wang, Liu and Tong "
      + "(2014), BMC Medical Research Methodology 14, 135; Shi et al. (2020), Research Synthesis Methods 11, 641"
  ) { summary throws(ConversionProblem) in
    MeanAndDeviation(
      mean: weightedMean(summary), deviation: weightedDeviation(summary), meanMethod: "Luo 2018",
      deviationMethod: summary.shape == .five ? "Shi 2020" : "Wan 2014", skewness: Skewness(summary).finding)
  }

  /// Luo's mean.
  static func weightedMean(_ summary: FiveNumberSummary) -> Double {
    let n = summary.size
    let midrange = 0.5 * (summary.minimum + summary.maximum)
    let midquartile = 0.5 * (summary.firstQuartile + summary.thirdQuartile)
    switch summary.shape {
    case .range:
      let w = 4 / (4 + pow(n, 0.75))
      return w * midrange + (1 - w) * summary.median
    case .quartiles:
      let w = 0.7 + 0.39 / n
      return w * midquartile + (1 - w) * summary.median
    case .five:
      let w1 = 2.2 / (2.2 + pow(n, 0.75))
      let w2 = 0.7 - 0.72 / pow(n, 0.55)
      return w1 * midrange + w2 * midquartile + (1 - w1 - w2) * summary.median
    }
  }

  /// Wan's standard deviation, or Shi's for five numbers.
  static func weightedDeviation(_ summary: FiveNumberSummary) -> Double {
    let n = summary.size
    let byRange = (summary.maximum - summary.minimum) / OrderStatisticDivisors.range(n)
    let byQuartiles = (summary.thirdQuartile - summary.firstQuartile) / OrderStatisticDivisors.quartiles(n)
    switch summary.shape {
    case .range: return byRange
    case .quartiles: return byQuartiles
    case .five:
      let w = 1 / (1 + 0.07 * pow(n, 0.6))
      return w * byRange + (1 - w) * byQuartiles
    }
  }
}
