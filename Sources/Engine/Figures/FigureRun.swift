public import Plots
import Synthesis

/// The data of a figure: of a chart, or of forest plots for the kinds that are drawn as such.
public enum FigureContent: Sendable {
  /// A chart.
  case chart(any Figure)
  /// Forest plots.
  case forest(ForestPanels)

  /// The word of the kind; that of a forest plot is "forest", or that of its steps.
  public var kind: String {
    switch self {
    case .chart(let figure): type(of: figure).kind
    case .forest(let panels): panels.panels.first?.analysis["sequence"] ?? "forest"
    }
  }
}

/// A figure made from a request: its data, and through them its picture.
public struct FigureRun: Sendable {
  /// The figure's data.
  public let content: FigureContent
  /// The studies in the analysis.
  public let studies: StudySet
  /// What the analysis warns of.
  public let warnings: [String]
  /// Where the numbers come from.
  let provenance: Provenance

  init(_ figure: any Figure, _ analysis: PoolAnalysis) {
    content = .chart(figure)
    studies = analysis.studies
    warnings = analysis.warnings
    provenance = analysis.provenance
  }

  init(_ figure: any Figure, _ report: DiagnoseReport) {
    content = .chart(figure)
    studies = report.studies
    warnings = report.warnings
    provenance = report.provenance
  }

  init(_ figure: any Figure, _ studies: StudySet, warnings: [String], command: String) {
    content = .chart(figure)
    self.studies = studies
    self.warnings = warnings
    provenance = Provenance(command: command, studies: studies)
  }

  init(_ run: ForestRun) {
    content = .forest(run.figure)
    studies = run.analyses[0].studies
    warnings = run.warnings
    provenance = run.analyses[0].provenance
  }
}
