import NumericCore
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

  /// Internally standardised residuals against normal quantiles at (i − a) / (k + 1 − 2a), a = 3/8 up to ten studies
  /// and 1/2 beyond.
  static let normalQQ = FigureRecipe(
    NormalQQPlot.self, "standardised residuals against normal quantiles", allowsModerators: true
  ) { request throws(EvidenceError) in
    guard !request.pool.method.worksOnCounts else {
      throw EvidenceError(
        .usage, "plot qq is not available with --method \(request.pool.methodCode)",
        hint: "use an inverse-variance method such as REML")
    }
    let analysis = try PoolAnalysis(request.pool)
    let studies = analysis.studies
    let weights = try request.pool.weightsColumn.map { name throws(EvidenceError) in
      try studies.numbers(inColumn: studies.column(name, option: "--weights"))
    }
    let residuals: RegressionResiduals
    do throws(FitError) {
      residuals = try RegressionResiduals(
        of: analysis.fit, yi: studies.yi, vi: studies.vi,
        design: analysis.design?.matrix ?? Matrix(rows: studies.count, columns: 1, repeating: 1), weights: weights)
    } catch { throw EvidenceError(error) }
    let known = residuals.standardized.indices.filter { residuals.standardized[$0].isFinite }
    let ranked = known.sorted { (residuals.standardized[$0], $0) < (residuals.standardized[$1], $1) }
    let offset = ranked.count <= 10 ? 0.375 : 0.5
    var rows: [NormalQQPlot.Row] = []
    for (rank, i) in ranked.enumerated() {
      let share = (Double(rank + 1) - offset) / (Double(ranked.count) + 1 - 2 * offset)
      guard let quantile = try? Normal.quantile(share) else { continue }
      // Adding 0 makes the middle of an odd number 0 rather than −0.
      rows.append(.init(study: studies.labels[i], x: quantile + 0, y: residuals.standardized[i]))
    }
    return FigureRun(NormalQQPlot(about: FigureAbout(request, studies, analysis.fit), rows: rows), analysis)
  }
}
