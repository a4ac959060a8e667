import TableIO

/// The analyses that a data package's settings name, each with its stored result.
struct DataPackageAnalyses {
  private let part: DataPackageTable

  init(_ part: DataPackageTable) { self.part = part }

  func all() throws(ReviewFileError) -> [ReviewAnalysis] {
    var analyses = [ReviewAnalysis]()
    for row in 0..<part.rowCount { analyses.append(try analysis(row)) }
    return analyses
  }

  private func analysis(_ row: Int) throws(ReviewFileError) -> ReviewAnalysis {
    let number = try part.analysisNumber(row)
    var analysis = ReviewAnalysis(
      number: number, comparison: part.text(row, "Analysis group name"), name: part.text(row, "Analysis name"),
      data: ReviewAnalysis.DataKind(words: part.text(row, "Data type")), line: part.table.line(ofRow: row))
    analysis.settings = settings(row)
    analysis.groups = (part.text(row, "Experimental group label"), part.text(row, "Control group label"))
    analysis.overall = part.result(row, isRandom: analysis.settings.isRandom)
    return analysis
  }

  private func settings(_ row: Int) -> ReviewSettings {
    var settings = ReviewSettings()
    settings.method = ReviewWords.method(part.text(row, "Statistical method"))
    settings.measureName = part.text(row, "Effect measure")
    settings.effectMeasure = ReviewWords.measure(part.text(row, "Effect measure"))
    settings.isRandom = part.text(row, "Analysis model").lowercased().hasPrefix("random")
    settings.swapsEvents = ReviewWords.yes(part.text(row, "Swap event and non-event")) ?? false
    let both = ReviewWords.level(part.text(row, "CI/PI level"))
    settings.studyLevel = ReviewWords.level(part.text(row, "Study CI")) ?? both ?? settings.studyLevel
    settings.totalLevel = ReviewWords.level(part.text(row, "Estimate CI")) ?? both ?? settings.totalLevel
    settings.hasTotal = ReviewWords.yes(part.text(row, "Overall estimates")) ?? true
    settings.hasSubtotals = ReviewWords.yes(part.text(row, "Subgroup estimates")) ?? true
    settings.testsSubgroups = ReviewWords.yes(part.text(row, "Test for subgroup differences")) ?? true
    settings.hasPrediction = ReviewWords.yes(part.text(row, "Prediction interval")) ?? false
    // RevMan marks means too as log-scale data where its scale is symmetric; the measure, where it is known, decides.
    let isKnownPlain = ReviewWords.plainMeasures.contains(settings.effectMeasure)
    settings.isLogScale =
      ReviewWords.logMeasures.contains(settings.effectMeasure)
      ? true : isKnownPlain ? false : ReviewWords.yes(part.text(row, "Log-scale data"))
    let estimator = part.text(row, "Heterogeneity estimator")
    settings.estimator = estimator.isEmpty ? nil : estimator
    let interval = part.text(row, "CI method")
    settings.intervalMethod = interval.isEmpty ? nil : interval
    return settings
  }
}
