import Datasets
import Plots

extension FigureRecipe {
  /// Events prevented or caused over baseline risks, those of the control arms pointed out.
  static let baselineRisk = FigureRecipe(
    BaselineRiskPlot.self, "risk difference and number needed to treat against the risk without treatment"
  ) { request throws(EvidenceError) in
    var needed = NumberNeededRequest(source: .pool(request.pool))
    needed.command = request.pool.command
    let report = try NumberNeededReport(needed)
    var figure = try report.figure()
    guard let studies = report.studies else {
      throw EvidenceError(.usage, "plot nnt needs studies whose pooled effect moves a risk")
    }
    figure.about.title = request.title ?? studies.source.document.dataset?.title
    return FigureRun(figure, studies, warnings: report.warnings, command: request.pool.command)
  }
}
