import Plots
import Synthesis

extension FigureRecipe {
  /// Standardised estimates against precision.
  static let radial = FigureRecipe(
    RadialPlot.self, "standardised estimates against precision", options: [.names]
  ) { request throws(EvidenceError) in
    let analysis = try PoolAnalysis(request.pool)
    let studies = analysis.studies
    var settings = RadialPlot.Settings()
    settings.labels = request.names
    if let pooled = analysis.fit.pooled {
      (settings.estimate, settings.ciLower, settings.ciUpper) = (
        pooled.value, pooled.interval.lower, pooled.interval.upper
      )
    }
    let tau2 = analysis.fit.heterogeneity.tauSquared ?? 0
    let rows = (0..<studies.count).filter { !studies.yi[$0].isNaN }.map { i in
      RadialPlot.Row(study: studies.labels[i], yi: studies.yi[i], spread: (studies.vi[i] + tau2).squareRoot())
    }
    let about = FigureAbout(request, studies, analysis.fit)
    return FigureRun(RadialPlot(about: about, settings: settings, rows: rows), analysis)
  }

  /// P-value functions of studies, pooled estimate and prediction.
  static let drapery = FigureRecipe(
    DraperyPlot.self, "p-value functions of the studies, the pooled estimate and the prediction", options: [.both]
  ) { request throws(EvidenceError) in
    let analysis = try PoolAnalysis(request.pool)
    let studies = analysis.studies
    var rows = (0..<studies.count).filter { studies.vi[$0] > 0 }.map { i in
      DraperyPlot.Row(.study, name: studies.labels[i], estimate: studies.yi[i], se: studies.vi[i].squareRoot())
    }
    var fits = [analysis.fit]
    if request.both, case .inverseVariance(.random) = request.pool.method {
      var common = request.pool
      common.method = .inverseVariance(.equalEffects)
      common.inference = .normal
      fits.append(try Pooler(common).fit(studies))
    }
    for fit in fits {
      guard let pooled = fit.pooled else { continue }
      rows.append(
        .init(
          .pooled, name: fit.effects == "random" ? "Random effects" : "Common effect", estimate: pooled.value,
          se: pooled.standardError, df: pooled.degreesOfFreedom))
    }
    if let prediction = analysis.fit.prediction, let location = prediction.location, let scale = prediction.scale {
      rows.append(
        .init(.prediction, name: "Prediction", estimate: location, se: scale, df: prediction.degreesOfFreedom))
    }
    return FigureRun(DraperyPlot(about: FigureAbout(request, studies, analysis.fit), rows: rows), analysis)
  }
}
