import EffectSizes

/// Usual names of the words of conversion, compared as `ColumnNames.normalized` leaves them.
enum ConversionNames {
  /// Names other than the word itself; roles take those of their measures.
  static func synonyms(of word: ReportedWord, forms: [[Role]]) -> [String] {
    if let names = printed[word] { return names }
    guard let role = word.role else { return [] }
    return ColumnNames.synonyms(of: role, in: forms.first { $0.contains(role) } ?? [])
  }

  private static let printed: [ReportedWord: [String]] = [
    .estimate: ["est", "effect", "es", "coef", "coefficient", "beta", "value", "or", "rr", "hr", "irr"],
    .lower: ["lower", "lcl", "lci", "ll", "lb", "cilow", "cilb", "lowerci", "cilo", "low"],
    .upper: ["upper", "ucl", "uci", "ul", "ub", "cihigh", "ciub", "upperci", "cihi", "high"],
    .zStatistic: ["z", "zval", "zvalue", "zstat"],
    .firstError: ["se1", "semean1"],
    .secondError: ["se2", "semean2"],
    .oddsRatio: ["oddsratio"],
    .riskRatio: ["riskratio", "relativerisk"],
    .hazardRatio: ["hazardratio"],
    .rateRatio: ["rateratio", "incidencerateratio"],
    .observedLessExpected: ["oe", "ominuse"],
    .logRankVariance: ["voe", "logrankv"],
    .givenOddsRatio: ["or", "oddsratio"],
    .chiSquared: ["x2", "chisq", "chi2", "chisquared"],
    .minimum: ["min", "minimum"],
    .firstQuartile: ["q1", "p25", "firstquartile"],
    .median: ["median", "med"],
    .thirdQuartile: ["q3", "p75", "thirdquartile"],
    .maximum: ["max", "maximum"],
  ]
}
