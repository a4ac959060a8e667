import Plots
import Synthesis

extension FigureRecipe {
  /// Distances of mid-ranks from the middle over the estimates.
  static let doi = FigureRecipe(
    DoiPlot.self, "normal quantiles of mid-ranks over the estimates, with the LFK index of asymmetry",
    options: [.names]
  ) { request throws(EvidenceError) in
    let analysis = try PoolAnalysis(request.pool)
    let studies = analysis.studies
    let index: LFKIndex
    do throws(FitError) { index = try LFKIndex(BiasStudies(yi: studies.yi, vi: studies.vi)) } catch {
      throw EvidenceError(error)
    }
    let asymmetry = index.asymmetry == .none ? "no" : index.asymmetry.rawValue
    let note =
      "LFK index: \(asymmetry) asymmetry by its authors’ cut-offs, which are no test of significance; "
      + "\(studies.count) studies."
    var settings = DoiPlot.Settings()
    settings.index = index.value
    settings.labels = request.names
    let rows = index.points.map {
      DoiPlot.Row(study: studies.labels[$0.study], yi: $0.yi, z: $0.z)
    }
    let about = FigureAbout(request, studies, note: note)
    return FigureRun(DoiPlot(about: about, settings: settings, rows: rows), analysis)
  }
}
