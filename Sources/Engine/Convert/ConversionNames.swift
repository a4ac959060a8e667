import EffectSizes

/// Usual names of the words of conversion, compared as `ColumnNames.normalized` leaves them.
enum ConversionNames {
  /// Names other than the word itself; roles take those of their measures.
  static func synonyms(of word: ReportedWord, forms: [[Role]]) -> [String] {
    if let names = printed[word] ?? group[word] { return names }
    guard let role = word.role else { return [] }
    return ColumnNames.synonyms(of: role, in: forms.first { $0.contains(role) } ?? [])
  }

  /// Names of one group's values end with its number, as `se1` and `median2`.
  private static let group: [ReportedWord: [String]] = {
    var names: [ReportedWord: [String]] = [:]
    for group in [ReportedWord.Group.first, .second] {
      let n = group.number
      names[group.error] = ["se\(n)", "semean\(n)"]
      names[group.lower] = ["lower\(n)", "lcl\(n)", "cilow\(n)"]
      names[group.upper] = ["upper\(n)", "ucl\(n)", "cihigh\(n)"]
      names[group.minimum] = ["min\(n)", "minimum\(n)"]
      names[group.firstQuartile] = ["p25\(n)", "firstquartile\(n)"]
      names[group.median] = ["med\(n)", "median\(n)"]
      names[group.thirdQuartile] = ["p75\(n)", "thirdquartile\(n)"]
      names[group.maximum] = ["max\(n)", "maximum\(n)"]
    }
    return names
  }()

  private static let printed: [ReportedWord: [String]] = [
    .estimate: ["est", "effect", "es", "coef", "coefficient", "beta", "value", "or", "rr", "hr", "irr"],
    .lower: ["lower", "lcl", "lci", "ll", "lb", "cilow", "cilb", "lowerci", "cilo", "low"],
    .upper: ["upper", "ucl", "uci", "ul", "ub", "cihigh", "ciub", "upperci", "cihi", "high"],
    .zStatistic: ["z", "zval", "zvalue", "zstat"],
    .meanDifference: ["meandifference", "meandiff"],
    .standardizedDifference: ["hedgesg", "stdmeandifference"],
    .riskDifference: ["riskdifference"],
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
