import EffectSizes
import Plots
import Synthesis

extension FigureRecipe {
  /// Risk in one arm against risk in the other.
  static let labbe = FigureRecipe(
    LAbbePlot.self, "risk with treatment against risk without", options: [.names, .arms]
  ) { request throws(EvidenceError) in
    let analysis = try PoolAnalysis(request.pool)
    let studies = analysis.studies
    var settings = LAbbePlot.Settings()
    settings.effect = try effect(studies)
    settings.labels = request.names
    settings.armExperimental = request.arms?.experimental
    settings.armControl = request.arms?.control
    if let pooled = analysis.fit.pooled {
      // Turned round, the effect is that of control against experiment.
      let interval = pooled.interval
      (settings.estimate, settings.ciLower, settings.ciUpper) =
        studies.options.flip
        ? (-pooled.value, -interval.upper, -interval.lower) : (pooled.value, interval.lower, interval.upper)
    }
    let rows = (0..<studies.count).compactMap { i -> LAbbePlot.Row? in
      let raw = ForestRawData(studies.columns, i)
      guard let events = (raw.eventsE, raw.eventsC) as? (Double, Double), let n1 = raw.nE, let n2 = raw.nC, n1 > 0,
        n2 > 0
      else { return nil }
      let weight = analysis.weight(i)
      return .init(
        study: studies.labels[i], control: events.1 / n2, experimental: events.0 / n1,
        weight: weight.isFinite ? weight : nil)
    }
    let about = FigureAbout(request, studies, analysis.fit)
    return FigureRun(LAbbePlot(about: about, settings: settings, rows: rows), analysis)
  }

  /// How the measure moves a risk.
  /// - Throws: 64 for data without two groups of people and for measures that are no effect on a risk.
  private static func effect(_ studies: StudySet) throws(EvidenceError) -> LAbbePlot.Effect {
    let remedy = "use --measure RR, OR or RD with the events and sizes of two groups (ai, n1i, ci, n2i)"
    guard studies.measure.family == .twoByTwo else {
      throw EvidenceError(
        .usage, "plot labbe needs the events of two groups, which \(studies.measureCode) does not have", hint: remedy)
    }
    switch studies.measure.code {
    case "RR": return .riskRatio
    case "OR", "PETO": return .oddsRatio
    case "RD": return .riskDifference
    default:
      throw EvidenceError(
        .usage, "plot labbe cannot draw \(studies.measureCode) as an effect on a risk", hint: remedy)
    }
  }
}
