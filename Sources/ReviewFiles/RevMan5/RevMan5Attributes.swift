/// What the attributes of RevMan 5's elements mean.
enum RevMan5Attributes {
  /// Attributes that hold a study's data, by the kind of outcome.
  static func cells(_ kind: ReviewAnalysis.DataKind) -> [(ReviewCell, String)] {
    let counts: [(ReviewCell, String)] = [
      (.events1, "EVENTS_1"), (.total1, "TOTAL_1"), (.events2, "EVENTS_2"), (.total2, "TOTAL_2"),
    ]
    switch kind {
    case .dichotomous: return counts
    case .continuous:
      return [
        (.mean1, "MEAN_1"), (.sd1, "SD_1"), (.total1, "TOTAL_1"), (.mean2, "MEAN_2"), (.sd2, "SD_2"),
        (.total2, "TOTAL_2"),
      ]
    case .inverseVariance:
      return [(.estimate, "ESTIMATE"), (.standardError, "SE"), (.total1, "TOTAL_1"), (.total2, "TOTAL_2")]
    case .observedExpected: return counts + [(.observedMinusExpected, "O_E"), (.variance, "VAR")]
    case .other: return []
    }
  }

  /// The settings of an outcome.
  static func settings(_ attributes: XMLAttributes, _ kind: ReviewAnalysis.DataKind) -> ReviewSettings {
    var settings = ReviewSettings()
    settings.method = ReviewWords.method(attributes["METHOD"] ?? (kind == .observedExpected ? "EXP_O_E_VAR" : "IV"))
    settings.effectMeasure = ReviewWords.measure(attributes["EFFECT_MEASURE"] ?? "")
    settings.isRandom = ReviewWords.yes(attributes["RANDOM"]) ?? false
    settings.swapsEvents = ReviewWords.yes(attributes["SWAP_EVENTS"]) ?? false
    settings.studyLevel = ReviewWords.level(attributes["CI_STUDY"]) ?? settings.studyLevel
    settings.totalLevel = ReviewWords.level(attributes["CI_TOTAL"]) ?? settings.totalLevel
    settings.hasTotal = attributes["TOTALS"] == nil || attributes["TOTALS"] == "YES"
    settings.hasSubtotals = attributes["TOTALS"] != "NO"
    settings.testsSubgroups = ReviewWords.yes(attributes["SUBGROUP_TEST"]) ?? true
    settings.isLogScale =
      ReviewWords.yes(attributes["LOG_DATA"])
      ?? (ReviewWords.logMeasures.contains(settings.effectMeasure)
        ? true : ReviewWords.plainMeasures.contains(settings.effectMeasure) ? false : nil)
    return settings
  }

  private static let figures: [(StoredFigure, String)] = [
    (.estimate, "EFFECT_SIZE"), (.lower, "CI_START"), (.upper, "CI_END"), (.statistic, "Z"), (.p, "P_Z"),
    (.tauSquared, "TAU2"), (.q, "CHI2"), (.qDegreesOfFreedom, "DF"), (.qP, "P_CHI2"), (.iSquared, "I2"),
    (.subgroupQ, "Q"), (.subgroupP, "P_Q"), (.subgroupISquared, "I2_Q"), (.weight, "WEIGHT"),
    (.events1, "EVENTS_1"), (.total1, "TOTAL_1"), (.events2, "EVENTS_2"), (.total2, "TOTAL_2"),
  ]

  /// The result that an outcome, a subgroup or a study stores. RevMan writes zeros for what does not exist: τ² of a
  /// fixed-effect analysis, heterogeneity of one study, a test of subgroups without subgroups.
  static func result(_ attributes: XMLAttributes, isRandom: Bool, comparesSubgroups: Bool) -> StoredResult {
    var result = StoredResult()
    result.isEstimable = ReviewWords.yes(attributes["ESTIMABLE"])
    let isSingle = attributes["DF"].flatMap(Int.init) == 0
    for (figure, name) in figures {
      switch figure {
      case .tauSquared where !isRandom || isSingle: continue
      case .q where isSingle, .qDegreesOfFreedom where isSingle, .qP where isSingle, .iSquared where isSingle: continue
      case .subgroupQ where !comparesSubgroups, .subgroupP where !comparesSubgroups,
        .subgroupISquared where !comparesSubgroups:
        continue
      default: if let number = attributes[name].flatMap(StoredNumber.init) { result.figures[figure] = number }
      }
    }
    return result
  }
}
