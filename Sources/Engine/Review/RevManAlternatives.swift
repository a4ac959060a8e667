import ReviewFiles

/// Other settings than the file's, to find the analysis behind a stored result that its own settings do not give.
struct RevManAlternatives {
  private let analysis: ReviewAnalysis

  init(_ analysis: ReviewAnalysis) { self.analysis = analysis }

  /// The first other analysis that gives the stored estimate and interval, in words; `nil` when none does.
  func thatGives(_ stored: StoredResult, _ rows: [ReviewRow], show: (Double) -> Double) -> String? {
    for settings in all {
      var other = analysis
      other.settings = settings
      guard let result = try? RevManPooling(analysis: other).pooled(rows) else { continue }
      let figures = [StoredFigure.estimate, .lower, .upper].filter { stored[$0] != nil }
      let agrees = figures.allSatisfy { figure in
        guard let number = stored[figure], let value = result.value(figure, show: show) else { return false }
        return figure.agrees(value, with: number)
      }
      if agrees, !figures.isEmpty { return AnalysisReproduction.words(of: other) }
    }
    return nil
  }

  /// Methods, models and measures of the same kind of data, the file's own left out.
  private var all: [ReviewSettings] {
    let own = analysis.settings
    let measures: [String] =
      switch analysis.data {
      case .dichotomous: own.effectMeasure == "RD" ? ["RD"] : ["RR", "OR", "PETO_OR"]
      default: [own.effectMeasure]
      }
    var all = [ReviewSettings]()
    for measure in [own.effectMeasure] + measures.filter({ $0 != own.effectMeasure }) {
      for method in analysis.data == .dichotomous ? ["MH", "IV"] : [own.method] {
        for isRandom in [false, true] {
          var settings = own
          (settings.effectMeasure, settings.method, settings.isRandom) = (measure, method, isRandom)
          if settings != own { all.append(settings) }
        }
      }
    }
    return all
  }
}

extension AnalysisReproduction {
  /// How an analysis is run, in words.
  static func words(of analysis: ReviewAnalysis) -> String {
    var bare = analysis
    bare.rows = []
    return AnalysisReproduction(bare).formula
  }
}
